package io.tcpsnap.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A segment in numbers, from reading all of it.
 *
 * @param segment what was read
 * @param ticks committed ticks
 * @param missed scheduled ticks that were not taken, as the ticks say
 * @param first CLOCK_REALTIME of the first tick in nanoseconds since the epoch; 0 without ticks
 * @param last CLOCK_REALTIME of the last tick
 * @param content bytes of all copies, uncompressed
 * @param namespaces network namespaces other than the recorder's, as {@link TickPath#netns} has them
 * @param damage what is not sound
 */
public record SegmentSummary(
        Segment segment,
        long ticks,
        long missed,
        long first,
        long last,
        long content,
        Set<String> namespaces,
        List<Damage> damage) {
    /** Reads all of a segment, its frames in parallel. {@code frameDone} hears of each frame read, from any thread. */
    public static SegmentSummary of(Segment segment, Consumer<Frame> frameDone) throws IOException {
        try {
            return segment.frames().parallelStream()
                    .map(frame -> {
                        SegmentSummary part = of(segment, frame);
                        frameDone.accept(frame);
                        return part;
                    })
                    .reduce(SegmentSummary::and)
                    .orElseThrow();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static SegmentSummary of(Segment segment, Frame frame) {
        long ticks = 0;
        long missed = 0;
        long first = 0;
        long last = 0;
        long content = 0;
        Set<String> namespaces = new TreeSet<>();
        List<Damage> damage = new ArrayList<>();
        try (TickReader reader = segment.read(frame, damage::add)) {
            for (Tick tick = reader.next(); tick != null; tick = reader.next()) {
                TickRecord record = tick.record();
                first = ticks++ == 0 ? record.realtimeNanos() : first;
                last = record.realtimeNanos();
                missed += Math.max(0, record.missed()); // -1: unknown
                for (Entry entry : tick.entries()) {
                    content += entry.length();
                    String netns = TickPath.of(entry.path()).netns();
                    if (netns != null) {
                        namespaces.add(netns);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SegmentSummary(segment, ticks, missed, first, last, content, namespaces, damage);
    }

    /** This part of a segment and the one behind it. */
    private SegmentSummary and(SegmentSummary next) {
        Set<String> names = new TreeSet<>(namespaces);
        names.addAll(next.namespaces);
        return new SegmentSummary(
                segment,
                ticks + next.ticks,
                missed + next.missed,
                ticks == 0 ? next.first : first,
                next.ticks == 0 ? last : next.last,
                content + next.content,
                names,
                Stream.concat(damage.stream(), next.damage.stream()).toList());
    }
}
