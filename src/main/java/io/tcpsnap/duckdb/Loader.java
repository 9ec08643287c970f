package io.tcpsnap.duckdb;

import io.tcpsnap.archive.ArchiveSet;
import io.tcpsnap.archive.Frame;
import io.tcpsnap.archive.Segment;
import io.tcpsnap.cache.Cache;
import io.tcpsnap.cache.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Fills tables. A segment that has its end is decoded once, into a file of the cache for each table asked for, and read there
 * from then on; the others are decoded into memory.
 */
final class Loader {
    /** Runs a statement that has no rows. */
    @FunctionalInterface
    interface Runner {
        void run(String sql) throws SQLException;
    }

    /** Enough for the largest row groups in the making; what is loaded is in the file, not in memory. */
    private static final String LOADING_MEMORY = "400MB";

    private final Cache cache;
    private final Path own;
    private final Catalog catalog;
    private final Sources sources;
    private final Runner runner;
    private final BooleanSupplier cancelled;
    private final Consumer<String> note;
    private final List<String> attached = new ArrayList<>();
    /** Names of attached files of the cache: DuckDB attaches a file once. */
    private final Map<Path, String> files = new HashMap<>();
    /** Tables that a transaction of the user filled. */
    private final Set<String> uncertain = new HashSet<>();

    private Map<Segment, String> fingerprints;
    private boolean broken;
    private boolean keepsNothing;
    private volatile Path unfinished;

    /**
     * @param cache null for none
     * @param own folder of this process, on the file system of the cache
     * @param cancelled whether the statement was
     * @param note hears why the cache cannot be written
     */
    Loader(
            Cache cache,
            Path own,
            Catalog catalog,
            Sources sources,
            Runner runner,
            BooleanSupplier cancelled,
            Consumer<String> note) {
        this.cache = cache;
        this.own = own;
        this.catalog = catalog;
        this.sources = sources;
        this.runner = runner;
        this.cancelled = cancelled;
        this.note = note;
    }

    /** Fills one table; leaves it empty where that fails. */
    void load(String table, LoadProgress progress) throws SQLException {
        ArchiveSet archives = sources.archives();
        if (archives.segments().isEmpty()) {
            return;
        }
        try {
            // else one thread does all the work
            runner.run("SET preserve_insertion_order = false");
            // a transaction can write to one database only, and its tables may be the user's
            boolean inTransaction = catalog.inTransaction();
            List<Part> parts = cache == null || inTransaction ? List.of() : parts(table, archives, progress);
            if (parts.isEmpty()) {
                sources.listen(progress);
                catalog.create(List.of(table));
                catalog.createReader(table);
                limit(LOADING_MEMORY);
                runner.run("INSERT INTO " + table + " SELECT * FROM read_" + table + "()");
                if (cancelled.getAsBoolean()) {
                    runner.run("DELETE FROM " + table);
                    throw new SQLTimeoutException("cancelled");
                }
                catalog.filled(table);
                if (inTransaction) {
                    uncertain.add(table);
                }
            } else {
                catalog.assembled(table, parts);
            }
        } finally {
            limit(Database.memoryLimit());
            sources.loadAll();
            sources.ended();
            runner.run("RESET preserve_insertion_order");
        }
    }

    /** What a transaction of the user filled may be empty again when it is over. */
    void recheck() throws SQLException {
        if (!uncertain.isEmpty() && !catalog.inTransaction()) {
            for (String table : uncertain) {
                catalog.unfillIfEmpty(table);
            }
            uncertain.clear();
        }
    }

    /** The rows of each segment; none where all would have to be decoded into memory. */
    private List<Part> parts(String table, ArchiveSet archives, LoadProgress progress) throws SQLException {
        if (fingerprints == null) {
            fingerprints = new LinkedHashMap<>();
            archives.segments().forEach(segment -> fingerprints.put(segment, Fingerprint.of(segment)));
        }
        Snapshots snapshots = new Snapshots(archives);
        List<Segment> missing = new ArrayList<>();
        Part[] parts = new Part[archives.segments().size()];
        for (Segment segment : archives.segments()) {
            String name = find(fingerprints.get(segment), table);
            if (name == null) {
                missing.add(segment);
            } else {
                parts[segment.index()] = new Part(name, segment, snapshots.base(segment));
            }
        }
        boolean cacheable = canKeep() && missing.stream().anyMatch(segment -> fingerprints.get(segment) != null);
        if (missing.size() == parts.length && !cacheable) {
            return List.of();
        }
        long total = missing.stream().mapToLong(Loader::length).sum();
        long before = 0;
        for (Segment segment : missing) {
            long offset = before;
            sources.listen((t, done, of) -> progress.loaded(t, offset + done, total));
            sources.loadOnly(new ArchiveSet(List.of(segment.numbered(0))));
            parts[segment.index()] = new Part(decode(segment, table), segment, snapshots.base(segment));
            before += length(segment);
        }
        return Arrays.asList(parts);
    }

