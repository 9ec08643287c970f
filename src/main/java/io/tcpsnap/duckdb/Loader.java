package io.tcpsnap.duckdb;

import io.tcpsnap.archive.ArchiveSet;
import io.tcpsnap.archive.Frame;
import io.tcpsnap.archive.Segment;
import io.tcpsnap.cache.Fingerprint;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Fills tables. A segment that has its end is decoded once, into a file of the cache for each table asked for, and read there
 * from then on; the others are decoded into memory.
 */
final class Loader {
    /** Enough for the largest row groups in the making; what is loaded is in the file, not in memory. */
    private static final String LOADING_MEMORY = "400MB";

    private final Parts parts;
    private final Catalog catalog;
    private final Sources sources;
    private final Sessions sessions;
    private final BooleanSupplier cancelled;
    /** Tables that a transaction of the user filled. */
    private final Set<String> uncertain = new HashSet<>();

    private Map<Segment, String> fingerprints;

    /**
     * @param parts null for no cache
     * @param cancelled whether the statement was
     */
    Loader(Parts parts, Catalog catalog, Sources sources, Sessions sessions, BooleanSupplier cancelled) {
        this.parts = parts;
        this.catalog = catalog;
        this.sources = sources;
        this.sessions = sessions;
        this.cancelled = cancelled;
    }

    /** Fills one table; leaves it empty where that fails. */
    void load(String table, LoadProgress progress) throws SQLException {
        ArchiveSet archives = sources.archives();
        if (archives.segments().isEmpty()) {
            return;
        }
        Session main = sessions.main();
        try {
            main.run(Session.UNORDERED);
            // a transaction can write to one database only, and its tables may be the user's
            boolean inTransaction = catalog.inTransaction();
            List<Part> found = parts == null || inTransaction ? List.of() : parts(table, archives, progress);
            if (found.isEmpty()) {
                sources.listen(progress, length(archives.segments()));
                catalog.create(List.of(table));
                catalog.createReader(table);
                limit(LOADING_MEMORY);
                main.run("INSERT INTO " + table + " SELECT * FROM read_" + table + "()");
                if (cancelled.getAsBoolean()) {
                    main.run("DELETE FROM " + table);
                    throw new SQLTimeoutException("cancelled");
                }
                catalog.filled(table);
                if (inTransaction) {
                    uncertain.add(table);
                }
            } else {
                catalog.assembled(table, found);
            }
        } finally {
            sources.ended();
            limit(Database.memoryLimit());
            main.run("RESET preserve_insertion_order");
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
        Part[] all = new Part[archives.segments().size()];
        for (Segment segment : archives.segments()) {
            String name = parts.find(fingerprints.get(segment), table, sessions.main());
            if (name == null) {
                missing.add(segment);
            } else {
                all[segment.index()] = new Part(name, segment, snapshots.base(segment));
            }
        }
        boolean cacheable = parts.canKeep() && missing.stream().anyMatch(segment -> fingerprints.get(segment) != null);
        if (missing.size() == all.length && !cacheable) {
            return List.of();
        }
        if (!missing.isEmpty()) {
            sources.listen(progress, length(missing));
            catalog.createReader(table);
            limit(LOADING_MEMORY);
            sessions.share(missing, segment -> segment.frames().size(), (segment, session) -> {
                String name = parts.decode(segment, fingerprints.get(segment), table, session);
                all[segment.index()] = new Part(name, segment, snapshots.base(segment));
            });
        }
        return Arrays.asList(all);
    }

    /** Rows that are decoded from now on may be other than those of the archive: they are for this session only. */
    void keepNothing() {
        if (parts != null) {
            parts.keepNothing();
        }
    }

    private static long length(List<Segment> segments) {
        return segments.stream()
                .flatMap(segment -> segment.frames().stream())
                .mapToLong(Frame::length)
                .sum();
    }

    private void limit(String memory) {
        try {
            sessions.main().run("SET memory_limit = '" + memory + "'");
        } catch (SQLException e) {
            // what is in memory already needs more
        }
    }

    /** Detaches all files; for other archives. */
    void forget() throws SQLException {
        if (parts != null) {
            parts.forget(sessions.main());
        }
        fingerprints = null;
    }

    /** Deletes what is half made; for a process that ends now. */
    void abandon() {
        if (parts != null) {
            parts.abandon();
        }
    }
}
