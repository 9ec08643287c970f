package io.tcpsnap.shell;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/** The dot commands that show which tables and columns there are. */
final class SchemaCommands {
    private static final String RELATIONS = "(SELECT table_name AS name, table_oid AS oid, comment FROM duckdb_tables()"
            + " WHERE database_name = current_database() AND NOT internal UNION ALL SELECT view_name, view_oid, comment FROM duckdb_views() WHERE database_name = current_database() AND NOT internal)";

    private final Session session;

    SchemaCommands(Session session) {
        this.session = session;
    }

    void tables(String none) throws SQLException, IOException {
        session.run("SELECT name AS \"table\", rtrim(split_part(comment, '. ', 1), '.') || '.' AS \"a row is\" FROM "
                + RELATIONS + " ORDER BY coalesce(nullif(list_position(["
                + literals(session.database().tables())
                + "], name), 0), 1000), oid");
    }

    void describe(String table) throws SQLException, IOException {
        if (table.isEmpty()) {
            throw new SQLException("say which table: .tables lists them");
        }
        session.run(
                "SELECT column_name AS \"column\", CASE WHEN data_type LIKE 'ENUM%' THEN 'ENUM' ELSE data_type END AS type,"
                        + " comment AS meaning FROM duckdb_columns() WHERE database_name = current_database() AND NOT internal AND table_name = "
                        + literal(checked(table)) + " ORDER BY column_index");
    }

    /** Prints SQL that makes the table, or all tables. */
    void schema(String table) throws SQLException, IOException {
        // one that comes out of the cache is a view on files
        String declared = literals(session.database().loadedTables());
        String only = table.isEmpty() ? "" : " AND table_name = " + literal(checked(table));
        String sql = "SELECT 'CREATE TABLE ' || table_name || ' (\n    ' || string_agg("
                + "'\"' || column_name || '\" ' || data_type, ',\n    ' ORDER BY column_index) || '\n);'"
                + " FROM duckdb_columns() WHERE database_name = current_database() AND NOT internal"
                + " AND (table_name IN (" + declared + ") OR table_oid IN (SELECT table_oid FROM duckdb_tables()))"
                + only + " GROUP BY table_name, table_oid"
                + " ORDER BY coalesce(nullif(list_position([" + declared + "], table_name), 0), 1000), table_oid";
        print(sql);
        print("SELECT sql FROM duckdb_views() WHERE database_name = current_database() AND NOT internal"
                + " AND view_name NOT IN (" + declared + ")" + only.replace("table_name", "view_name")
                + " ORDER BY view_oid");
    }

    private void print(String sql) throws SQLException, IOException {
        try (Statement statement = session.database().connection().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                session.out().println(rows.getString(1).strip());
            }
        }
    }

    /** The name of a table that exists, as the catalog spells it. */
    private String checked(String table) throws SQLException {
        String name = table.startsWith("\"") ? table.replaceAll("^\"|\"$", "").replace("\"\"", "\"") : table;
        try (Statement statement = session.database().connection().createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT name FROM " + RELATIONS + " WHERE lower(name) = lower(" + literal(name) + ")")) {
            if (rows.next()) {
                return rows.getString(1);
            }
        }
        throw new SQLException("no table " + table + ": .tables lists them");
    }

    private static String literals(List<String> texts) {
        return texts.stream().map(SchemaCommands::literal).collect(Collectors.joining(", "));
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
