package io.tcpsnap.output;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What EXPLAIN says: a drawing of many lines in one value. */
final class PlanPrinter {
    private PlanPrinter() {}

    static boolean isPlan(Columns columns) {
        return columns.count() == 2
                && columns.name(0).equals("explain_key")
                && columns.name(1).equals("explain_value");
    }

    static long print(Appendable out, Columns columns, ResultSet rows) throws SQLException, IOException {
        long count = 0;
        for (; rows.next(); count++) {
            out.append(Visible.lines(columns.text(1)).stripTrailing()).append('\n');
        }
        return count;
    }
}
