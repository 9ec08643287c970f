package io.tcpsnap.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * One series, and maybe a second one dashed, as steps: a value holds until the next sample. Nothing is drawn across a gap or
 * a missing value. The axis begins at zero, unless all values are in the upper half.
 *
 * @param dashed null for none
 * @param height lines
 * @param number writes a value with its unit
 */
public record LineLane(String title, Series series, Series dashed, int height, DoubleFunction<String> number)
        implements Lane {
    @Override
    public long[] times() {
        return series.times();
    }

    @Override
    public List<Row> draw(TimeAxis axis, Glyphs glyphs) {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row(title, summary()));
        if (isStill()) {
            return rows;
        }
        double low = low();
        double high = high();
        Canvas canvas = new Canvas(glyphs, axis.columns(), height);
        if (dashed != null) {
            steps(canvas, axis, dashed, low, high, true);
        }
        steps(canvas, axis, series, low, high, false);
        for (int i = 0; i < height; i++) {
            String label = i == 0 ? number.apply(high) : i == height - 1 ? number.apply(low) : "";
            rows.add(new Row(label, canvas.line(i)));
        }
        return rows;
    }

    /** Whether there is nothing to see: the title says it all. */
    private boolean isStill() {
        return (series.isEmpty() || series.min() == series.max()) && (dashed == null || dashed.isEmpty());
    }

    private String summary() {
        if (series.isEmpty()) {
            return "no value";
        }
        if (isStill()) {
            return "always " + number.apply(series.max());
        }
        return "min " + number.apply(series.min()) + ", max " + number.apply(series.max()) + ", last "
                + number.apply(series.last())
                + (dashed == null || dashed.isEmpty()
                        ? ""
                        : "; dashed: " + dashed.name() + ", last " + number.apply(dashed.last()));
    }

    private double low() {
        double min = series.isEmpty() ? 0 : series.min();
        min = dashed == null || dashed.isEmpty() ? min : Math.min(min, dashed.min());
        return min >= 0 && min < high() / 2 || min >= 0 && min == high() ? 0 : min;
    }

    private double high() {
        double max = series.isEmpty() ? 0 : series.max();
        return dashed == null || dashed.isEmpty() ? max : Math.max(max, dashed.max());
    }

    private static void steps(Canvas canvas, TimeAxis axis, Series series, double low, double high, boolean dashed) {
        long gap = Series.gap(series.times());
        int before = -1;
        for (int i = 0; i < series.size(); i++) {
            if (Double.isNaN(series.values()[i]) || !axis.has(series.times()[i])) {
                before = -1;
                continue;
            }
            int x = axis.column(series.times()[i], canvas.width());
            int y = place(series.values()[i], low, high, canvas.height());
            if (before >= 0 && !dashed) {
                canvas.vertical(x, before, y);
            }
            boolean held = i + 1 < series.size()
                    && axis.has(series.times()[i + 1])
                    && series.times()[i + 1] - series.times()[i] <= gap;
            int end = held ? axis.column(series.times()[i + 1], canvas.width()) : x;
            if (dashed) {
                canvas.dashed(x, end, y);
            } else {
                canvas.horizontal(x, end, y);
            }
            before = held ? y : -1;
        }
    }

    private static int place(double value, double low, double high, int height) {
        double share = high > low ? (value - low) / (high - low) : 0;
        return height - 1 - (int) Math.round(share * (height - 1));
    }
}
