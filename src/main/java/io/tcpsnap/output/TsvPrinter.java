package io.tcpsnap.output;

import java.io.IOException;
import java.sql.SQLException;

/**
 * Values with tabs between them, a line for each row whatever is in it, as PostgreSQL's COPY and MySQL write it: {@code \t},
 * {@code \n}, {@code \r} and {@code \\} stand for themselves, and {@code \N} for NULL.
 */
final class TsvPrinter implements ResultPrinter {
    private final Appendable out;

    TsvPrinter(Appendable out) {
        this.out = out;
    }

    @Override
    public long print(Result rows) throws SQLException, IOException {
        for (int i = 0; i < rows.count(); i++) {
            out.append(i == 0 ? "" : "\t").append(escape(rows.name(i)));
        }
        out.append('\n');
        long count = 0;
        for (; rows.next(); count++) {
            for (int i = 0; i < rows.count(); i++) {
                String text = rows.text(i);
                out.append(i == 0 ? "" : "\t").append(text == null ? "\\N" : escape(text));
            }
            out.append('\n');
        }
        return count;
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }
}
