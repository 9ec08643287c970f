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
import java.util.concurrent.ConcurrentHashMap;
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
                    .collect(Collectors.joining("|", "\\b(?:lines_)?(", ")\\b")),
            Pattern.CASE_INSENSITIVE);
    /** Comments take longer to write than a short query to run: only what can show them waits for them. */
    private static final Pattern SHOWS_COMMENTS =
            Pattern.compile("\\b(?:duckdb_\\w+|comment|export|copy)\\b", Pattern.CASE_INSENSITIVE);

    /** So do views: only what names one, lists them or could name another like them waits for them. */
    private static final Pattern SHOWS_VIEWS = Pattern.compile(
            "\\b(?:show|pragma|information_schema|create|drop|alter|spark)\\b", Pattern.CASE_INSENSITIVE);

    /** And the functions that read archives: they have as many columns as all tables. */
    private static final Pattern READS =
            Pattern.compile("\\b(?:read_|scan_|duckdb_functions|pragma|export)", Pattern.CASE_INSENSITIVE);

    private final Connection connection;
    private final Sources sources;
    /** Also read by who offers values. */
    private final Set<String> filled = ConcurrentHashMap.newKeySet();

    private final Set<String> assembled = new HashSet<>();
    private boolean hasViews;
    private boolean hasReaders;
    private boolean commented;

    Catalog(Connection connection, Sources sources) {
        this.connection = connection;
        this.sources = sources;
    }

    /** Creates the types and the empty tables. */
    void create() throws SQLException {
        StringBuilder sql = new StringBuilder(Ddl.types(TABLES));
        for (Table<?> table : TABLES) {
            sql.append(Ddl.create(table));
        }
        execute(sql.toString());
    }

    /** Creates the functions that read archives, once. */
    void createReaders() throws SQLException {
        if (!hasReaders) {
            for (ScanTable<?> table : ScanTable.ALL) {
                ScanFunction.register(connection, table, sources);
            }
            execute(TABLES.stream().map(Ddl::macro).collect(Collectors.joining()));
            hasReaders = true;
        }
    }

    private static String lines(Table<?> table) {
        return Ddl.lines(table, "SELECT *, rowid AS line FROM " + table.name());
    }

    /** Creates the views, once. */
    void createViews() throws SQLException {
        if (!hasViews) {
            execute(TABLES.stream()
                    .filter(table -> !assembled.contains(table.name()))
                    .map(Catalog::lines)
                    .collect(Collectors.joining()));
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
            for (Table<?> table : TABLES) {
                sql.append(Ddl.comments(table, assembled.contains(table.name()) ? "VIEW" : "TABLE"));
            }
            for (ViewReference view : views()) {
                sql.append(Ddl.comments(View.of(view.name()), view.columns()));
            }
            execute(sql.append("COMMIT;\n").toString());
            commented = true;
        }
    }

    /** Whether all that a table or view reads is loaded; from any thread. */
    boolean isFilled(String relation) {
        Set<String> tables = new LinkedHashSet<>();
        addTables(relation, tables);
        return filled.containsAll(tables);
    }

    /** Makes ready for a statement; returns the tables that it names and that are not filled yet. */
    Set<String> prepare(String sql) throws SQLException {
        String words = NO_NAMES.matcher(sql).replaceAll(" ");
        if (SHOWS_COMMENTS.matcher(words).find()) {
            comment();
        } else if (SHOWS_VIEWS.matcher(words).find() || namesOf(sql).stream().anyMatch(name -> View.of(name) != null)) {
            createViews();
        }
        if (READS.matcher(words).find()) {
            createReaders();
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

    /** Whether a relation is a table, a view or a part of one that every database of this program has. */
    static boolean isOurs(String relation) {
        return NAMES.matcher(relation).matches();
    }

    /** The tables and views that a text of SQL names. */
    static Set<String> namesOf(String sql) {
        Set<String> named = new LinkedHashSet<>();
        Matcher names = NAMES.matcher(NO_NAMES.matcher(sql).replaceAll(" "));
        while (names.find()) {
            named.add(names.group(1).toLowerCase(Locale.ROOT));
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

    /** Has a table stand for the rows of all parts. */
    void assembled(String name, List<Part> parts) throws SQLException {
        Table<?> table = table(name);
        executeTogether("DROP TABLE " + name + ";\nCREATE VIEW " + name + " AS " + union(table, parts, "*") + ";\n"
                + Ddl.lines(table, union(table, parts, "*, rowid AS line")) + comments(table, "VIEW"));
        assembled.add(name);
        filled.add(name);
    }

    private static String union(Table<?> table, List<Part> parts, String columns) {
        return parts.stream().map(part -> part.select(table, columns)).collect(Collectors.joining("\nUNION ALL\n"));
    }

    private String comments(Table<?> table, String kind) {
        return commented ? Ddl.comments(table, kind) : "";
    }

    private static Table<?> table(String name) {
        return TABLES.stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
    }

    /** Empties all tables, for other archives. */
    void empty() throws SQLException {
        for (String name : filled) {
            Table<?> table = table(name);
            if (assembled.remove(name)) {
                executeTogether(
                        "DROP VIEW " + name + ";\n" + Ddl.create(table) + lines(table) + comments(table, "TABLE"));
            } else {
                execute("DELETE FROM " + name);
            }
        }
        filled.clear();
    }

    /** Runs statements as a whole or not at all. */
    private void executeTogether(String sql) throws SQLException {
        execute("BEGIN");
        try {
            execute(sql);
            execute("COMMIT");
        } catch (SQLException e) {
            execute("ROLLBACK");
            throw e;
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
