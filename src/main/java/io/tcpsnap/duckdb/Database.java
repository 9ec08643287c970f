package io.tcpsnap.duckdb;

import io.tcpsnap.archive.ArchiveSet;
import io.tcpsnap.archive.Damage;
import io.tcpsnap.cache.Cache;
import io.tcpsnap.pins.Pins;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;

/**
 * An in-memory DuckDB with the tables of some archives and views on them. To statements all exist from the start; tables
 * are filled when one first names them or a view that reads them. One statement at a time; {@link #cancel} may come from any thread.
 */
public final class Database implements AutoCloseable {
    /** What gives names of functions and types another meaning, those too that decoding uses. */
    private static final Pattern REDEFINES = Pattern.compile("(?is)\\bCREATE\\b.*\\b(?:MACRO|FUNCTION|TYPE)\\b");

    private static final long CANCEL_MS = 20;

    private final Connection connection;
    private final Catalog catalog;
    private final Sources sources = new Sources();
    private final Loader loader;
    private final Path spill;
    private final Thread atExit = new Thread(this::abandon);
    private final Shadows shadows;
    private volatile Statement running;
    /** The user's statement while it has no rows yet. */
    private volatile Statement awaited;

    private volatile boolean cancelled;

    private Database(Cache cache, Consumer<String> note) throws SQLException {
        spill = ownFolder(cache);
        connection = connect(spill);
        catalog = new Catalog(connection, sources);
        shadows = new Shadows(connection);
        Parts parts = cache == null ? null : new Parts(cache, spill, sources, () -> cancelled, note);
        loader = new Loader(parts, catalog, sources, new Sessions(connection, this::command), () -> cancelled);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Opens archives without a cache. */
    public static Database open(List<String> archives) throws IOException, SQLException {
        return open(archives, null, note -> {});
    }

    /**
     * Opens archives.
     *
     * @param archives files, folders, globs; empty for none
     * @param cache keeps decoded segments; null for none
     * @param note hears why the cache cannot be written
     * @throws IOException where an archive cannot be read; nothing stays open
     */
    public static Database open(List<String> archives, Cache cache, Consumer<String> note)
            throws IOException, SQLException {
        ArchiveSet set = ArchiveSet.open(archives);
        Database database = new Database(cache, note);
        database.sources.open(set);
        return database;
    }

    /** From now on SQL reaches nothing but the opened archives: see {@link Lockdown}. Returns this database. */
    public Database lock() throws SQLException {
        Lockdown.apply(connection, spill);
        sources.lock();
        return this;
    }

    /** Whether {@link #lock} was called. */
    public boolean isLocked() {
        return sources.locked();
    }

    /** Where others can write, a name that nobody knows before, of a folder that nobody else reads. */
    private static Path ownFolder(Cache cache) {
        String name = "tcpsnap-" + ProcessHandle.current().pid();
        if (cache != null) {
            return cache.folder().resolve(name);
        }
        try {
            return Files.createTempDirectory(name + "-");
        } catch (IOException e) {
            return Path.of(System.getProperty("java.io.tmpdir"), name); // nothing can be there, until something must
        }
    }

    /** Half of the machine's memory: Java takes a quarter of it at most. */
    static String memoryLimit() {
        return (2 * Runtime.getRuntime().maxMemory() >> 20) + "MiB";
    }

    private static Connection connect(Path spill) throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("jdbc_stream_results", "true");
        settings.setProperty("allow_community_extensions", "false");
        settings.setProperty("temp_directory", spill.toString());
        settings.setProperty("memory_limit", memoryLimit());
        Connection connection = DriverStart.open(settings);
        try (Statement statement = connection.createStatement()) {
            // else queryProgress() knows nothing
            statement.execute("SET enable_progress_bar = true; SET enable_progress_bar_print = false");
        }
        return connection;
    }

    /** Replaces the opened archives; on failure the old ones stay. */
    public void openArchives(List<String> archives) throws IOException, SQLException {
        ArchiveSet set = ArchiveSet.open(archives);
        catalog.empty();
        loader.forget();
        sources.open(set);
        pin(Pins.NONE);
    }

