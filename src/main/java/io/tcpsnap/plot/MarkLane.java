package io.tcpsnap.plot;

import java.util.Arrays;
import java.util.List;

/**
 * Events over time: how many fell into each column, as a digit, or {@code +} for ten and more.
 *
 * @param times of the ticks, microseconds
 * @param counts of events since the tick before
 */
public record MarkLane(String title, long[] times, long[] counts) implements Lane {
    @Override
    public List<Row> draw(TimeAxis axis, Glyphs glyphs) {
        long[] sums = new long[axis.columns()];
        for (int i = 0; i < times.length; i++) {
            if (axis.has(times[i])) {
                sums[axis.column(times[i], sums.length)] += counts[i];
            }
        }
        StringBuilder line = new StringBuilder();
        for (long sum : sums) {
            line.append(sum <= 0 ? ' ' : sum > 9 ? '+' : (char) ('0' + sum));
        }
        return List.of(new Row(title, line.toString()));
    }

    public long total() {
        return Arrays.stream(counts).filter(count -> count > 0).sum();
    }
}
