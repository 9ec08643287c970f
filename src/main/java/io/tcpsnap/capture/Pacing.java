package io.tcpsnap.capture;

import java.util.List;

/**
 * How often to take a tick.
 *
 * @param intervalNanos distance of ticks
 * @param cpu share of one CPU that the recorder may use, 0.02 for 2 %; {@link #NO_BUDGET}
 * @param triggers conditions under which the distance is shorter
 * @param triggerIntervalNanos the shorter distance
 * @param triggerNanos how long it stays after a condition held last
 */
public record Pacing(
        long intervalNanos, double cpu, List<Trigger> triggers, long triggerIntervalNanos, long triggerNanos) {
    /** No limit to the CPU time. */
    public static final double NO_BUDGET = Double.POSITIVE_INFINITY;

    /** Always the same distance, whatever it costs. */
    public static Pacing every(long nanos) {
        return new Pacing(nanos, NO_BUDGET, List.of(), nanos, 0);
    }
}
