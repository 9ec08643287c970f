package io.tcpsnap.capture;

import io.tcpsnap.archive.Extent;
import io.tcpsnap.archive.FolderLock;
import io.tcpsnap.archive.Manifest;
import io.tcpsnap.archive.OwnSegments;
import io.tcpsnap.archive.SegmentDump;
import io.tcpsnap.archive.SegmentName;
import io.tcpsnap.archive.SegmentWriter;
import io.tcpsnap.archive.SourceRecord;
import io.tcpsnap.archive.TickRecord;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Writes the ticks of one recording to segments, one behind another, and looks after their folder. Sequence numbers go on
 * and the recording's id stays, so that the segments are one recording to a reader. Belongs to the recorder's thread, where
 * nothing else is said; all that may wait for a disk, but for the writing of ticks, happens on another.
 */
final class SegmentSeries implements Closeable {
    /** How often the folder is looked through. */
    private static final long KEEP_NANOS = 5_000_000_000L;

    private static final String DUMPS = "dumps";

    private final Path folder;
    private final Manifest manifest;
    private final Storage storage;
    private final FolderLock lock;
    private final DiskThread disk = new DiskThread();
    private final RecorderEvents events = new RecorderEvents();
    private final ClockWatch clocks = new ClockWatch(events::add);
    private final FreeSpace space;
    private final Keeping keeping;
    /** Null where nothing is packed. */
    private final BackgroundPacking packing;
    /** The one being written, and before it those that are to be closed. */
    private final List<SegmentWriter> open = new CopyOnWriteArrayList<>();

    private volatile SegmentWriter writer;
    /** A new segment is to begin with the next tick: somebody asked for it. */
    private volatile boolean reopen;
    /** There is no room, and no segment left to drop. */
    private volatile boolean exhausted;

    private long begun = System.nanoTime();
    private long ticks;
    private long lastSync = System.nanoTime();
    private long lastKeep = System.nanoTime() - KEEP_NANOS;
    /** Ticks that could not be written since the last one that could. */
    private long unwritten;

    private SegmentSeries(FolderLock lock, SegmentWriter writer, Path folder, Manifest manifest, Storage storage) {
        this.lock = lock;
        this.writer = writer;
        this.open.add(writer);
        this.folder = folder;
        this.manifest = manifest;
        this.storage = storage;
        this.space = new FreeSpace(folder, storage.floor());
        this.keeping = new Keeping(new OwnSegments(folder, manifest.host()), storage.keep(), events::add);
        this.packing = storage.packs() ? new BackgroundPacking(events::add) : null;
    }

