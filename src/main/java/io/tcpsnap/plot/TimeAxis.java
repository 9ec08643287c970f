package io.tcpsnap.plot;

import java.util.function.LongFunction;

/** The horizontal axis: from the first to the last moment, over a number of columns. */
public final class TimeAxis {
    private static final long[] STEPS_S = {
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400
    };

    private final long first;
    private final long last;
    private final int columns;

    /**
     * @param first microseconds
     * @param last microseconds, not before the first
     */
    public TimeAxis(long first, long last, int columns) {
        this.first = first;
        this.last = Math.max(last, first + 1);
        this.columns = columns;
    }

    public int columns() {
        return columns;
    }

    /** The column of a moment among {@code width} that the axis is divided into, moved to the edge where it is outside. */
    int column(long time, int width) {
        long place = (long) ((double) (time - first) / (last - first) * (width - 1) + 0.5);
        return (int) Math.max(0, Math.min(width - 1, place));
    }

    /** Whether the axis begins before a moment by no more than a gap. */
    boolean beginsWith(long time, long gap) {
        return time - first <= gap;
    }

    /** Whether the axis ends behind a moment by no more than a gap. */
    boolean endsWith(long time, long gap) {
        return last - time <= gap;
    }

    /** Whether a moment lies on the axis. */
    boolean has(long time) {
        return time >= first && time <= last;
    }

    /**
     * The line under the lanes, and the line of times under that.
     *
     * @param covered by column, whether there are ticks
     * @param label makes a time short
     * @param origin where steps are counted from, so that labels are round
     */
    String[] lines(boolean[] covered, Glyphs glyphs, LongFunction<String> label, long origin) {
        StringBuilder rule = new StringBuilder();
        for (int i = 0; i < columns; i++) {
            rule.append(covered[i] ? glyphs.isUnicode() ? '─' : '-' : glyphs.isUnicode() ? '░' : '~');
        }
        StringBuilder times = new StringBuilder(" ".repeat(columns));
        int free = 0;
        long step = step(label.apply(first).length() + 2);
        for (long time = origin + Math.floorDiv(first - origin + step - 1, step) * step; time <= last; time += step) {
            int column = column(time, columns);
            String text = label.apply(time);
            if (column >= free && column + text.length() <= columns) {
                rule.setCharAt(column, glyphs.isUnicode() ? '┬' : '+');
                times.replace(column, column + text.length(), text);
                free = column + text.length() + 2;
            }
        }
        return new String[] {rule.toString(), times.toString().stripTrailing()};
    }

    /** The least round step at which labels of this width do not touch. */
    private long step(int width) {
        double least = (double) (last - first) / columns * width;
        for (long micros = 1; micros < 1_000_000; micros *= 10) {
            for (int times : new int[] {1, 2, 5}) {
                if (micros * times >= least) {
                    return micros * times;
                }
            }
        }
        for (long seconds : STEPS_S) {
            if (seconds * 1e6 >= least) {
                return seconds * 1_000_000;
            }
        }
        return (long) Math.ceil(least / 86400e6) * 86_400_000_000L;
    }
}
