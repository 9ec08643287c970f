package io.tcpsnap.duckdb;

import io.tcpsnap.table.Column;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A view on the tables: a file of SQL under a header of comment lines. Other comment lines of the header are for readers
 * of the file and of its reference.
 *
 * <pre>
 * -- What one row is, one sentence.
 * -- needs: tables and views that it reads
 * -- column NAME: UNIT; MEANING
 * -- column *_delta: {unit}; Growth of: {doc}
 * SELECT ...
 * </pre>
 *
 * <p>A column without a line of its own, and none of a pattern, means what the column of that name means in the first of
 * the needed tables that has it. In a pattern {@code {unit}} and {@code {doc}} are those of the column of the base table
 * whose name stands for the star.
 *
 * @param doc what one row is, one sentence
 * @param remark what else the header says; may be empty
 * @param needs tables and views, in the order in which a column's meaning is looked up
 * @param notes by name or pattern of a column, in the order of the header
 * @param sql the statement behind the header
 */
record View(String name, String doc, String remark, List<String> needs, Map<String, String> notes, String sql) {
    /** Every view, each behind those that it reads. */
    static final List<String> NAMES = List.of(
            "tick",
            "connection",
            "connection_rate",
            "sighting",
            "transition",
            "connection_life",
            "state_count",
            "net_dev_rate",
            "counter_rate",
            "softnet_rate");

    private static final Map<String, View> READ = new ConcurrentHashMap<>();
    private static final String NEEDS = "needs:";
    private static final String COLUMN = "column ";

    /** The view with this name, or null. */
    static View of(String name) {
        return NAMES.contains(name) ? READ.computeIfAbsent(name, View::read) : null;
    }

    /** In the order of {@link #NAMES}. */
    static Stream<View> all() {
        return NAMES.stream().map(View::of);
    }

    private static View read(String name) {
        return parse(name, resource("views/" + name + ".sql"));
    }

    /** Text of a resource beside this class. */
    static String resource(String path) {
        try (InputStream in = View.class.getResourceAsStream(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }

    static View parse(String name, String text) {
        List<String> header = text.lines()
                .takeWhile(line -> line.startsWith("--"))
                .map(line -> line.substring(2).strip())
                .toList();
        Map<String, String> notes = new LinkedHashMap<>();
        header.stream().filter(line -> line.startsWith(COLUMN)).forEach(line -> {
            int colon = line.indexOf(':');
            notes.put(
                    line.substring(COLUMN.length(), colon).strip(),
                    line.substring(colon + 1).strip());
        });
        String needs = header.stream()
                .filter(line -> line.startsWith(NEEDS))
                .findFirst()
                .orElseThrow();
        return new View(
                name,
                header.get(0),
                header.stream()
                        .skip(1)
                        .filter(line -> !line.startsWith(NEEDS) && !line.startsWith(COLUMN))
                        .collect(Collectors.joining(" ")),
                Arrays.stream(needs.substring(NEEDS.length()).split(",", -1))
                        .map(String::strip)
                        .toList(),
                notes,
                text.lines().skip(header.size()).collect(Collectors.joining("\n")));
    }

    String create() {
        return "CREATE VIEW " + name + " AS\n" + sql + "\n";
    }

    /** What a column of this view means, or null where nothing says it. */
    Meaning meaning(String column) {
        if (notes.containsKey(column)) {
            return Meaning.of(notes.get(column), null);
        }
        for (Map.Entry<String, String> note : notes.entrySet()) {
            int star = note.getKey().indexOf('*');
            String suffix = note.getKey().substring(star + 1);
            if (star == 0 && column.endsWith(suffix)) {
                return Meaning.of(note.getValue(), inherited(column.substring(0, column.length() - suffix.length())));
            }
        }
        return inherited(column);
    }

    private Meaning inherited(String column) {
        for (String need : needs) {
            View view = of(need);
            Meaning found = view != null ? view.meaning(column) : declared(need, column);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static Meaning declared(String table, String column) {
        return ScanTable.of(table).declaration().columns().stream()
                .filter(c -> c.name().equals(column))
                .findFirst()
                .map(Meaning::of)
                .orElse(null);
    }

    /**
     * What a column means.
     *
     * @param unit empty where it has none
     * @param doc one or more sentences
     * @param comment all of it, as it stands in the database
     */
    record Meaning(String unit, String doc, String comment) {
        static Meaning of(Column<?> column) {
            return new Meaning(column.unit() == null ? "" : column.unit(), column.doc(), column.comment());
        }

        /** Reads {@code UNIT; MEANING}, with the places for {@code base} filled. */
        static Meaning of(String note, Meaning base) {
            int semicolon = note.indexOf(';');
            String unit = note.substring(0, semicolon).strip();
            String doc = note.substring(semicolon + 1).strip();
            if (base != null) {
                unit = unit.replace("{unit}", base.unit().isEmpty() ? "times" : base.unit());
                doc = doc.replace("{doc}", base.doc());
            }
            return new Meaning(unit, doc, unit.isEmpty() ? doc : doc + " Unit: " + unit + ".");
        }
    }
}
