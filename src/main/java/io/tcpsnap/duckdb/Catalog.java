package io.tcpsnap.duckdb;

import io.tcpsnap.table.Column;
import io.tcpsnap.table.Table;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
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

/**
 * The tables and views in the database: which are filled, and which a statement needs. Each is created when a statement first
 * names it or could show it, since to create all takes longer than a short question.
 */
final class Catalog {
    /** Text in quotes and comments, where a name is no table. */
    private static final Pattern NO_NAMES = Pattern.compile("'(?:[^']|'')*'|--[^\\n]*|/\\*(?s:.)*?\\*/");

    private static final Pattern NAMES = Pattern.compile(
            Stream.concat(ScanTable.NAMES.stream(), View.NAMES.stream())
                    .collect(Collectors.joining("|", "\\b(?:lines_)?(", ")\\b")),
            Pattern.CASE_INSENSITIVE);

    /** What can show comments. */
    private static final Pattern SHOWS_COMMENTS =
            Pattern.compile("\\b(?:duckdb_\\w+|comment|export|copy)\\b", Pattern.CASE_INSENSITIVE);

    /**
     * What lists tables, could name another like them, could have others created elsewhere, or could undo what is created while
     * it lasts.
     */
    private static final Pattern SHOWS_TABLES = Pattern.compile(
            "\\b(?:show|describe|pragma|information_schema|pg_\\w+|sqlite_\\w+|create|drop|alter|use|schema|search_path"
                    + "|begin|start|spark)\\b|(?:^|\\()\\s*desc\\b",
            Pattern.CASE_INSENSITIVE);

    /** What names functions that read archives. */
    private static final Pattern READS =
            Pattern.compile("\\b(?:read_|scan_|duckdb_functions|pragma|export|begin|start)", Pattern.CASE_INSENSITIVE);

    private static final Pattern UNKNOWN = Pattern.compile("(?:Catalog|Binder) Error");

    private final Connection connection;
    private final Sources sources;
    /** Also read by who offers values. */
    private final Set<String> filled = ConcurrentHashMap.newKeySet();

    private final Set<String> created = new HashSet<>();
    private final Set<String> types = new HashSet<>();
    private final Set<String> readers = new HashSet<>();
    private final Set<String> assembled = new HashSet<>();
    private boolean hasMacros;
    private boolean commented;

    Catalog(Connection connection, Sources sources) {
        this.connection = connection;
        this.sources = sources;
    }

    /** Creates all tables and views that are not there yet. */
    void createAll() throws SQLException {
        create(ScanTable.NAMES);
        create(View.NAMES);
    }

    /** Creates tables and views, with all that they read, where they are not there yet; leaves those of the user alone. */
    void create(Collection<String> names) throws SQLException {
        StringBuilder sql = new StringBuilder();
        names.stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(name -> ScanTable.NAMES.contains(name) || View.NAMES.contains(name))
                .forEach(name -> addCreation(name, sql));
        if (!sql.isEmpty()) {
            execute(sql.toString());
        }
    }

    private void addCreation(String name, StringBuilder sql) {
        if (!created.add(name)) {
            return;
        }
        View view = View.of(name);
        if (view == null) {
            addTypes(table(name), sql);
            sql.append(Ddl.create(table(name))).append(lines(table(name)));
        } else {
            if (!hasMacros) {
                sql.append(View.resource("macros.sql"));
                hasMacros = true;
            }
            view.needs().forEach(need -> addCreation(need, sql));
            sql.append(view.create());
        }
    }

    private void addTypes(Table<?> table, StringBuilder sql) {
        table.columns().stream()
                .map(Column::type)
                .filter(type -> type.isEnum() && types.add(type.name()))
                .forEach(type -> sql.append(Ddl.create(type)));
    }

    /** Creates the functions that read archives. */
    void createReaders() throws SQLException {
        for (String name : ScanTable.NAMES) {
            createReader(name);
        }
    }

    /** Creates the function that reads the rows of a table out of archives, where it is not there yet. */
    void createReader(String name) throws SQLException {
        if (readers.add(name)) {
            ScanFunction.register(connection, ScanTable.of(name), sources);
            StringBuilder sql = new StringBuilder();
            addTypes(table(name), sql);
            execute(sql.append(Ddl.macro(table(name))).toString());
        }
    }

    private static String lines(Table<?> table) {
        return Ddl.lines(table, "SELECT *, rowid AS line FROM " + table.name());
    }

    /** Writes the comments, once. */
    void comment() throws SQLException {
        if (!commented) {
            createAll();
            StringBuilder sql = new StringBuilder("BEGIN;\n");
            for (String name : ScanTable.NAMES) {
                sql.append(Ddl.comments(table(name), assembled.contains(name) ? "VIEW" : "TABLE"));
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
        } else if (SHOWS_TABLES.matcher(words).find()) {
            createAll();
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
        createAll();
        List<ViewReference> views = new ArrayList<>();
        for (String name : View.NAMES) {
            View view = View.of(name);
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

    void unfillIfEmpty(String table) throws SQLException {
        if (count("SELECT count(*) FROM (FROM " + table + " LIMIT 1)") == 0) {
            filled.remove(table);
        }
    }

    /** Whether the user began a transaction: else each statement is one. */
    boolean inTransaction() throws SQLException {
        long first = count("SELECT txid_current()");
        return count("SELECT txid_current()") == first;
    }

    private long count(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Has a table stand for the rows of all parts. */
    void assembled(String name, List<Part> parts) throws SQLException {
        Table<?> table = table(name);
        boolean empty = !created.add(name);
        executeTogether(
                (empty ? "DROP TABLE " + name + ";\n" : "") + "CREATE VIEW " + name + " AS " + union(table, parts, "*")
                        + ";\n" + Ddl.lines(table, union(table, parts, "*, rowid AS line")) + comments(table, "VIEW"));
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
        return ScanTable.of(name).declaration();
    }

    /**
     * Creates all that is not there yet, after a statement named something that is not.
     *
     * @return whether there was anything to create
     */
    boolean completes(SQLException failure) throws SQLException {
        boolean incomplete =
                created.size() < ScanTable.NAMES.size() + View.NAMES.size() || readers.size() < ScanTable.NAMES.size();
        if (!incomplete
                || !UNKNOWN.matcher(String.valueOf(failure.getMessage())).lookingAt()) {
            return false;
        }
        createAll();
        createReaders();
        return true;
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
