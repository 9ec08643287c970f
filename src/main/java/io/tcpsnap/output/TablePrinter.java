package io.tcpsnap.output;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An aligned table with a footer that counts the rows. Widths come from the first {@value #BATCH} rows and grow with each
 * further batch: nothing is ever cut off.
 */
final class TablePrinter implements ResultPrinter {
    private static final int BATCH = 1000;

    private final Appendable out;
    private final String bar;
    private final String line;
    private final String cross;

    TablePrinter(Appendable out, Style style) {
        this.out = out;
        bar = style.unicode() ? " │ " : " | ";
        line = style.unicode() ? "─" : "-";
        cross = style.unicode() ? "┼" : "+";
    }

    @Override
    public long print(ResultSet rows) throws SQLException, IOException {
        int columns = rows.getMetaData().getColumnCount();
        String[] names = new String[columns];
        boolean[] right = new boolean[columns];
        for (int i = 0; i < columns; i++) {
            names[i] = Cell.visible(rows.getMetaData().getColumnLabel(i + 1));
            right[i] = Cell.isNumber(rows, i + 1);
        }
        int[] widths = new int[columns];
        grow(widths, names);
        long count = 0;
        boolean more = true;
        while (more) {
            List<String[]> batch = new ArrayList<>();
            while (batch.size() < BATCH && (more = rows.next())) {
                batch.add(row(rows, columns));
            }
            batch.forEach(row -> grow(widths, row));
            if (count == 0) {
                row(names, widths, new boolean[columns]);
                rule(widths);
            }
            for (String[] row : batch) {
                row(row, widths, right);
            }
            count += batch.size();
        }
        out.append("(%d %s)%n".formatted(count, count == 1 ? "row" : "rows"));
        return count;
    }

    private static String[] row(ResultSet rows, int columns) throws SQLException {
        String[] row = new String[columns];
        for (int i = 0; i < columns; i++) {
            String text = Cell.text(rows, i + 1);
            row[i] = text == null ? "NULL" : Cell.visible(text);
        }
        return row;
    }

    private static void grow(int[] widths, String[] row) {
        Arrays.setAll(widths, i -> Math.max(widths[i], Width.of(row[i])));
    }

    private void row(String[] row, int[] widths, boolean[] right) throws IOException {
        StringBuilder text = new StringBuilder(" ");
        for (int i = 0; i < row.length; i++) {
            String blanks = " ".repeat(widths[i] - Width.of(row[i]));
            text.append(i == 0 ? "" : bar);
            text.append(right[i] ? blanks + row[i] : row[i] + blanks);
        }
        out.append(text.toString().stripTrailing()).append('\n');
    }

    private void rule(int[] widths) throws IOException {
        for (int i = 0; i < widths.length; i++) {
            out.append(i == 0 ? "" : cross).append(line.repeat(widths[i] + 2));
        }
        out.append('\n');
    }
}
