package io.tcpsnap.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.LongFunction;

/**
 * The highest value of each row in each column of time, as shades. A blank is no value, the first shade a zero; the others
 * divide what lies between zero and the highest value evenly.
 */
public final class HeatMap {
    private static final String SHADES = "·░▒▓█";
    private static final String ASCII_SHADES = ".:-=+*#%@";

    private final boolean unicode;
    private final int width;
    private final LongFunction<String> timeLabel;
    private final DoubleFunction<String> number;
    private final long origin;

    /**
     * @param width characters of a line
     * @param timeLabel writes a moment, in microseconds, short
     * @param origin a moment with a round label, microseconds
     * @param number writes a value with its unit
     */
    public HeatMap(
            boolean unicode, int width, LongFunction<String> timeLabel, long origin, DoubleFunction<String> number) {
        this.unicode = unicode;
        this.width = width;
        this.timeLabel = timeLabel;
        this.origin = origin;
        this.number = number;
    }

    /** The picture as lines; no column is narrower than a tick, so that a blank is always one that has none. */
    public List<String> draw(List<Series> rows) {
        long first = rows.stream().mapToLong(row -> row.times()[0]).min().orElseThrow();
        long last = rows.stream()
                .mapToLong(row -> row.times()[row.size() - 1])
                .max()
                .orElseThrow();
        int margin = rows.stream().mapToInt(row -> row.name().length()).max().orElse(0);
        long step =
                rows.stream().mapToLong(row -> Series.gap(row.times())).min().orElse(1);
        long ticks = step == Long.MAX_VALUE ? 1 : (long) ((last - first) / (step / 2.5)) + 1;
        int columns = (int) Math.max(1, Math.min(width - margin - 2, ticks));
        TimeAxis axis = new TimeAxis(first, last, columns);
        double high = rows.stream()
                .mapToDouble(Series::max)
                .filter(v -> !Double.isNaN(v))
                .max()
                .orElse(0);
        List<String> lines = new ArrayList<>();
        boolean[] covered = new boolean[columns];
        for (Series row : rows) {
            lines.add((" ".repeat(margin - row.name().length()) + row.name() + " " + line(row, axis, high, covered))
                    .stripTrailing());
        }
        String[] under = axis.lines(covered, unicode ? Glyphs.BRAILLE : Glyphs.ASCII, timeLabel, origin);
        lines.add(" ".repeat(margin + 1) + under[0]);
        lines.add(" ".repeat(margin + 1) + under[1]);
        lines.add(legend(high));
        return lines;
    }

    private String line(Series row, TimeAxis axis, double high, boolean[] covered) {
        double[] highest = new double[axis.columns()];
        Arrays.fill(highest, Double.NaN);
        for (int i = 0; i < row.size(); i++) {
            int column = axis.column(row.times()[i], highest.length);
            covered[column] = true;
            double value = row.values()[i];
            if (!Double.isNaN(value) && !(highest[column] >= value)) {
                highest[column] = value;
            }
        }
        StringBuilder line = new StringBuilder();
        for (double value : highest) {
            line.append(Double.isNaN(value) ? ' ' : shade(value, high));
        }
        return line.toString();
    }

    private char shade(double value, double high) {
        String shades = unicode ? SHADES : ASCII_SHADES;
        int steps = shades.length() - 1;
        if (value <= 0 || high <= 0) {
            return shades.charAt(0);
        }
        return shades.charAt((int) Math.max(1, Math.min(steps, Math.ceil(value / high * steps))));
    }

    private String legend(double high) {
        String shades = unicode ? SHADES : ASCII_SHADES;
        int steps = shades.length() - 1;
        StringBuilder text =
                new StringBuilder("blank no value, ").append(shades.charAt(0)).append(" 0 or less");
        for (int i = 1; i <= steps; i++) {
            text.append(", ").append(shades.charAt(i)).append(" to ").append(number.apply(high * i / steps));
        }
        return text.toString();
    }
}
