package io.tcpsnap.duckdb;

import io.tcpsnap.archive.ArchiveSet;
import io.tcpsnap.archive.Damage;
import io.tcpsnap.archive.Segment;
import io.tcpsnap.archive.TimeWindow;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The opened archives, the scans that read them or others now, and the damage that they met. Thread-safe. */
final class Sources {
    private final Set<Scan> running = ConcurrentHashMap.newKeySet();
    private final List<Damage> damage = new ArrayList<>();
    private volatile ArchiveSet archives = new ArchiveSet(List.of());
    private volatile boolean locked;
    /** Parts of the opened archives, by names that nobody else knows. */
    private final Map<String, ArchiveSet> parts = new ConcurrentHashMap<>();

    private final AtomicLong done = new AtomicLong();
    private volatile long total;
    private volatile LoadProgress progress = LoadProgress.NONE;

    ArchiveSet archives() {
        return archives;
    }

    void open(ArchiveSet opened) {
        archives = opened;
        takeDamage();
    }

    /** A path that stands for one segment as if it were opened alone, until {@link #ended}. */
    String pathOf(Segment segment) {
        String path = "segment " + UUID.randomUUID();
        parts.put(path, new ArchiveSet(List.of(segment.numbered(0))));
        return path;
    }

    /** What a path in SQL stands for; the empty path is the opened archives. */
    ArchiveSet resolve(String path) throws IOException {
        ArchiveSet part = path.isEmpty() ? archives : parts.get(path);
        if (part != null) {
            return part;
        }
        if (locked && !isOpen(path)) {
            throw new IOException("'" + path
                    + "' is none of the opened archives, and SQL reads no others: open it too, or start with --unsafe");
        }
        return ArchiveSet.open(List.of(path));
    }

    /** Whether a path is that of an opened segment, or of a folder with nothing but opened ones; tells nothing of others. */
    private boolean isOpen(String path) {
        try {
            Path real = Path.of(path).toRealPath();
            Set<Path> opened = new HashSet<>();
            for (Segment segment : archives.segments()) {
                opened.add(segment.path().toRealPath());
            }
            if (opened.stream().noneMatch(one -> one.startsWith(real))) {
                return false;
            }
            for (Segment segment : ArchiveSet.open(List.of(path)).segments()) {
                if (!opened.contains(segment.path().toRealPath())) {
                    return false;
                }
            }
            return true;
        } catch (IOException | InvalidPathException e) {
            return false;
        }
    }

    /** Whether SQL may name no path. */
    boolean locked() {
        return locked;
    }

    /** Lets SQL name no path any more. */
    void lock() {
        locked = true;
    }

    Scan start(String table, ArchiveSet from, TimeWindow window) throws IOException {
        Scan scan =
                new Scan(from, window, this::damaged, bytes -> progress.loaded(table, done.addAndGet(bytes), total));
        running.add(scan);
        return scan;
    }

    /** Who hears of the scans of a load, which begins now and reads so many bytes. */
    void listen(LoadProgress listener, long bytes) {
        done.set(0);
        total = bytes;
        progress = listener;
    }

    void cancel() {
        running.forEach(Scan::cancel);
    }

    /** Forgets the scans of a load or statement that has ended. */
    void ended() {
        running.clear();
        parts.clear();
        progress = LoadProgress.NONE;
    }

    private synchronized void damaged(Damage found) {
        if (!damage.contains(found)) {
            damage.add(found);
        }
    }

    /** Whether damage of a file was met since the last call of {@link #takeDamage}. */
    synchronized boolean hasDamage(Path file) {
        return damage.stream().anyMatch(one -> one.file().equals(file));
    }

    /** The damage met since the last call. */
    synchronized List<Damage> takeDamage() {
        List<Damage> taken = List.copyOf(damage);
        damage.clear();
        return taken;
    }
}
