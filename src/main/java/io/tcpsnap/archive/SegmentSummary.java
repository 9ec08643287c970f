package io.tcpsnap.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

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
    /** Reads all of a segment. {@code frameDone} hears of each frame read. */
    public static SegmentSummary of(Segment segment, Consumer<Frame> frameDone) throws IOException {
        long ticks = 0;
        long missed = 0;
        long first = 0;
        long last = 0;
        long content = 0;
        Set<String> namespaces = new TreeSet<>();
        List<Damage> damage = new ArrayList<>();
        for (Frame frame : segment.frames()) {
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
            }
            frameDone.accept(frame);
        }
        return new SegmentSummary(segment, ticks, missed, first, last, content, namespaces, List.copyOf(damage));
    }
}
