package io.tcpsnap.duckdb;

import io.tcpsnap.table.Table;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables and views in the database: which are filled, and which a statement needs. */
final class Catalog {
    private static final List<Table<?>> TABLES =
            ScanTable.ALL.stream().<Table<?>>map(ScanTable::declaration).toList();
    /** Text in quotes and comments, where a name is no table. */
    private static final Pattern NO_NAMES = Pattern.compile("'(?:[^']|'')*'|--[^\\n]*|/\\*(?s:.)*?\\*/");

    private static final Pattern NAMES = Pattern.compile(
            Stream.concat(TABLES.stream().map(Table::name), View.ALL.stream().map(View::name))
                    .collect(Collectors.joining("|", "\\b(?:", ")\\b")),
            Pattern.CASE_INSENSITIVE);
    /** Comments take longer to write than a short query to run: only what can show them waits for them. */
    private static final Pattern SHOWS_COMMENTS =
            Pattern.compile("\\b(?:duckdb_\\w+|comment|export|copy)\\b", Pattern.CASE_INSENSITIVE);

    /** So do views: only what names one, lists them or could name another like them waits for them. */
    private static final Pattern SHOWS_VIEWS = Pattern.compile(
            "\\b(?:show|pragma|information_schema|create|drop|alter|spark)\\b", Pattern.CASE_INSENSITIVE);

    private final Connection connection;
    private final Set<String> filled = new HashSet<>();
    private boolean hasViews;
    private boolean commented;

    Catalog(Connection connection) {
        this.connection = connection;
    }

    /** Creates the types, the empty tables and their macros. */
    void create() throws SQLException {
        StringBuilder sql = new StringBuilder(Ddl.types(TABLES));
        for (Table<?> table : TABLES) {
            sql.append(Ddl.create(table)).append(Ddl.macro(table));
        }
        execute(sql.toString());
    }

    /** Creates the views, once. */
    void createViews() throws SQLException {
        if (!hasViews) {
            execute(View.ALL.stream()
                    .map(View::create)
                    .collect(Collectors.joining("", View.resource("macros.sql"), "")));
            hasViews = true;
        }
    }

    /** Writes the comments, once. */
    void comment() throws SQLException {
        if (!commented) {
            createViews();
            StringBuilder sql = new StringBuilder("BEGIN;\n");
            TABLES.stream().map(Ddl::comments).forEach(sql::append);
            for (ViewReference view : views()) {
                sql.append(Ddl.comments(View.of(view.name()), view.columns()));
            }
            execute(sql.append("COMMIT;\n").toString());
            commented = true;
        }
    }

    /** Makes ready for a statement; returns the tables that it names and that are not filled yet. */
    Set<String> prepare(String sql) throws SQLException {
        String words = NO_NAMES.matcher(sql).replaceAll(" ");
        if (SHOWS_COMMENTS.matcher(words).find()) {
            comment();
        } else if (SHOWS_VIEWS.matcher(words).find() || namesOf(sql).stream().anyMatch(name -> View.of(name) != null)) {
            createViews();
        }
        Set<String> missing = tablesOf(sql);
        missing.removeAll(filled);
        return missing;
    }

    /** The tables that a text of SQL names, or that the views which it names read. */
    static Set<String> tablesOf(String sql) {
        Set<String> tables = new LinkedHashSet<>();
        namesOf(sql).forEach(name -> addTables(name, tables));
        return tables;
    }

    private static void addTables(String name, Set<String> tables) {
        View view = View.of(name);
        if (view == null) {
            tables.add(name);
        } else {
            view.needs().forEach(need -> addTables(need, tables));
        }
    }

    /** The tables and views that a text of SQL names. */
    static Set<String> namesOf(String sql) {
        Set<String> named = new LinkedHashSet<>();
        Matcher names = NAMES.matcher(NO_NAMES.matcher(sql).replaceAll(" "));
        while (names.find()) {
            named.add(names.group().toLowerCase(Locale.ROOT));
        }
        return named;
    }

    /** The views with the columns that DuckDB gives them. */
    List<ViewReference> views() throws SQLException {
        createViews();
        List<ViewReference> views = new ArrayList<>();
        for (View view : View.ALL) {
            List<ViewReference.Column> columns = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("DESCRIBE " + view.name())) {
                while (rows.next()) {
                    View.Meaning meaning = view.meaning(rows.getString(1));
                    columns.add(new ViewReference.Column(
                            rows.getString(1),
                            Ddl.typeName(rows.getString(2)),
                            meaning == null ? "" : meaning.unit(),
                            meaning == null ? "" : meaning.doc()));
                }
            }
            views.add(new ViewReference(view.name(), view.doc(), view.remark(), columns));
        }
        return views;
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
