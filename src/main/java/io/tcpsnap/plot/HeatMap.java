package io.tcpsnap.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.LongFunction;

/**
 * The highest value of each row in each column of time, as shades. A blank is no value, the first shade a zero; the others
 * divide what lies between zero and the highest value evenly, or, where it is more than {@value #WIDE} times the lowest above
 * zero, what lies between those two by equal ratios. The legend says which shade reaches how far.
 */
public final class HeatMap {
    private static final double WIDE = 20;
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
        double[] limits = limits(rows);
        List<String> lines = new ArrayList<>();
        boolean[] covered = new boolean[columns];
        for (Series row : rows) {
            lines.add((" ".repeat(margin - row.name().length()) + row.name() + " " + line(row, axis, limits, covered))
                    .stripTrailing());
        }
        String[] under = axis.lines(covered, unicode ? Glyphs.BRAILLE : Glyphs.ASCII, timeLabel, origin);
        lines.add(" ".repeat(margin + 1) + under[0]);
        lines.add(" ".repeat(margin + 1) + under[1]);
        lines.add(legend(limits));
        return lines;
    }

    private String line(Series row, TimeAxis axis, double[] limits, boolean[] covered) {
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
            line.append(Double.isNaN(value) ? ' ' : shade(value, limits));
        }
        return line.toString();
    }

    /** Up to where each shade but the first goes; none where no value is above zero. */
    private double[] limits(List<Series> rows) {
        double[] positive = rows.stream()
                .flatMapToDouble(row -> Arrays.stream(row.values()))
                .filter(value -> value > 0)
                .toArray();
        if (positive.length == 0) {
            return new double[0];
        }
        double low = Arrays.stream(positive).min().orElseThrow();
        double high = Arrays.stream(positive).max().orElseThrow();
        double[] limits = new double[shades().length() - 1];
        for (int i = 0; i < limits.length; i++) {
            double share = (i + 1.0) / limits.length;
            limits[i] = high > WIDE * low ? low * Math.pow(high / low, share) : high * share;
        }
        limits[limits.length - 1] = high;
        return limits;
    }

    private String shades() {
        return unicode ? SHADES : ASCII_SHADES;
    }

    private char shade(double value, double[] limits) {
        int shade = 0;
        if (value > 0) {
            shade = 1;
            while (shade < limits.length && value > limits[shade - 1]) {
                shade++;
            }
        }
        return shades().charAt(shade);
    }

    private String legend(double[] limits) {
        StringBuilder text =
                new StringBuilder("blank no value, ").append(shades().charAt(0)).append(" 0 or less");
        for (int i = 0; i < limits.length; i++) {
            text.append(", ").append(shades().charAt(i + 1)).append(" to ").append(number.apply(limits[i]));
        }
        return text.toString();
    }
}
