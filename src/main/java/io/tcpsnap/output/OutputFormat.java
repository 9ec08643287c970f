package io.tcpsnap.output;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The formats that a result can be printed in. */
public enum OutputFormat {
    TABLE,
    VERTICAL,
    CSV,
    /** No cell of which a spreadsheet takes for a formula. */
    CSV_SAFE,
    TSV,
    JSON,
    JSONL,
    MARKDOWN,
    HTML,
    INSERT,
    NONE;

    /** The format with this name in any case, or null. */
    public static OutputFormat of(String name) {
        for (OutputFormat format : values()) {
            if (format.label().equals(name.toLowerCase(Locale.ROOT))) {
                return format;
            }
        }
        return null;
    }

    /** The format that a file's name stands for where results are in this one, or null: CSV stays safe. */
    public OutputFormat forFile(String file) {
        OutputFormat named = ofFile(file);
        return named == CSV && this == CSV_SAFE ? this : named;
    }

    private static OutputFormat ofFile(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "csv" -> CSV;
            case "tsv", "tab" -> TSV;
            case "json" -> JSON;
            case "jsonl", "ndjson" -> JSONL;
            case "md", "markdown" -> MARKDOWN;
            case "html", "htm" -> HTML;
            case "sql" -> INSERT;
            case "txt" -> TABLE;
            default -> null;
        };
    }

    /** The name on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** All names, for messages. */
    public static String labels() {
        return Arrays.stream(values()).map(OutputFormat::label).collect(Collectors.joining(", "));
    }

    /** Whether people read it on a screen: values have units then, and a pager makes sense. */
    public boolean isForScreen() {
        return this == TABLE || this == VERTICAL;
    }

    /** A printer for one result. */
    public ResultPrinter printer(Appendable out, Style style) {
        return switch (this) {
            case TABLE -> new TablePrinter(out, style);
            case VERTICAL -> new VerticalPrinter(out, style);
            case CSV -> new CsvPrinter(out, false);
            case CSV_SAFE -> new CsvPrinter(out, true);
            case TSV -> new TsvPrinter(out);
            case JSON -> new JsonPrinter(out, false);
            case JSONL -> new JsonPrinter(out, true);
            case MARKDOWN -> new MarkdownPrinter(out);
            case HTML -> new HtmlPrinter(out);
            case INSERT -> new InsertPrinter(out);
            case NONE -> new NonePrinter();
        };
    }
}
