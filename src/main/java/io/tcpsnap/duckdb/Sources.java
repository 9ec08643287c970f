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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The opened archives, the scans that read them or others now, and the damage that they met. Thread-safe. */
final class Sources {
    private final Set<Scan> running = ConcurrentHashMap.newKeySet();
    private final List<Damage> damage = new ArrayList<>();
    private volatile ArchiveSet archives = new ArchiveSet(List.of());
    private volatile boolean locked;
    private volatile ArchiveSet loaded;
    private volatile LoadProgress progress = LoadProgress.NONE;

    ArchiveSet archives() {
        return archives;
    }

    void open(ArchiveSet opened) {
        archives = opened;
        takeDamage();
    }

    /** Has the empty path stand for a part of the opened archives, until {@link #loadAll}. */
    void loadOnly(ArchiveSet part) {
        loaded = part;
    }

    void loadAll() {
        loaded = null;
    }

    /** What a path in SQL stands for; the empty path is the opened archives. */
    ArchiveSet resolve(String path) throws IOException {
        if (path.isEmpty()) {
            ArchiveSet part = loaded;
            return part != null ? part : archives;
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
        Scan scan = new Scan(from, window, this::damaged, (done, total) -> progress.loaded(table, done, total));
        running.add(scan);
        return scan;
    }

    /** Who hears of the scans from now on. */
    void listen(LoadProgress listener) {
        progress = listener;
    }

    void cancel() {
        running.forEach(Scan::cancel);
    }

    /** Forgets the scans of a statement that has ended. */
    void ended() {
        running.clear();
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
