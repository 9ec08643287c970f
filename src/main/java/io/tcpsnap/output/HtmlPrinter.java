package io.tcpsnap.output;

import java.io.IOException;
import java.sql.SQLException;

/** A table element to paste into a page or a mail; everything is escaped, and NULL is an empty cell of class {@code null}. */
final class HtmlPrinter implements ResultPrinter {
    private final Appendable out;

    HtmlPrinter(Appendable out) {
        this.out = out;
    }

    @Override
    public long print(Result rows) throws SQLException, IOException {
        out.append("<table>\n<thead><tr>");
        for (int i = 0; i < rows.count(); i++) {
            out.append("<th>").append(escape(rows.name(i))).append("</th>");
        }
        out.append("</tr></thead>\n<tbody>\n");
        long count = 0;
        for (; rows.next(); count++) {
            out.append("<tr>");
            for (int i = 0; i < rows.count(); i++) {
                cell(rows.text(i), rows.isNumber(i));
            }
            out.append("</tr>\n");
        }
        out.append("</tbody>\n</table>\n");
        return count;
    }

    private void cell(String text, boolean number) throws IOException {
        if (text == null) {
            out.append("<td class=\"null\"></td>");
        } else {
            out.append(number ? "<td align=\"right\">" : "<td>")
                    .append(escape(text))
                    .append("</td>");
        }
    }

    private static String escape(String text) {
        return Visible.line(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
