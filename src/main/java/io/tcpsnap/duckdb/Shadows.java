package io.tcpsnap.duckdb;

import io.tcpsnap.pins.Pins;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How pins narrow a statement: for each table and view that it names, a temporary view of the same name filters it, which
 * DuckDB finds first. They exist while the statement runs only, so that nothing else lists them. The views of this program
 * read the tables themselves, not these; a statement reaches past a pin by {@code memory.main.NAME}.
 */
final class Shadows {
    /** Statements that read; a view or macro that one defines must read the tables themselves. */
    private static final Pattern READS = Pattern.compile(
            "(?is)[\\s(]*(?:select|from|with|explain|describe|desc|summarize|pivot|unpivot|table|copy|insert"
                    + "|create\\s+(?:or\\s+replace\\s+)?(?:temp\\s+|temporary\\s+)?table)\\b.*");

    private final Connection connection;
    private final Set<String> made = new HashSet<>();
    private final Set<String> narrowed = new HashSet<>();
    private final Map<String, Set<String>> columns = new HashMap<>();
    private Pins pins = Pins.NONE;
    private String database;

    Shadows(Connection connection) {
        this.connection = connection;
    }

    Pins pins() {
        return pins;
    }

    /** Pins at once. */
    void pin(Pins pinned) throws SQLException {
        drop();
        pins = pinned;
    }

    /** Pins from the next statement on. */
    void keep(Pins pinned) {
        pins = pinned;
    }

    /** Makes ready for a statement that names these tables and views, which exist. */
    void prepare(String sql, Set<String> names) throws SQLException {
        drop();
        narrowed.clear();
        if (pins.isEmpty() || !READS.matcher(sql).matches()) {
            return;
        }
        Set<String> all = new LinkedHashSet<>(names);
        all.addAll(userViews(sql));
        for (String name : all) {
            String condition = isUnqualifiedIn(sql, name) ? pins.condition(columns(name)) : "";
            if (!condition.isEmpty()) {
                execute("CREATE TEMP VIEW \"" + name + "\" AS FROM \"" + database() + "\".main.\"" + name + "\" WHERE "
                        + condition);
                made.add(name);
                narrowed.add(name);
            }
        }
    }

    /** Whether a statement names a relation without saying in which database. */
    private boolean isUnqualifiedIn(String sql, String name) throws SQLException {
        String here = Pattern.quote(database() + ".");
        String main = Pattern.quote(database() + ".main.");
        return Pattern.compile("(?i)(?<!" + here + ")(?<!" + main + ")\\b" + Pattern.quote(name) + "\\b")
                .matcher(sql)
                .find();
    }

    /** Views that the user made, and that a statement may name. */
    private Set<String> userViews(String sql) throws SQLException {
        List<String> views = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT view_name FROM duckdb_views() WHERE NOT internal AND NOT temporary")) {
            while (rows.next()) {
                views.add(rows.getString(1));
            }
        }
        Set<String> found = new LinkedHashSet<>();
        for (String name : views) {
            if (View.of(name) == null && isUnqualifiedIn(sql, name)) {
                found.add(name);
                columns.remove(name);
            }
        }
        return found;
    }

    /** The tables and views that the last statement had narrowed. */
    Set<String> narrowed() {
        return Set.copyOf(narrowed);
    }

    void drop() throws SQLException {
        for (String name : Set.copyOf(made)) {
            execute("DROP VIEW IF EXISTS temp.main.\"" + name + "\"");
            made.remove(name);
        }
    }

    /** The columns of a table or view. */
    Set<String> columns(String name) throws SQLException {
        Set<String> known = columns.get(name);
        if (known == null) {
            known = new LinkedHashSet<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("DESCRIBE \"" + database() + "\".main.\"" + name + "\"")) {
                while (rows.next()) {
                    known.add(rows.getString(1));
                }
            }
            columns.put(name, known);
        }
        return known;
    }

    private String database() throws SQLException {
        if (database == null) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT current_database()")) {
                rows.next();
                database = rows.getString(1);
            }
        }
        return database;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
