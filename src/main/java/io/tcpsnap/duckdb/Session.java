package io.tcpsnap.duckdb;

import java.sql.SQLException;

/** Runs statements that have no rows, on one connection. */
@FunctionalInterface
interface Session {
    /** Else one thread does all the work of a load. */
    String UNORDERED = "SET preserve_insertion_order = false";

    void run(String sql) throws SQLException;
}
