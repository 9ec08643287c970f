package io.tcpsnap.capture;

import com.sun.jna.LastErrorException;
import io.tcpsnap.archive.Manifest;
import io.tcpsnap.archive.SourceRecord;
import io.tcpsnap.archive.TickRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
     * @param sources what to copy
     * @param namespaces which network namespaces
     * @param acceptFds where programs may hand their sockets over; null for nowhere
     * @param pacing how often
     * @param durationNanos when to stop, counted from the first tick; Long.MAX_VALUE for never
     * @param count after how many ticks to stop, those that could not be written included; Long.MAX_VALUE for never
     * @param tool name and version of the program
     */
    public record Options(
            Path folder,
            SourcePlan sources,
            NamespaceChoice namespaces,
            Path acceptFds,
            Pacing pacing,
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
    private TriggerWatch watch;
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
        watch = new TriggerWatch(options.pacing().triggers());
        try (Sites sites = new Sites(options, listener::refused)) {
            Manifest manifest =
                    HostFacts.manifest(options.tool(), options.pacing().intervalNanos(), sites.paths());
            try (SegmentSeries segment = SegmentSeries.create(options.folder(), manifest, storage)) {
                series = segment;
                record(sites, segment);
            }
        }
    }

    private void record(Sites sites, SegmentSeries segment) {
        long start = Libc.clock(Libc.CLOCK_MONOTONIC);
        Pace pace = new Pace(options.pacing(), options.sources(), segment::event, start);
        long unreported = 0;
        for (long tried = 0;
                tried < options.count() && pace.due() - start < options.durationNanos() && await(pace.due());
                tried++) {
            unreported += pace.missed();
            missed += pace.missed();
            List<Source> sources = sites.now(pace.sources());
            if (take(sources, segment, unreported, pace.interval())) {
                unreported = 0;
            } else {
                unreported++;
                missed++;
            }
            long now = Libc.clock(Libc.CLOCK_MONOTONIC);
            String alarm = pace.ticked(now, Libc.clock(Libc.CLOCK_PROCESS_CPUTIME_ID), watch.holding(now));
            if (alarm != null && storage.dumpsOnTrigger()) {
                segment.dump(alarm);
            }
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
    private boolean take(List<Source> sources, SegmentSeries segment, long missedBefore, long interval) {
        try {
            write(sources, segment, missedBefore, interval);
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

    private void write(List<Source> sources, SegmentSeries segment, long missedBefore, long interval)
            throws IOException {
        long realtime = Libc.clock(Libc.CLOCK_REALTIME);
        long monotonic = Libc.clock(Libc.CLOCK_MONOTONIC);
        long boottime = Libc.clock(Libc.CLOCK_BOOTTIME);
        segment.begin(realtime);
        List<SourceRecord> records = new ArrayList<>(sources.size());
        long end = monotonic;
        copy.rewind();
        for (Source source : sources) {
            long begin = end;
            String error = copy(source);
            end = Libc.clock(Libc.CLOCK_MONOTONIC);
            boolean copied = error == null || copy.length() > 0;
            long crc = copied ? segment.entry(source.path(), copy.bytes(), copy.start(), copy.length()) : 0;
            records.add(new SourceRecord(source.path(), begin - monotonic, end - begin, copy.length(), crc, error));
            if (error == null) {
                watch.copied(source.path(), copy);
            }
            end = Libc.clock(Libc.CLOCK_MONOTONIC);
        }
        long cpu = Libc.clock(Libc.CLOCK_PROCESS_CPUTIME_ID);
        segment.commit(new TickRecord(
                ticks, realtime, monotonic, boottime, end - monotonic, cpu - lastCpu, missedBefore, interval, records));
        ticks++;
        lastCpu = cpu;
    }

    /** Fills the buffer; returns the error's name, or null. */
    private String copy(Source source) {
        copy.next();
        try {
            source.take(copy);
            return null;
        } catch (SourceException e) {
            return e.getMessage();
        } catch (LastErrorException e) { // no descriptor is left, say: the recording goes on
            return Errno.name(e.getErrorCode());
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
