package io.tcpsnap.output;

import java.io.IOException;
import java.sql.SQLException;

/** Prints one result. Memory stays bounded whatever the result's size. */
public interface ResultPrinter {
    /** Prints all rows of {@code rows}, from its current position on; returns how many. */
    long print(Result rows) throws SQLException, IOException;
}
