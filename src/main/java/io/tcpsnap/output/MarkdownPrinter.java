package io.tcpsnap.output;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A pipe table, as GitHub shows it. */
final class MarkdownPrinter implements ResultPrinter {
    private final Appendable out;

    MarkdownPrinter(Appendable out) {
        this.out = out;
    }

    @Override
    public long print(ResultSet rows) throws SQLException, IOException {
        int columns = rows.getMetaData().getColumnCount();
        StringBuilder names = new StringBuilder("|");
        StringBuilder rule = new StringBuilder("|");
        for (int i = 1; i <= columns; i++) {
            names.append(' ').append(cell(rows.getMetaData().getColumnLabel(i))).append(" |");
            rule.append(Cell.isNumber(rows, i) ? "---:|" : "---|");
        }
        out.append(names).append('\n').append(rule).append('\n');
        long count = 0;
        while (rows.next()) {
            out.append('|');
            for (int i = 1; i <= columns; i++) {
                String text = Cell.text(rows, i);
                out.append(' ').append(text == null ? "NULL" : cell(text)).append(" |");
            }
            out.append('\n');
            count++;
        }
        return count;
    }

    private static String cell(String text) {
        return Cell.visible(text).replace("|", "\\|").replace("<", "&lt;");
    }
}
