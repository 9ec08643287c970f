package io.tcpsnap.duckdb;

import java.io.Closeable;
import java.io.IOException;

/**
 * One thread's share of the rows of a {@link Scan}.
 *
 * @param <R> the row; the object may be the same for each row
 */
interface RowCursor<R> extends Closeable {
    /** The next row, or null at the end. */
    R next() throws IOException;

    @Override
    void close() throws IOException;
}
