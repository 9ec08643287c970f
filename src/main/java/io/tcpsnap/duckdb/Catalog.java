package io.tcpsnap.duckdb;

import io.tcpsnap.table.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The tables in the database: which are filled, and which a statement needs. */
final class Catalog {
    private static final List<Table<?>> TABLES =
            ScanTable.ALL.stream().<Table<?>>map(ScanTable::declaration).toList();
    /** Text in quotes and comments, where a name is no table. */
    private static final Pattern NO_NAMES = Pattern.compile("'(?:[^']|'')*'|--[^\\n]*|/\\*(?s:.)*?\\*/");

    private static final Pattern NAMES = Pattern.compile(
            TABLES.stream().map(Table::name).collect(Collectors.joining("|", "\\b(?:", ")\\b")),
            Pattern.CASE_INSENSITIVE);
    /** Comments take longer to write than a short query to run: only what can show them waits for them. */
    private static final Pattern SHOWS_COMMENTS =
            Pattern.compile("\\b(?:duckdb_\\w+|comment|export|copy)\\b", Pattern.CASE_INSENSITIVE);

    private final Connection connection;
    private final Set<String> filled = new HashSet<>();
    private boolean commented;

    Catalog(Connection connection) {
        this.connection = connection;
    }

    /** Creates the types, the empty tables and the macros. */
    void create() throws SQLException {
        StringBuilder sql = new StringBuilder(Ddl.types(TABLES));
        for (Table<?> table : TABLES) {
            sql.append(Ddl.create(table)).append(Ddl.macro(table));
        }
        execute(sql.toString());
    }

    /** Writes the comments, once. */
    void comment() throws SQLException {
        if (!commented) {
            execute(TABLES.stream().map(Ddl::comments).collect(Collectors.joining("", "BEGIN;\n", "COMMIT;\n")));
            commented = true;
        }
    }

    /** Makes ready for a statement; returns the tables that it names and that are not filled yet. */
    Set<String> prepare(String sql) throws SQLException {
        if (SHOWS_COMMENTS.matcher(NO_NAMES.matcher(sql).replaceAll(" ")).find()) {
            comment();
        }
        Set<String> missing = tablesOf(sql);
        missing.removeAll(filled);
        return missing;
    }

    /** The tables that a text of SQL names. */
    static Set<String> tablesOf(String sql) {
        Set<String> named = new LinkedHashSet<>();
        Matcher names = NAMES.matcher(NO_NAMES.matcher(sql).replaceAll(" "));
        while (names.find()) {
            named.add(names.group().toLowerCase(Locale.ROOT));
        }
        return named;
    }

    void filled(String table) {
        filled.add(table);
    }

    /** Empties all tables, for other archives. */
    void empty() throws SQLException {
        for (String table : filled) {
            execute("DELETE FROM " + table);
        }
        filled.clear();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
