package io.tcpsnap.output;

import java.sql.SQLException;

/** Nothing: for timing, and for results that are looked at later. */
final class NonePrinter implements ResultPrinter {
    @Override
    public long print(Result rows) throws SQLException {
        long count = 0;
        while (rows.next()) {
            count++;
        }
        return count;
    }
}
