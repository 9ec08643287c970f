package io.tcpsnap.output;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A line for each value, for rows too wide to read across. */
final class VerticalPrinter implements ResultPrinter {
    private final Appendable out;

    VerticalPrinter(Appendable out) {
        this.out = out;
    }

    @Override
    public long print(ResultSet rows) throws SQLException, IOException {
        int columns = rows.getMetaData().getColumnCount();
        int width = 0;
        for (int i = 1; i <= columns; i++) {
            width = Math.max(width, Width.of(rows.getMetaData().getColumnLabel(i)));
        }
        long count = 0;
        while (rows.next()) {
            out.append("-[ row %d ]%n".formatted(++count));
            for (int i = 1; i <= columns; i++) {
                String name = rows.getMetaData().getColumnLabel(i);
                String text = Cell.text(rows, i);
                out.append(name).append(" ".repeat(width - Width.of(name))).append(" | ");
                out.append(text == null ? "NULL" : Cell.visible(text)).append('\n');
            }
        }
        out.append("(%d %s)%n".formatted(count, count == 1 ? "row" : "rows"));
        return count;
    }
}
