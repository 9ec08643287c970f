package io.tcpsnap.capture;

import io.tcpsnap.archive.Manifest;
import io.tcpsnap.archive.SourceRecord;
import io.tcpsnap.archive.TickRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Takes ticks on schedule and writes them to segments until told to stop. {@link #run} belongs to one thread; {@link
 * #stop} may come from any.
 */
public final class Recorder {
    /**
     * What to record.
     *
     * @param folder where the segments go
     * @param sources names as in {@link Sources#names}
     * @param namespaces which network namespaces
     * @param acceptFds where programs may hand their sockets over; null for nowhere
     * @param intervalNanos distance of ticks
     * @param durationNanos when to stop, counted from the first tick; Long.MAX_VALUE for never
     * @param count after how many ticks to stop, those that could not be written included; Long.MAX_VALUE for never
     * @param tool name and version of the program
     */
    public record Options(
            Path folder,
            Set<String> sources,
            NamespaceChoice namespaces,
            Path acceptFds,
            long intervalNanos,
            long durationNanos,
            long count,
            String tool) {}

    /**
     * How far the recording is.
     *
     * @param sockets in the last sock_diag dump; -1 where it is not recorded
     * @param bytes size of the segment being written
     * @param cpuNanos CPU time of the process so far
     * @param elapsedNanos since the first tick
     */
    public record Progress(long ticks, long missed, int sockets, long bytes, long cpuNanos, long elapsedNanos) {}

    /** Hears of the recording, on its thread. */
    public interface Listener {
        void ticked(Progress progress);

        /** A tick could not be written, or not be brought to the disk; the recording goes on. */
        void failed(IOException reason);

        /** A source is left out of the recording, since the kernel does not give it to this user at all. */
        void refused(String source, String reason);
    }

    private final Options options;
    private final Storage storage;
    private final Listener listener;
    private final CopyBuffer copy = new CopyBuffer();
    private volatile Thread thread;
    private volatile boolean stopped;
    private volatile SegmentSeries series;
    private long ticks;
    private long missed;
    private long lastCpu;

    public Recorder(Options options, Listener listener) {
        this(options, Storage.DEFAULTS, listener);
    }

    public Recorder(Options options, Storage storage, Listener listener) {
        this.options = options;
        this.storage = storage;
        this.listener = listener;
    }

    /** Ends the recording after the tick that is being taken; the archive is closed when {@link #run} returns. */
    public void stop() {
        stopped = true;
        LockSupport.unpark(thread);
    }

    /** The segment being written, then the last one; null before {@link #run} created one. */
    public Path path() {
        return series == null ? null : series.path();
    }

    /** Has the newest ticks copied into an archive of their own; the recording goes on. */
    public void dump(String reason) {
        if (series != null) {
            series.dump(reason);
        }
    }

    /** Has the next tick begin a new segment. */
    public void reopen() {
        if (series != null) {
            series.reopen();
        }
    }

    /**
     * Records.
     *
     * @throws IOException where the segment cannot be created or ended, or what was asked for cannot be had at all
     */
    public void run() throws IOException {
        thread = Thread.currentThread();
        try (Sites sites = new Sites(options, listener::refused)) {
            Manifest manifest = HostFacts.manifest(options.tool(), options.intervalNanos(), sites.paths());
            try (SegmentSeries segment = SegmentSeries.create(options.folder(), manifest, storage)) {
                series = segment;
                record(sites, segment);
            }
        }
    }

    private void record(Sites sites, SegmentSeries segment) {
        long start = Libc.clock(Libc.CLOCK_MONOTONIC);
        CaptureSchedule schedule = new CaptureSchedule(start, options.intervalNanos());
        long unreported = 0;
        for (long tried = 0;
                tried < options.count() && schedule.due() - start < options.durationNanos() && await(schedule.due());
                tried++) {
            unreported += schedule.missed();
            missed += schedule.missed();
            List<Source> sources = sites.now();
            if (take(sources, segment, unreported)) {
                unreported = 0;
            } else {
                unreported++;
                missed++;
            }
            long now = Libc.clock(Libc.CLOCK_MONOTONIC);
            schedule.advance(now);
            listener.ticked(new Progress(ticks, missed, sockets(sources), segment.size(), lastCpu, now - start));
        }
    }

    /** Waits until a time of CLOCK_MONOTONIC; false when the recording is to stop. */
    private boolean await(long due) {
        for (long wait = due - Libc.clock(Libc.CLOCK_MONOTONIC);
                wait > 0 && !stopped;
                wait = due - Libc.clock(Libc.CLOCK_MONOTONIC)) {
            LockSupport.parkNanos(wait);
        }
        return !stopped;
    }

    /** Takes a tick; false where it could not be written. */
    private boolean take(List<Source> sources, SegmentSeries segment, long missedBefore) {
        try {
            write(sources, segment, missedBefore);
        } catch (IOException e) {
            listener.failed(e);
            return false;
        }
        try {
            segment.syncWhenDue();
        } catch (IOException e) {
            listener.failed(e);
        }
        return true;
    }

    private void write(List<Source> sources, SegmentSeries segment, long missedBefore) throws IOException {
        long realtime = Libc.clock(Libc.CLOCK_REALTIME);
        long monotonic = Libc.clock(Libc.CLOCK_MONOTONIC);
        long boottime = Libc.clock(Libc.CLOCK_BOOTTIME);
        segment.begin(realtime);
        List<SourceRecord> records = new ArrayList<>(sources.size());
        long end = monotonic;
        for (Source source : sources) {
            long begin = end;
            String error = copy(source);
            end = Libc.clock(Libc.CLOCK_MONOTONIC);
            boolean copied = error == null || copy.length() > 0;
            long crc = copied ? segment.entry(source.path(), copy.bytes(), copy.length()) : 0;
            records.add(new SourceRecord(source.path(), begin - monotonic, end - begin, copy.length(), crc, error));
            end = Libc.clock(Libc.CLOCK_MONOTONIC);
        }
        long cpu = Libc.clock(Libc.CLOCK_PROCESS_CPUTIME_ID);
        segment.commit(new TickRecord(
                ticks, realtime, monotonic, boottime, end - monotonic, cpu - lastCpu, missedBefore, records));
        ticks++;
        lastCpu = cpu;
    }

    /** Fills the buffer; returns the error's name, or null. */
    private String copy(Source source) {
        copy.clear();
        try {
            source.take(copy);
            return null;
        } catch (SourceException e) {
            return e.getMessage();
        }
    }

    private static int sockets(List<Source> sources) {
        return sources.stream()
                .mapToInt(Source::sockets)
                .filter(n -> n >= 0)
                .reduce(Integer::sum)
                .orElse(-1);
    }
}
