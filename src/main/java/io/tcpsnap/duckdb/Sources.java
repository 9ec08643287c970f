package io.tcpsnap.duckdb;

import io.tcpsnap.archive.ArchiveSet;
import io.tcpsnap.archive.Damage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The opened archives, the scans that read them or others now, and the damage that they met. Thread-safe. */
final class Sources {
    private final Set<Scan> running = ConcurrentHashMap.newKeySet();
    private final List<Damage> damage = new ArrayList<>();
    private volatile ArchiveSet archives = new ArchiveSet(List.of());
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
        ArchiveSet part = loaded;
        return !path.isEmpty() ? ArchiveSet.open(List.of(path)) : part != null ? part : archives;
    }

    Scan start(String table, ArchiveSet from) {
        Scan scan = new Scan(from, this::damaged, (done, total) -> progress.loaded(table, done, total));
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
