package io.tcpsnap.output;

import java.io.IOException;
import java.sql.SQLException;

/** A pipe table, as GitHub shows it. */
final class MarkdownPrinter implements ResultPrinter {
    private final Appendable out;

    MarkdownPrinter(Appendable out) {
        this.out = out;
    }

    @Override
    public long print(Result rows) throws SQLException, IOException {
        StringBuilder names = new StringBuilder("|");
        StringBuilder rule = new StringBuilder("|");
        for (int i = 0; i < rows.count(); i++) {
            names.append(' ').append(cell(rows.name(i))).append(" |");
            rule.append(rows.isNumber(i) ? "---:|" : "---|");
        }
        out.append(names).append('\n').append(rule).append('\n');
        long count = 0;
        while (rows.next()) {
            out.append('|');
            for (int i = 0; i < rows.count(); i++) {
                String text = rows.text(i);
                out.append(' ').append(text == null ? "NULL" : cell(text)).append(" |");
            }
            out.append('\n');
            count++;
        }
        return count;
    }

    /** Text in which GitHub sees neither a column's end nor markup; of itself it would eat backslashes before those. */
    private static String cell(String text) {
        return Visible.line(text)
                .replaceAll("[\\\\`*_|~\\[\\]]", "\\\\$0")
                .replace("&", "&amp;")
                .replace("<", "&lt;");
    }
}
