package io.tcpsnap.archive;

import java.util.List;

/**
 * {@code tick.json}: the commit mark of a tick, its last entry.
 *
 * @param seq number of the tick in its recording, from 0, over all segments
 * @param realtimeNanos CLOCK_REALTIME at the start of the tick
 * @param monotonicNanos CLOCK_MONOTONIC at the same moment
 * @param boottimeNanos CLOCK_BOOTTIME at the same moment
 * @param durationNanos from the start to the end of the last source
 * @param cpuNanos CPU time that the recorder used since the previous tick; -1 where unknown
 * @param missed scheduled ticks between the previous tick and this one that were not taken
 * @param sources one for each source, in the order of reading
 */
public record TickRecord(
        long seq,
        long realtimeNanos,
        long monotonicNanos,
        long boottimeNanos,
        long durationNanos,
        long cpuNanos,
        long missed,
        List<SourceRecord> sources) {
    public static final String ENTRY = "tick.json";
}
