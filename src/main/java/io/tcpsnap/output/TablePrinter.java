package io.tcpsnap.output;

import java.io.Flushable;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An aligned table with a footer that counts the rows. Widths come from the first {@value #BATCH} rows, or those of half a
 * second, and grow with each further batch: no value is ever cut. Prose in the last column goes on in further lines. What is
 * still too wide for the terminal is printed vertically where that fits on it, else without its last columns, and the
 * footer names those.
 */
final class TablePrinter implements ResultPrinter {
    private static final int BATCH = 1000;
    private static final long PATIENCE_NS = 500_000_000L;

    private final Appendable out;
    private final Style style;
    private final String bar;
    /** Whether rows are wider than the terminal, and the reader scrolls. */
    private boolean wide;

    TablePrinter(Appendable out, Style style) {
        this.out = out;
        this.style = style;
        bar = style.unicode() ? " │ " : " | ";
    }

    @Override
    public long print(Result rows) throws SQLException, IOException {
        if (PlanPrinter.isPlan(rows)) {
            return PlanPrinter.print(out, rows);
        }
        String[] names = Lines.names(rows);
        boolean[] right = new boolean[names.length];
        for (int i = 0; i < names.length; i++) {
            right[i] = rows.isNumber(i);
        }
        int[] widths = new int[names.length];
        grow(widths, names);
        List<String[]> batch = batch(rows, widths);
        if (!batch.isEmpty() && wraps(widths) && fitsVertically(batch.size(), names.length)) {
            return vertical(rows, names, batch);
        }
        wide = wraps(widths) && style.scrolls();
        int shown = wraps(widths) && !wide ? fitting(widths) : names.length;
        row(Arrays.copyOf(names, shown), widths, new boolean[shown]);
        rule(Arrays.copyOf(widths, shown));
        long count = 0;
        while (!batch.isEmpty()) {
            for (String[] row : batch) {
                row(shown == names.length ? row : Arrays.copyOf(row, shown), widths, right);
            }
            count += batch.size();
            if (batch.size() < BATCH && out instanceof Flushable slow) {
                slow.flush();
            }
            batch = batch(rows, widths);
        }
        out.append(footer(count));
        if (shown < names.length) {
            out.append(hidden(names, shown));
        }
        return count;
    }

    private List<String[]> batch(Result rows, int[] widths) throws SQLException {
        List<String[]> batch = new ArrayList<>();
        long end = System.nanoTime() + PATIENCE_NS;
        while (batch.size() < BATCH && (batch.isEmpty() || System.nanoTime() < end) && rows.next()) {
            String[] row = Lines.cells(rows, style);
            grow(widths, row);
            batch.add(row);
        }
        return batch;
    }

    private long vertical(Result rows, String[] names, List<String[]> batch) throws SQLException, IOException {
        VerticalPrinter vertical = new VerticalPrinter(out, style);
        for (String[] row : batch) {
            vertical.row(names, row);
        }
        return vertical.print(rows);
    }

    static String footer(long count) {
        return "(" + count + (count == 1 ? " row)\n" : " rows)\n");
    }

    private String hidden(String[] names, int shown) {
        StringBuilder text = new StringBuilder("(" + (names.length - shown) + " of " + names.length
                + " columns do not fit, '.last vertical' shows them:");
        int used = 0;
        for (int i = shown; i < names.length; i++) {
            used += names[i].length() + 1;
            if (used > 2 * style.width() && i < names.length - 1) {
                text.append(style.unicode() ? " …" : " ...");
                break;
            }
            text.append(' ').append(names[i]);
        }
        return text.append(")\n").toString();
    }

    /** Columns behind one that wraps cannot be read. */
    private boolean wraps(int[] widths) {
        return style.width() > 0
                && start(widths, widths.length) - 2 > style.width()
                && widths.length > 1
                && start(widths, widths.length - 1) + 10 > style.width();
    }

    private boolean fitsVertically(int rows, int columns) {
        return rows == 1 || style.height() > 0 && rows * (columns + 1L) + 2 <= style.height();
    }

    /** How many columns fit, at least one. */
    private int fitting(int[] widths) {
        int shown = 1;
        while (shown < widths.length && start(widths, shown + 1) - 2 <= style.width()) {
            shown++;
        }
        return shown;
    }

    /** Columns of the terminal in front of column {@code count}. */
    private static int start(int[] widths, int count) {
        return 1 + Arrays.stream(widths).limit(count).map(width -> width + 3).sum();
    }

    private static void grow(int[] widths, String[] row) {
        Arrays.setAll(widths, i -> Math.max(widths[i], Width.of(row[i])));
    }

    private void row(String[] row, int[] widths, boolean[] right) throws IOException {
        int last = row.length - 1;
        if (last < 0 || right[last] || style.width() == 0 || wide) {
            line(row, widths, right);
            return;
        }
        String[] cells = row.clone();
        for (String part : Prose.wrap(row[last], style.width() - start(widths, last))) {
            cells[last] = part;
            line(cells, widths, right);
            Arrays.fill(cells, "");
        }
    }

    private void line(String[] row, int[] widths, boolean[] right) throws IOException {
        StringBuilder text = new StringBuilder(" ");
        for (int i = 0; i < row.length; i++) {
            String blanks = " ".repeat(widths[i] - Width.of(row[i]));
            text.append(i == 0 ? "" : bar);
            text.append(right[i] ? blanks + row[i] : row[i] + blanks);
        }
        out.append(text.toString().stripTrailing()).append('\n');
    }

    private void rule(int[] widths) throws IOException {
        String line = style.unicode() ? "─" : "-";
        StringBuilder rule = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            rule.append(i == 0 ? "" : style.unicode() ? "┼" : "+").append(line.repeat(widths[i] + 2));
        }
        boolean cut = style.width() > 0 && !wide && rule.length() > style.width();
        out.append(cut ? rule.substring(0, style.width()) : rule).append('\n');
    }
}