    /** Rows that are decoded from now on may be other than those of the archive: they are for this session only. */
    void keepNothing() {
        keepsNothing = true;
    }

    private boolean canKeep() {
        return !broken && !keepsNothing;
    }

    private static long length(Segment segment) {
        return segment.frames().stream().mapToLong(Frame::length).sum();
    }

    /** Name of a table with the rows of a segment, out of the cache; null where they are not there. */
    private String find(String fingerprint, String table) throws SQLException {
        Path file = fingerprint == null ? null : cache.find(fingerprint, table);
        if (file == null) {
            return null;
        }
        try {
            return attach(file);
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
    private String attach(Path file) throws SQLException, IOException {
        if (!files.containsKey(file)) {
            String name = "part_" + attached.size();
            Path link = cache.unfinished(own);
            Files.createLink(link, file);
            try {
                runner.run("ATTACH " + Ddl.literal(link.toString()) + " AS " + name + " (READ_ONLY)");
            } finally {
                Files.delete(link);
            }
            attached.add(name);
            files.put(file, name + ".part");
        }
        return files.get(file);
    }

    /** Decodes a segment, into the cache where that is possible; returns the name of the table with its rows. */
    private String decode(Segment segment, String table) throws SQLException {
        String fingerprint = fingerprints.get(segment);
        if (fingerprint != null && canKeep()) {
            try {
                return write(segment, fingerprint, table);
            } catch (SQLException | IOException e) {
                if (cancelled.getAsBoolean()) {
                    throw new SQLTimeoutException("cancelled", e);
                }
                broken = true;
                note.accept("cannot be written: "
                        + e.getMessage().lines().findFirst().orElse(""));
            }
        }
        String name = "part_" + attached.size();
        runner.run("ATTACH ':memory:' AS " + name);
        attached.add(name);
        fill(name, table);
        return name + ".part";
    }

    private void fill(String database, String table) throws SQLException {
        catalog.createReader(table);
        runner.run("CREATE TABLE " + database + ".part AS SELECT * FROM read_" + table + "()");
        if (cancelled.getAsBoolean()) {
            throw new SQLTimeoutException("cancelled");
        }
    }

    /**
     * Decodes a segment into a file, which the cache keeps if the segment is sound: its damage is to be told each time.
     */
    private String write(Segment segment, String fingerprint, String table) throws SQLException, IOException {
        Path file = cache.unfinished(own);
        unfinished = file;
        String name = "part_" + attached.size();
        boolean done = false;
        try {
            limit(LOADING_MEMORY);
            // a log of what is of no use before it is whole
            runner.run("ATTACH " + Ddl.literal(file.toString()) + " AS " + name + " (RECOVERY_MODE NO_WAL_WRITES)");
            fill(name, table);
            runner.run("CHECKPOINT " + name);
            if (sources.hasDamage(segment.path()) || !fingerprint.equals(Fingerprint.of(segment))) {
                attached.add(name); // the file has no name any more, and is gone when it is closed
                done = true;
                return name + ".part";
            }
            runner.run("DETACH " + name);
            done = true;
            return attach(cache.publish(file, fingerprint, table));
        } finally {
            if (!done) {
                detach(name);
            }
            cache.discard(file);
            unfinished = null;
            limit(Database.memoryLimit());
        }
    }

    private void limit(String memory) {
        try {
            runner.run("SET memory_limit = '" + memory + "'");
        } catch (SQLException e) {
            // what is in memory already needs more
        }
    }

    private void detach(String name) {
        try {
            runner.run("DETACH " + name);
        } catch (SQLException e) {
            // it was not attached
        }
    }

    /** Detaches all files; for other archives. */
    void forget() throws SQLException {
        for (String name : attached) {
            runner.run("DETACH " + name);
        }
        attached.clear();
        files.clear();
        fingerprints = null;
    }

    /** Deletes what is half made; for a process that ends now. */
    void abandon() {
        Path file = unfinished;
        if (file != null) {
            cache.discard(file);
        }
    }
}
