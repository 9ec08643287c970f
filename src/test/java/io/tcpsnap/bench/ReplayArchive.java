package io.tcpsnap.bench;

import io.tcpsnap.archive.Recordings;
import io.tcpsnap.archive.SegmentWriter;
import io.tcpsnap.archive.SourceRecord;
import io.tcpsnap.archive.TickRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Archives of {@link Replay}, in frames of {@link #FRAME_TICKS} and segments of an hour as the recorder makes them. */
public final class ReplayArchive {
    public static final int FRAME_TICKS = 60;
    private static final int SEGMENT_TICKS = 3600;

    private ReplayArchive() {}

    /** Records ticks, 1 s apart, into segments; returns them in order. */
    public static List<String> write(Path folder, Replay replay, int ticks) throws IOException {
        return write(folder, replay, ticks, SEGMENT_TICKS);
    }

    /** The same, with so many ticks in each segment. */
    public static List<String> write(Path folder, Replay replay, int ticks, int segmentTicks) throws IOException {
        List<String> segments = new ArrayList<>();
        for (int first = 0; first < ticks; first += segmentTicks) {
            try (SegmentWriter writer = SegmentWriter.create(folder, Recordings.manifest("bench"), time(first))) {
                for (int tick = first; tick < Math.min(ticks, first + segmentTicks); tick++) {
                    write(writer, tick, replay.text(tick), replay.dump(tick));
                }
                segments.add(writer.path().toString());
            }
        }
        return segments;
    }

    /** Writes one tick of both sources. */
    public static void write(SegmentWriter writer, int tick, byte[] text, byte[] dump) throws IOException {
        writer.begin(time(tick));
        List<SourceRecord> sources = List.of(
                new SourceRecord(
                        "proc/net/tcp", 0, 1, text.length, writer.entry("proc/net/tcp", text, 0, text.length), null),
                new SourceRecord(
                        "sock_diag/tcp", 1, 1, dump.length, writer.entry("sock_diag/tcp", dump, 0, dump.length), null));
        writer.commit(new TickRecord(tick, time(tick), tick, tick, 10, 5, 0, 1_000_000_000L, sources));
    }

    /** Time of a tick, ns since the epoch. */
    static long time(int tick) {
        return Recordings.START + tick * 1_000_000_000L;
    }

    /** Deletes a folder with all that is in it. */
    public static void delete(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
