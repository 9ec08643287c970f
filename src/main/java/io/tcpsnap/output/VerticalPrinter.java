package io.tcpsnap.output;

import java.io.IOException;
import java.sql.SQLException;

/** A line for each value, for rows too wide to read across. */
final class VerticalPrinter implements ResultPrinter {
    private final Appendable out;
    private final Style style;
    private long count;

    VerticalPrinter(Appendable out, Style style) {
        this.out = out;
        this.style = style;
    }

    @Override
    public long print(Result rows) throws SQLException, IOException {
        String[] names = Lines.names(rows);
        while (rows.next()) {
            row(names, Lines.cells(rows, style));
        }
        out.append(TablePrinter.footer(count));
        return count;
    }

    /** Prints the next row. */
    void row(String[] names, String[] cells) throws IOException {
        int width = 0;
        for (String name : names) {
            width = Math.max(width, Width.of(name));
        }
        out.append("-[ row ").append(String.valueOf(++count)).append(" ]\n");
        for (int i = 0; i < names.length; i++) {
            out.append(names[i]).append(" ".repeat(width - Width.of(names[i])));
            out.append(cells[i].isEmpty() ? " |" : " | ").append(cells[i]).append('\n');
        }
    }
}
