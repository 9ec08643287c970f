package io.tcpsnap.output;

import java.sql.SQLException;

/** What the values of a result look like on a screen. */
@FunctionalInterface
public interface Cells {
    /** As they are in the database. */
    Cells RAW = Result::text;

    /** The text of a value, null for NULL. */
    String text(Result rows, int column) throws SQLException;
}