    /** What statements are narrowed to. */
    public Pins pins() {
        return shadows.pins();
    }

    /** Narrows the tables and views that statements name from now on; other archives end it. */
    public void pin(Pins pins) throws SQLException {
        shadows.pin(pins);
    }

    /** The tables and views that the last statement had narrowed. */
    public Set<String> narrowed() {
        return shadows.narrowed();
    }

    /** The columns of one of {@link #tables}. */
    public Set<String> columns(String table) throws SQLException {
        shadows.drop(); // else a view would be made on one of them
        catalog.create(List.of(table));
        return shadows.columns(table);
    }

    /** Creates or replaces a temporary table of the rows of an earlier result. */
    public void keep(String table, List<String> names, List<String> types, Iterable<String[]> rows)
            throws SQLException {
        new TextTable(connection).create(table, names, types, rows);
    }

    /** Writes a table as Parquet, in the folder of this process first: SQL may reach no other. */
    public void writeParquet(String table, Path file) throws SQLException, IOException {
        Files.createDirectories(
                spill, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path made = spill.resolve("export.parquet");
        command("COPY " + table + " TO " + Ddl.literal(made.toString()) + " (FORMAT parquet)");
        Files.move(made, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** What is open. */
    public ArchiveSet archives() {
        return sources.archives();
    }

    /** The tables and views that a text of SQL names. */
    public Set<String> namesOf(String sql) {
        return Catalog.namesOf(sql);
    }

    /** Whether a table or view can be read without loading anything; true for one that a user made. From any thread. */
    public boolean isFilled(String relation) {
        return !tables().contains(relation) || catalog.isFilled(relation);
    }

    /** Tables and views that users made, as another connection sees them. */
    public List<Relation> ownRelations(Connection other) throws SQLException {
        Map<String, List<Relation.Field>> found = new LinkedHashMap<>();
        try (Statement statement = other.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT table_name, column_name, data_type FROM duckdb_columns()"
                                + " WHERE database_name = current_database() AND NOT internal ORDER BY table_name, column_index")) {
            while (rows.next()) {
                found.computeIfAbsent(rows.getString(1), name -> new ArrayList<>())
                        .add(Relation.Field.of(rows.getString(2), rows.getString(3)));
            }
        }
        found.keySet().removeIf(Catalog::isOurs);
        List<Relation> own = new ArrayList<>();
        found.forEach((name, fields) -> own.add(new Relation(name, "", fields)));
        return own;
    }

    /** Another connection, for one other thread, which closes it; statements on it load nothing. */
    public Connection another() throws SQLException {
        return connection.unwrap(DuckDBConnection.class).duplicate();
    }

    /** The tables that a text of SQL names, or that the views which it names read. */
    public Set<String> tablesOf(String sql) {
        return Catalog.tablesOf(sql);
    }

    /** Names of the tables that archives have and of the views on them, in the order of the reference. */
    public List<String> tables() {
        return Stream.concat(ScanTable.NAMES.stream(), View.NAMES.stream()).toList();
    }

    /** Names of those that archives have. */
    public List<String> loadedTables() {
        return ScanTable.NAMES;
    }

    /** The views, as the reference shows them. */
    public List<ViewReference> views() throws SQLException {
        return catalog.views();
    }

    /** The damage met in archives since the last call. */
    public List<Damage> takeDamage() {
        return sources.takeDamage();
    }

    /** For metadata and for tests; shows tables whether or not they are filled, with their comments. */
    public Connection connection() throws SQLException {
        shadows.drop();
        catalog.comment();
        catalog.createReaders();
        return connection;
    }

    /**
     * Runs one statement, after loading the tables that it names.
     *
     * @return its rows, whose closing closes the statement too, or null where it has none
     * @throws SQLException with DuckDB's message; {@link SQLTimeoutException} where {@link #cancel} ended it
     */
    public ResultSet execute(String sql, LoadProgress progress) throws SQLException {
        try {
            if (cancelled) {
                throw new SQLTimeoutException("cancelled");
            }
            shadows.drop();
            loader.recheck();
            for (String table : catalog.prepare(sql)) {
                loader.load(table, progress);
            }
            if (REDEFINES.matcher(sql).find()) {
                loader.keepNothing();
            }
            Set<String> names = Catalog.namesOf(sql);
            catalog.create(names);
            shadows.prepare(sql, names);
            return runComplete(sql);
        } catch (SQLException e) {
            throw cancelled ? new SQLTimeoutException("cancelled", e) : Lockdown.explained(e);
        }
    }

    /** Runs a statement; once more where it failed for want of something that is created now. */
    private ResultSet runComplete(String sql) throws SQLException {
        try {
            return run(sql, true);
        } catch (SQLException e) {
            if (cancelled || !catalog.completes(e)) {
                throw e;
            }
            return run(sql, true);
        }
    }

    private void command(String sql) throws SQLException {
        try (ResultSet none = run(sql, false)) {
            // DuckDB counts rows in one
        }
    }

    /** Runs one statement as if nothing were pinned. */
    public ResultSet unpinned(String sql, LoadProgress progress) throws SQLException {
        Pins pins = shadows.pins();
        shadows.pin(Pins.NONE);
        try {
            return execute(sql, progress);
        } finally {
            shadows.keep(pins);
        }
    }

    /** Runs a statement; its result stays open and closes it. */
    private ResultSet run(String sql, boolean ofUser) throws SQLException {
        Statement statement = connection.createStatement();
        running = statement;
        awaited = ofUser ? statement : null;
        boolean open = false;
        try {
            if (ofUser && cancelled) {
                throw new SQLTimeoutException("cancelled");
            }
            open = statement.execute(sql);
            awaited = null;
            if (!open) {
                return null;
            }
            statement.closeOnCompletion();
            return statement.getResultSet();
        } finally {
            awaited = null;
            if (!open) {
                running = null;
                statement.close();
            }
        }
    }

    /** Percentage of the running statement that is done, -1 where unknown. */
    public double queryProgress() {
        try {
            return running instanceof DuckDBPreparedStatement statement && !statement.isClosed()
                    ? statement.getQueryProgress().getPercentage()
                    : -1;
        } catch (SQLException e) {
            return -1;
        }
    }

    /** What {@link #cancel} was asked to end is over: statements run again. */
    public void begin() {
        cancelled = false;
    }

    /** Ends the running load or statement soon, and lets none run until {@link #begin}. */
    public void cancel() {
        cancelled = true;
        sources.cancel();
        try {
            Statement statement = running;
            if (statement != null && !statement.isClosed()) {
                statement.cancel();
            }
        } catch (SQLException e) {
            // it has just ended: nothing to cancel
        }
        if (awaited != null) {
            Thread again = new Thread(this::cancelAgain, "cancel");
            again.setDaemon(true);
            again.start();
        }
    }

    /** DuckDB forgets what interrupts a statement before it has begun. */
    private void cancelAgain() {
        try {
            Thread.sleep(CANCEL_MS);
            for (Statement statement = awaited; cancelled && statement != null; statement = awaited) {
                statement.cancel();
                Thread.sleep(CANCEL_MS);
            }
        } catch (SQLException | InterruptedException e) {
            // it has just ended
        }
    }

    /** Whether the last statement was ended by {@link #cancel}: reading its rows then fails with an odd message. */
    public boolean cancelled() {
        return cancelled;
    }

    @Override
    public void close() throws SQLException {
        cancel();
        connection.close();
        deleteSpill();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // the process ends: the hook does its work now
        }
    }

    /** Leaves no file behind where the process ends in the middle of something. */
    private void abandon() {
        loader.abandon();
        deleteSpill();
    }

    private void deleteSpill() {
        try (Stream<Path> files = Files.walk(spill)) { // SQL may have made folders there
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            // nothing was spilled, or the directory is gone
        }
    }
}
