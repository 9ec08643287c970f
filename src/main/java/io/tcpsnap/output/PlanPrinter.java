package io.tcpsnap.output;

import java.io.IOException;
import java.sql.SQLException;

/** What EXPLAIN says: a drawing of many lines in one value. */
final class PlanPrinter {
    private PlanPrinter() {}

    static boolean isPlan(Result rows) {
        return rows.count() == 2
                && rows.name(0).equals("explain_key")
                && rows.name(1).equals("explain_value");
    }

    static long print(Appendable out, Result rows) throws SQLException, IOException {
        long count = 0;
        for (; rows.next(); count++) {
            out.append(Visible.lines(rows.text(1)).stripTrailing()).append('\n');
        }
        return count;
    }
}
