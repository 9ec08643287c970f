package io.tcpsnap.output;

import java.util.Locale;

/** The formats that a result can be printed in. */
public enum OutputFormat {
    TABLE,
    CSV,
    /** No cell of which a spreadsheet takes for a formula. */
    CSV_SAFE,
    JSON,
    JSONL,
    MARKDOWN,
    VERTICAL;

    /** The format with this name in any case, or null. */
    public static OutputFormat of(String name) {
        for (OutputFormat format : values()) {
            if (format.label().equals(name.toLowerCase(Locale.ROOT))) {
                return format;
            }
        }
        return null;
    }

    /** The name on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A printer for one result. */
    public ResultPrinter printer(Appendable out, Style style) {
        return switch (this) {
            case TABLE -> new TablePrinter(out, style);
            case CSV -> new CsvPrinter(out, false);
            case CSV_SAFE -> new CsvPrinter(out, true);
            case JSON -> new JsonPrinter(out, false);
            case JSONL -> new JsonPrinter(out, true);
            case MARKDOWN -> new MarkdownPrinter(out);
            case VERTICAL -> new VerticalPrinter(out);
        };
    }
}
