package io.tcpsnap.duckdb;

import io.tcpsnap.table.Column;
import io.tcpsnap.table.Table;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The names that every database of this program has.
 *
 * @param relations tables, then views, in the order of the reference
 * @param functions by name
 * @param settings what SET sets, by name, each with what it is for
 */
public record Vocabulary(List<Relation> relations, List<SqlFunction> functions, List<Setting> settings) {
    /** What SET sets. */
    public record Setting(String name, String doc) {}

    /** The tables, which are known without asking. */
    public static Vocabulary ofTables() {
        return new Vocabulary(
                ScanTable.all().map(table -> of(table.declaration())).toList(), List.of(), List.of());
    }

    /** Reads them from a database of their own, so that nobody waits for another. */
    public static Vocabulary read() throws SQLException {
        try (Connection connection = DriverStart.open(new Properties())) {
            Catalog catalog = new Catalog(connection, new Sources());
            List<Relation> relations = new ArrayList<>(ofTables().relations());
            catalog.views().forEach(view -> relations.add(of(view)));
            return new Vocabulary(List.copyOf(relations), functions(connection), settings(connection));
        }
    }

    private static Relation of(Table<?> table) {
        return new Relation(
                table.name(),
                table.doc(),
                table.columns().stream().map(Vocabulary::of).toList());
    }

    private static Relation.Field of(Column<?> column) {
        return new Relation.Field(
                column.name(),
                column.type().isEnum() ? "ENUM" : column.type().name(),
                column.type().labels(),
                column.unit() == null ? "" : column.unit(),
                column.doc(),
                column.nulls(),
                column.kernel(),
                column.since());
    }

    private static Relation of(ViewReference view) {
        return new Relation(
                view.name(),
                view.doc(),
                view.columns().stream()
                        .map(c -> new Relation.Field(
                                c.name(), type(c.type()), labels(c.type()), c.unit(), c.doc(), List.of(), null, null))
                        .toList());
    }

    private static String type(String declared) {
        return labels(declared).isEmpty() ? declared : "ENUM";
    }

    /** The labels of the enumeration with this name, none where there is no such. */
    private static List<String> labels(String type) {
        return ScanTable.all()
                .flatMap(table -> table.declaration().columns().stream())
                .map(Column::type)
                .filter(known -> known.isEnum() && known.name().equals(type))
                .findFirst()
                .map(known -> known.labels())
                .orElse(List.of());
    }

    private static List<SqlFunction> functions(Connection connection) throws SQLException {
        List<SqlFunction> functions = new ArrayList<>();
        ScanTable.all().forEach(table -> functions.add(reader(table.declaration())));
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        SELECT function_name, parameters, coalesce(comment, description, ''), coalesce(examples, [])
                        FROM duckdb_functions()
                        WHERE regexp_matches(function_name, '^[a-z][a-z0-9_]*$')
                          AND NOT starts_with(function_name, 'spark_') AND function_type <> 'pragma'
                        ORDER BY function_name, len(parameters), function_oid""")) {
            while (rows.next()) {
                functions.add(new SqlFunction(
                        rows.getString(1),
                        texts(rows.getArray(2)),
                        rows.getString(3).strip(),
                        texts(rows.getArray(4))));
            }
        }
        return functions.stream().distinct().toList();
    }

    private static SqlFunction reader(Table<?> table) {
        List<String> parameters =
                ScanTable.isTimed(table) ? List.of("archive", "since := ...", "until := ...") : List.of("archive");
        return new SqlFunction(
                "read_" + table.name(),
                parameters,
                "The table " + table.name() + " of an archive, without loading it.",
                List.of("FROM read_" + table.name() + "('archive.tar.zst')"));
    }

    private static List<String> texts(Array array) throws SQLException {
        return array == null
                ? List.of()
                : Stream.of((Object[]) array.getArray()).map(String::valueOf).toList();
    }

    private static List<Setting> settings(Connection connection) throws SQLException {
        List<Setting> settings = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT name, description FROM duckdb_settings() ORDER BY name")) {
            while (rows.next()) {
                settings.add(new Setting(rows.getString(1), rows.getString(2)));
            }
        }
        return settings;
    }

    /** The relation with this name, or null. */
    public Relation relation(String name) {
        return relations.stream()
                .filter(relation -> relation.name().equalsIgnoreCase(name))
                .findFirst()
                .orElse(null);
    }
}
