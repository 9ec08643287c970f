package io.tcpsnap.duckdb;

import io.tcpsnap.archive.ArchiveSet;
import io.tcpsnap.archive.Damage;
import io.tcpsnap.archive.Frame;
import io.tcpsnap.archive.Segment;
import io.tcpsnap.archive.TimeWindow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** One reading of archives by several threads: hands out segments or frames and counts what is done. */
final class Scan {
    /** A frame and the segment that it is part of. */
    record Part(Segment segment, Frame frame) {}

    private final ArchiveSet archives;
    private final TimeWindow window;
    private final Snapshots snapshots;
    private final List<Part> parts = new ArrayList<>();
    private final AtomicInteger nextSegment = new AtomicInteger();
    private final AtomicInteger nextPart = new AtomicInteger();
    private final Consumer<Damage> damage;
    private final LongConsumer progress;
    private volatile boolean cancelled;

    /**
     * @param window which ticks are read
     * @param damage hears of each damage, from any thread
     * @param progress hears the length of each frame that is done, from any thread
     */
    Scan(ArchiveSet archives, TimeWindow window, Consumer<Damage> damage, LongConsumer progress) throws IOException {
        this.archives = archives;
        this.window = window;
        this.damage = damage;
        this.progress = progress;
        snapshots = new Snapshots(archives);
        List<List<Frame>> frames = window.frames(archives.segments());
        for (Segment segment : archives.segments()) {
            for (Frame frame : frames.get(segment.index())) {
                parts.add(new Part(segment, frame));
            }
        }
    }

    TimeWindow window() {
        return window;
    }

    Snapshots snapshots() {
        return snapshots;
    }

    /** How many threads find something to do. */
    int width() {
        return Math.max(1, parts.size());
    }

    /** The next frame to read, or null at the end. */
    Part takePart() {
        int i = nextPart.getAndIncrement();
        return cancelled || i >= parts.size() ? null : parts.get(i);
    }

    /** The next segment to read, or null at the end; for scans that go by segments. */
    Segment takeSegment() {
        int i = nextSegment.getAndIncrement();
        return cancelled || i >= archives.segments().size()
                ? null
                : archives.segments().get(i);
    }

    void finished(Frame frame) {
        progress.accept(frame.length());
    }

    void damaged(Damage found) {
        damage.accept(found);
    }

    void cancel() {
        cancelled = true;
    }

    boolean cancelled() {
        return cancelled;
    }
}
