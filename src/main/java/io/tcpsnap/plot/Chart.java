package io.tcpsnap.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;

/** Lanes above each other with one time axis. */
public final class Chart {
    private final Glyphs glyphs;
    private final int width;
    private final LongFunction<String> timeLabel;
    private final long origin;

    /**
     * @param width characters of a line
     * @param timeLabel writes a moment, in microseconds, short
     * @param origin a moment with a round label, microseconds
     */
    public Chart(Glyphs glyphs, int width, LongFunction<String> timeLabel, long origin) {
        this.glyphs = glyphs;
        this.width = width;
        this.timeLabel = timeLabel;
        this.origin = origin;
    }

    /**
     * The picture as lines.
     *
     * @param first begin of the axis, microseconds
     * @param last its end
     */
    public List<String> draw(List<Lane> lanes, long first, long last) {
        int margin = margin(lanes, first, last);
        TimeAxis axis = new TimeAxis(first, last, Math.max(10, width - margin - 2));
        List<String> lines = new ArrayList<>();
        for (Lane lane : lanes) {
            for (Lane.Row row : lane.draw(axis, glyphs)) {
                lines.add(line(row.label(), row.text(), margin));
            }
        }
        boolean[] covered = covered(lanes, axis);
        String[] under = axis.lines(covered, glyphs, timeLabel, origin);
        lines.add(line("", under[0], margin));
        lines.add(" ".repeat(margin + 1) + under[1]);
        for (boolean has : covered) {
            if (!has) {
                lines.add(" ".repeat(margin + 1) + (glyphs.isUnicode() ? "░" : "~") + " nothing recorded");
                break;
            }
        }
        return lines;
    }

    private int margin(List<Lane> lanes, long first, long last) {
        TimeAxis narrow = new TimeAxis(first, last, 10);
        return lanes.stream()
                .flatMap(lane -> lane.draw(narrow, glyphs).stream())
                .mapToInt(row -> row.label().length())
                .max()
                .orElse(0);
    }

    private static String line(String label, String text, int margin) {
        return (" ".repeat(margin - label.length()) + label + " " + text).stripTrailing();
    }

    /** The last column that the tick {@code i} stands for. */
    private static int end(long[] times, int i, TimeAxis axis, long gap) {
        boolean last = i + 1 == times.length || !axis.has(times[i + 1]);
        if (last) {
            return axis.endsWith(times[i], gap) ? axis.columns() - 1 : axis.column(times[i], axis.columns());
        }
        boolean held = times[i + 1] - times[i] <= gap;
        return axis.column(held ? times[i + 1] : times[i], axis.columns());
    }

    /** Which columns have ticks, or lie between two without a gap. */
    private static boolean[] covered(List<Lane> lanes, TimeAxis axis) {
        boolean[] covered = new boolean[axis.columns()];
        for (Lane lane : lanes) {
            long[] times = lane.times();
            long gap = Series.gap(times);
            for (int i = 0; i < times.length; i++) {
                if (axis.has(times[i])) {
                    boolean first = (i == 0 || !axis.has(times[i - 1])) && axis.beginsWith(times[i], gap);
                    int from = first ? 0 : axis.column(times[i], covered.length);
                    Arrays.fill(covered, from, end(times, i, axis, gap) + 1, true);
                }
            }
        }
        return covered;
    }
}
