package io.tcpsnap.duckdb;

import io.tcpsnap.archive.Segment;
import io.tcpsnap.cache.Cache;
import io.tcpsnap.cache.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Rows of segments, each in a table of its own that is attached: out of a file of the cache, or decoded, into such a file where
 * it can be kept. Thread-safe.
 */
final class Parts {
    private final Cache cache;
    private final Path own;
    private final Sources sources;
    private final BooleanSupplier cancelled;
    private final Consumer<String> note;
    private final AtomicInteger made = new AtomicInteger();
    private final Queue<String> attached = new ConcurrentLinkedQueue<>();
    /** Names of attached files of the cache: DuckDB attaches a file once. */
    private final Map<Path, String> files = new HashMap<>();

    private final Set<Path> unfinished = ConcurrentHashMap.newKeySet();
    private boolean broken;
    private volatile boolean keepsNothing;

    /**
     * @param own folder of this process, on the file system of the cache
     * @param cancelled whether the statement was
     * @param note hears once why the cache cannot be written
     */
    Parts(Cache cache, Path own, Sources sources, BooleanSupplier cancelled, Consumer<String> note) {
        this.cache = cache;
        this.own = own;
        this.sources = sources;
        this.cancelled = cancelled;
        this.note = note;
    }

    void keepNothing() {
        keepsNothing = true;
    }

    synchronized boolean canKeep() {
        return !broken && !keepsNothing;
    }

    private synchronized void cannotKeep(String reason) {
        if (!broken) {
            broken = true;
            note.accept("cannot be written: " + reason);
        }
    }

    private String newName() {
        return "part_" + made.getAndIncrement();
    }

    /** Name of a table with the rows of a segment, out of the cache; null where they are not there. */
    String find(String fingerprint, String table, Session session) throws SQLException {
        Path file = fingerprint == null ? null : cache.find(fingerprint, table);
        if (file == null) {
            return null;
        }
        try {
            return attach(file, session);
        } catch (IOException e) {
            return null;
        } catch (SQLException e) {
            if (cancelled.getAsBoolean()) {
                throw e;
            }
            cache.delete(file); // not as DuckDB left it
            return null;
        }
    }

    /** By a name that is gone then: statements of the user can reach nothing in the cache by any. */
    private synchronized String attach(Path file, Session session) throws SQLException, IOException {
        if (!files.containsKey(file)) {
            String name = newName();
            Path link = cache.unfinished(own);
            Files.createLink(link, file);
            try {
                session.run("ATTACH " + Ddl.literal(link.toString()) + " AS " + name + " (READ_ONLY)");
            } finally {
                Files.delete(link);
            }
            attached.add(name);
            files.put(file, name + ".part");
        }
        return files.get(file);
    }

    /**
     * Decodes a segment, into the cache where that is possible; returns the name of the table with its rows.
     *
     * @param fingerprint null for a segment that the cache cannot tell from others
     */
    String decode(Segment segment, String fingerprint, String table, Session session) throws SQLException {
        if (fingerprint != null && canKeep()) {
            try {
                return write(segment, fingerprint, table, session);
            } catch (SQLException | IOException e) {
                if (cancelled.getAsBoolean()) {
                    throw new SQLTimeoutException("cancelled", e);
                }
                cannotKeep(e.getMessage().lines().findFirst().orElse(""));
            }
        }
        String name = newName();
        session.run("ATTACH ':memory:' AS " + name);
        attached.add(name);
        fill(name, segment, table, session);
        return name + ".part";
    }

    private void fill(String database, Segment segment, String table, Session session) throws SQLException {
        failIfCancelled();
        session.run("CREATE TABLE " + database + ".part AS SELECT * FROM read_" + table + "("
                + Ddl.literal(sources.pathOf(segment)) + ")");
        failIfCancelled();
    }

    private void failIfCancelled() throws SQLTimeoutException {
        if (cancelled.getAsBoolean()) {
            throw new SQLTimeoutException("cancelled");
        }
    }

    /**
     * Decodes a segment into a file, which the cache keeps if the segment is sound: its damage is to be told each time.
     */
    private String write(Segment segment, String fingerprint, String table, Session session)
            throws SQLException, IOException {
        Path file = cache.unfinished(own);
        unfinished.add(file);
        String name = newName();
        boolean done = false;
        try {
            // a log of what is of no use before it is whole
            session.run("ATTACH " + Ddl.literal(file.toString()) + " AS " + name + " (RECOVERY_MODE NO_WAL_WRITES)");
            fill(name, segment, table, session);
            session.run("CHECKPOINT " + name);
            if (sources.hasDamage(segment.path()) || !fingerprint.equals(Fingerprint.of(segment))) {
                attached.add(name); // the file has no name any more, and is gone when it is closed
                done = true;
                return name + ".part";
            }
            session.run("DETACH " + name);
            done = true;
            return publish(file, fingerprint, table, session);
        } finally {
            if (!done) {
                detach(name, session);
            }
            cache.discard(file);
            unfinished.remove(file);
        }
    }

    /** At once, since what another thread publishes may take its place in the cache. */
    private synchronized String publish(Path file, String fingerprint, String table, Session session)
            throws SQLException, IOException {
        return attach(cache.publish(file, fingerprint, table), session);
    }

    private static void detach(String name, Session session) {
        try {
            session.run("DETACH " + name);
        } catch (SQLException e) {
            // it was not attached
        }
    }

    /** Detaches all files; for other archives. */
    synchronized void forget(Session session) throws SQLException {
        while (!attached.isEmpty()) {
            session.run("DETACH " + attached.remove());
        }
        files.clear();
    }

    /** Deletes what is half made; for a process that ends now. */
    void abandon() {
        unfinished.forEach(cache::discard);
    }
}
