package io.tcpsnap.shell;

import io.tcpsnap.output.Quantity;
import io.tcpsnap.output.Style;
import io.tcpsnap.plot.Chart;
import io.tcpsnap.plot.Glyphs;
import io.tcpsnap.plot.HeatMap;
import io.tcpsnap.plot.Lane;
import io.tcpsnap.plot.Series;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.function.DoubleFunction;

/** Draws pictures as large as the terminal, with what it can show. */
final class Pictures {
    private static final int WIDTH = 100;
    private static final int HEIGHT = 40;

    private final Display display;
    /** Null: what the terminal can show. */
    private Glyphs chosen;

    Pictures(Display display) {
        this.display = display;
    }

    void choose(Glyphs glyphs) {
        chosen = glyphs;
    }

    Glyphs glyphs() {
        if (chosen != null) {
            return chosen;
        }
        if (!display.style().unicode()) {
            return Glyphs.ASCII;
        }
        // the kernel's console has no braille in its font
        return "linux".equals(System.getenv("TERM")) ? Glyphs.BLOCK : Glyphs.BRAILLE;
    }

    int width() {
        Style style = display.style();
        return style.width() > 0 ? style.width() : WIDTH;
    }

    int height() {
        Style style = display.style();
        return style.height() > 0 ? style.height() : HEIGHT;
    }

    String chart(List<Lane> lanes, long first, long last) {
        Moments moments = new Moments(display.clock(), last - first);
        return text(new Chart(glyphs(), width(), moments::label, moments.origin(first)).draw(lanes, first, last));
    }

    String heat(List<Series> rows, String unit) {
        long first = rows.stream().mapToLong(row -> row.times()[0]).min().orElseThrow();
        long last = rows.stream()
                .mapToLong(row -> row.times()[row.size() - 1])
                .max()
                .orElseThrow();
        Moments moments = new Moments(display.clock(), last - first);
        return text(new HeatMap(glyphs().isUnicode(), width(), moments::label, moments.origin(first), number(unit))
                .draw(rows));
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }

    /** How values of a unit are written; a unit that does not scale stands behind them. */
    static DoubleFunction<String> number(String unit) {
        return value -> {
            String scaled = unit == null ? null : Quantity.of(value, unit);
            if (scaled != null) {
                return scaled;
            }
            BigDecimal exact = new BigDecimal(value);
            boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
            String plain = whole
                    ? Long.toString((long) value)
                    : exact.round(new MathContext(4)).stripTrailingZeros().toPlainString();
            return unit == null ? plain : plain + " " + unit;
        };
    }
}
