package io.tcpsnap.output;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An aligned table with a footer that counts the rows. Widths come from the first {@value #BATCH} rows and grow with each
 * further batch: nothing is ever cut off. Prose in the last column goes on in further lines; rows that would wrap before it
 * are printed vertically.
 */
final class TablePrinter implements ResultPrinter {
    private static final int BATCH = 1000;

    private final Appendable out;
    private final Style style;
    private final String bar;

    TablePrinter(Appendable out, Style style) {
        this.out = out;
        this.style = style;
        bar = style.unicode() ? " │ " : " | ";
    }

    @Override
    public long print(ResultSet rows) throws SQLException, IOException {
        Columns columns = new Columns(rows);
        if (PlanPrinter.isPlan(columns)) {
            return PlanPrinter.print(out, columns, rows);
        }
        String[] names = new String[columns.count()];
        boolean[] right = new boolean[names.length];
        for (int i = 0; i < names.length; i++) {
            names[i] = Visible.line(columns.name(i));
            right[i] = columns.isNumber(i);
        }
        int[] widths = new int[names.length];
        grow(widths, names);
        VerticalPrinter vertical = null;
        long count = 0;
        boolean more = true;
        while (more) {
            List<String[]> batch = new ArrayList<>();
            while (batch.size() < BATCH && (more = rows.next())) {
                batch.add(cells(columns));
            }
            batch.forEach(row -> grow(widths, row));
            if (count == 0 && !batch.isEmpty() && wraps(widths)) {
                vertical = new VerticalPrinter(out);
            } else if (count == 0) {
                row(names, widths, new boolean[names.length]);
                rule(widths);
            }
            for (String[] row : batch) {
                if (vertical != null) {
                    vertical.row(names, row);
                } else {
                    row(row, widths, right);
                }
            }
            count += batch.size();
        }
        out.append(footer(count));
        return count;
    }

    static String footer(long count) {
        return "(" + count + (count == 1 ? " row)\n" : " rows)\n");
    }

    /** Columns behind one that wraps cannot be read. */
    private boolean wraps(int[] widths) {
        return style.width() > 0 && widths.length > 1 && start(widths) + 10 > style.width();
    }

    /** Columns in front of the last one. */
    private static int start(int[] widths) {
        return 1
                + Arrays.stream(widths)
                        .limit(Math.max(0, widths.length - 1L))
                        .map(width -> width + 3)
                        .sum();
    }

    private static String[] cells(Columns columns) throws SQLException {
        String[] row = new String[columns.count()];
        for (int i = 0; i < row.length; i++) {
            String text = columns.text(i);
            row[i] = text == null ? "NULL" : Visible.line(text);
        }
        return row;
    }

    private static void grow(int[] widths, String[] row) {
        Arrays.setAll(widths, i -> Math.max(widths[i], Width.of(row[i])));
    }

    private void row(String[] row, int[] widths, boolean[] right) throws IOException {
        int last = row.length - 1;
        if (last < 0 || right[last] || style.width() == 0) {
            line(row, widths, right);
            return;
        }
        String[] cells = row.clone();
        for (String part : Prose.wrap(row[last], style.width() - start(widths))) {
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
        boolean cut = style.width() > 0 && rule.length() > style.width();
        out.append(cut ? rule.substring(0, style.width()) : rule).append('\n');
    }
}