    /** Takes the folder, and begins the first segment. */
    static SegmentSeries create(Path folder, Manifest manifest, Storage storage) throws IOException {
        FolderLock lock = FolderLock.take(folder);
        try {
            SegmentWriter writer = SegmentWriter.create(folder, manifest, Libc.clock(Libc.CLOCK_REALTIME));
            return new SegmentSeries(lock, writer, folder, manifest, storage);
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    /** The segment being written; from any thread. */
    Path path() {
        return writer.path();
    }

    /** Size of that segment. */
    long size() {
        return writer.size();
    }

    /** Has the next tick begin a new segment; from any thread. */
    void reopen() {
        reopen = true;
    }

    /** Something that readers are to know, for the next tick; from any thread. */
    void event(String kind, String detail) {
        events.add(kind, detail);
    }

    /**
     * Has the newest ticks copied into an archive of their own, in the folder {@code dumps}, where nothing is ever deleted;
     * from any thread.
     *
     * @param reason for people
     */
    void dump(String reason) {
        long now = Libc.clock(Libc.CLOCK_REALTIME);
        disk.submit(() -> {
            List<Extent> segments = new ArrayList<>();
            for (Path segment : keeping.ended()) {
                segments.add(new Extent(segment, -1, Files.size(segment)));
            }
            open.forEach(segment -> segments.add(segment.extent()));
            Path dump = new SegmentDump(manifest, now - storage.dumpNanos())
                    .write(folder.resolve(DUMPS), SegmentName.of(manifest.host(), now), segments);
            events.add("dump", DUMPS + "/" + dump.getFileName() + ": " + reason);
        });
    }

    void begin(long realtimeNanos) {
        if (ticks > 0 && (reopen || isFull())) {
            rotate(realtimeNanos);
        }
        writer.begin(realtimeNanos);
    }

    private boolean isFull() {
        return writer.size() >= storage.rotate().bytes()
                || System.nanoTime() - begun >= storage.rotate().nanos();
    }

    /** Where no file can be created, the old segment goes on. */
    private void rotate(long realtimeNanos) {
        SegmentWriter old = writer;
        try {
            writer = SegmentWriter.create(folder, manifest, realtimeNanos);
        } catch (IOException e) {
            disk.submit(() -> {
                throw e;
            });
            return;
        }
        open.add(writer);
        reopen = false;
        begun = System.nanoTime();
        ticks = 0;
        events.add("rotate", old.path().getFileName() + ", " + old.size() + " bytes");
        disk.submit(() -> {
            try {
                old.close();
            } finally {
                keeping.ended(old.path());
                open.remove(old);
            }
            if (packing != null) {
                packing.add(old.path());
            }
        });
        lastKeep = System.nanoTime() - KEEP_NANOS;
    }

    long entry(String path, byte[] bytes, int from, int length) {
        return writer.entry(path, bytes, from, length);
    }

    /** Writes the tick; throws IOException where that cannot be or is not to be done, and the tick is lost. */
    void commit(TickRecord record) throws IOException {
        clocks.look();
        int count = events.size();
        try {
            checkRoom();
            if (unwritten > 0) {
                writer.commit(withEvents(record, count, "resumed", unwritten + " ticks were not written"));
            } else {
                writer.commit(count == 0 ? record : withEvents(record, count, null, null));
            }
        } catch (IOException e) {
            failed(e);
            throw e;
        }
        events.written(count);
        unwritten = 0;
        ticks++;
    }

    private void checkRoom() throws IOException {
        long room = space.room();
        if (room < (unwritten > 0 ? space.enough() : 0)) {
            makeRoom(false);
            if (exhausted) {
                throw new FileSystemException(folder.toString(), null, space.describe());
            }
        } else {
            exhausted = false;
        }
    }

    private void failed(IOException e) {
        if (unwritten++ == 0) {
            events.add("paused", String.valueOf(e.getMessage()));
        }
        if (space.isCauseOf(e)) {
            makeRoom(true);
        }
    }

    /** @param atLeastOne whether a segment is to go even if there seems to be room */
    private void makeRoom(boolean atLeastOne) {
        if (!storage.drops()) {
            exhausted |= !atLeastOne;
            return;
        }
        disk.submitOnce("room", () -> {
            boolean first = atLeastOne;
            while (first || space.room() < space.enough()) {
                first = false;
                if (!keeping.dropOldest(writer.path())) {
                    exhausted = space.room() < 0;
                    return;
                }
            }
        });
    }

    private TickRecord withEvents(TickRecord record, int count, String kind, String detail) {
        byte[] text = events.text(count, kind, detail);
        long crc = writer.entry(RecorderEvents.PATH, text, 0, text.length);
        return record.with(new SourceRecord(RecorderEvents.PATH, record.durationNanos(), 0, text.length, crc, null));
    }

    /** Has the file brought to the disk and the folder looked through where it is time; throws what failed of that before. */
    void syncWhenDue() throws IOException {
        long now = System.nanoTime();
        SegmentWriter current = writer;
        if (now - lastSync >= storage.syncNanos()) {
            lastSync = now;
            disk.submitOnce("sync", current::sync);
        }
        if (now - lastKeep >= KEEP_NANOS) {
            lastKeep = now;
            disk.submitOnce("keep", () -> keeping.enforce(current.path()));
        }
        disk.check();
    }

    /** Ends the last segment, when the work on the disk is done. */
    @Override
    public void close() throws IOException {
        try (lock;
                SegmentWriter last = writer) {
            if (packing != null) {
                packing.stop();
            }
            disk.close();
        }
    }
}
