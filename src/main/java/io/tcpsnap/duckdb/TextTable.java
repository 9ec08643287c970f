package io.tcpsnap.duckdb;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** Makes a temporary table out of rows of text. */
final class TextTable {
    private static final String TEXTS = "tcpsnap_texts";

    private final Connection connection;

    TextTable(Connection connection) {
        this.connection = connection;
    }

    /**
     * Creates or replaces the table.
     *
     * @param names of the columns, all different
     * @param types of the columns as SQL; an enumeration stays text, and what is no value of its type after all
     */
    void create(String table, List<String> names, List<String> types, Iterable<String[]> rows) throws SQLException {
        String columns = IntStream.range(0, names.size())
                .mapToObj(i -> "c" + i + " VARCHAR")
                .collect(Collectors.joining(", "));
        execute("CREATE OR REPLACE TEMP TABLE " + TEXTS + " (" + columns + ")");
        try {
            fill(rows);
            execute("CREATE OR REPLACE TEMP TABLE " + table + " AS SELECT " + casts(names, types, true) + " FROM "
                    + TEXTS);
        } catch (SQLException e) {
            execute("CREATE OR REPLACE TEMP TABLE " + table + " AS SELECT " + casts(names, types, false) + " FROM "
                    + TEXTS);
        } finally {
            execute("DROP TABLE " + TEXTS);
        }
    }

    private void fill(Iterable<String[]> rows) throws SQLException {
        try (DuckDBAppender appender =
                connection.unwrap(DuckDBConnection.class).createAppender("temp", "main", TEXTS)) {
            for (String[] row : rows) {
                appender.beginRow();
                for (String value : row) {
                    if (value == null) {
                        appender.appendNull();
                    } else {
                        appender.append(value);
                    }
                }
                appender.endRow();
            }
        }
    }

    private static String casts(List<String> names, List<String> types, boolean all) {
        List<String> casts = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            // JDBC does not say which labels an enumeration has
            boolean unknown = types.get(i).equals("ENUM");
            boolean nested =
                    types.get(i).matches("(?s).*[(\\[].*") && !types.get(i).matches("(?s)DECIMAL\\(.*");
            String type = !unknown && (all || !nested) ? types.get(i) : "VARCHAR";
            casts.add("c" + i + "::" + type + " AS \"" + names.get(i).replace("\"", "\"\"") + "\"");
        }
        return String.join(", ", casts);
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
