package io.tcpsnap.output;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A line for each value, for rows too wide to read across. */
final class VerticalPrinter implements ResultPrinter {
    private final Appendable out;
    private long count;

    VerticalPrinter(Appendable out) {
        this.out = out;
    }

    @Override
    public long print(ResultSet rows) throws SQLException, IOException {
        Columns columns = new Columns(rows);
        String[] names = new String[columns.count()];
        for (int i = 0; i < names.length; i++) {
            names[i] = Visible.line(columns.name(i));
        }
        String[] cells = new String[names.length];
        while (rows.next()) {
            for (int i = 0; i < names.length; i++) {
                String text = columns.text(i);
                cells[i] = text == null ? "NULL" : Visible.line(text);
            }
            row(names, cells);
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
