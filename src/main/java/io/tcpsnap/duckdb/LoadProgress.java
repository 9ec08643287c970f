package io.tcpsnap.duckdb;

/** Hears how far the loading of a table is. Called often and from any thread: must be quick. */
@FunctionalInterface
public interface LoadProgress {
    LoadProgress NONE = (table, done, total) -> {};

    /**
     * @param done bytes of archives read so far for this table
     * @param total bytes to read
     */
    void loaded(String table, long done, long total);
}
