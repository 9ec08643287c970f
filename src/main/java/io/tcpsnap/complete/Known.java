package io.tcpsnap.complete;

import io.tcpsnap.duckdb.Database;
import io.tcpsnap.duckdb.Relation;
import io.tcpsnap.duckdb.Relation.Field;
import io.tcpsnap.duckdb.SqlFunction;
import io.tcpsnap.duckdb.Vocabulary;
import io.tcpsnap.duckdb.Vocabulary.Setting;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What one thread reads of a database in the background. Values come from tables that are loaded, never by loading one. */
public final class Known implements Names, AutoCloseable {
    private static final int MOST = 100;
    /** Of longer tables a sample of so many rows is looked at. */
    private static final int ROWS = 1_000_000;

    private static final int TIMEOUT_S = 2;
    /** How long one who types waits for what is not known yet. */
    private static final long PATIENCE_MS = 20;

    private final Database database;
    private final ExecutorService reader = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "names");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Future<List<String>>> values = new ConcurrentHashMap<>();
    private volatile Vocabulary vocabulary = Vocabulary.ofTables();
    private volatile List<Relation> own = List.of();
    private volatile Future<?> pending;
    private Connection connection;

    public Known(Database database) {
        this.database = database;
        pending = reader.submit(() -> {
            vocabulary = Vocabulary.read();
            return null;
        });
    }

    /** Waits a moment for what is being read. */
    @Override
    public void await() {
        try {
            soon(pending);
        } catch (ExecutionException e) {
            // what was known before is offered
        }
    }

    /** Something may have been made or dropped, or other archives opened. */
    public void changed() {
        values.clear();
        pending = reader.submit(() -> {
            own = database.ownRelations(connection());
            return null;
        });
    }

    private Connection connection() throws SQLException {
        if (connection == null) {
            connection = database.another();
        }
        return connection;
    }

    /** What was asked for comes within the patience of one who types, or later. */
    private <T> T soon(Future<T> asked) throws ExecutionException {
        try {
            return asked.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    @Override
    public List<Relation> relations() {
        List<Relation> all = new ArrayList<>(vocabulary.relations());
        all.addAll(own);
        return all;
    }

    @Override
    public List<SqlFunction> functions() {
        return vocabulary.functions();
    }

    @Override
    public List<Setting> settings() {
        return vocabulary.settings();
    }

    @Override
    public List<String> values(String relation, Field field) {
        if (!field.labels().isEmpty()) {
            return field.labels();
        }
        String table = tableOf(relation, field.name());
        if (table == null || !database.isFilled(table)) {
            return List.of();
        }
        String key = table + "." + field.name();
        Future<List<String>> found =
                values.computeIfAbsent(key, asked -> reader.submit(() -> read(table, field.name())));
        try {
            List<String> ready = soon(found);
            return ready == null ? List.of() : ready;
        } catch (ExecutionException e) {
            values.remove(key); // the table was dropped, or the archive closed
            return List.of();
        }
    }

    /** Where the values of a column are at hand: those of a view are looked up in a table, without computing the view. */
    private String tableOf(String relation, String field) {
        if (own.stream().anyMatch(known -> known.name().equals(relation))
                || database.loadedTables().contains(relation)) {
            return relation;
        }
        return database.loadedTables().stream()
                .filter(database::isFilled)
                .filter(table -> relation(table).fields().stream()
                        .anyMatch(known -> known.name().equals(field)))
                .findFirst()
                .orElse(null);
    }

    private List<String> read(String relation, String field) throws SQLException {
        String table = quoted(relation);
        List<String> found = new ArrayList<>();
        try (Statement statement = connection().createStatement()) {
            statement.setQueryTimeout(TIMEOUT_S); // a view of the user may be dear
            try (ResultSet rows = statement.executeQuery(
                    "SELECT least(100, 100.0 * " + ROWS + " / greatest(1, count(*)))::VARCHAR FROM " + table)) {
                rows.next();
                table += " TABLESAMPLE SYSTEM(" + rows.getString(1) + " PERCENT)";
            }
            try (ResultSet rows = statement.executeQuery("SELECT " + quoted(field) + "::VARCHAR AS v FROM " + table
                    + " WHERE v IS NOT NULL GROUP BY v ORDER BY count(*) DESC, v LIMIT " + MOST)) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
        }
        return found;
    }

    private static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /** The thread ends, and a statement of it is cancelled by the end of the database. */
    @Override
    public void close() {
        reader.shutdownNow();
    }
}
