package io.tcpsnap.duckdb;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * An in-memory DuckDB with the tables of some archives. Tables exist from the start and are filled when a statement first
 * names them. One statement at a time; {@link #cancel} may come from any thread.
 */
public final class Database implements AutoCloseable {
    private Connection connection;

    private Database() {}

    /**
     * Opens archives.
     *
     * @param archives files, folders, globs; empty for none
     * @throws IOException where an archive cannot be read; nothing stays open
     */
    public static Database open(List<String> archives) throws IOException, SQLException {
        return new Database();
    }

    /** Replaces the opened archives; on failure the old ones stay. */
    public void openArchives(List<String> archives) throws IOException, SQLException {
        throw new UnsupportedOperationException("not yet");
    }

    /** For metadata (duckdb_columns() and so on) and for tests. */
    public Connection connection() {
        return connection;
    }

    /**
     * Runs one statement, after loading the tables that it names.
     *
     * @return its rows, to be closed by the caller together with their statement, or null where it has none
     * @throws SQLException with DuckDB's message; {@link java.sql.SQLTimeoutException} where {@link #cancel} ended it
     */
    public ResultSet execute(String sql, LoadProgress progress) throws SQLException {
        throw new UnsupportedOperationException("not yet");
    }

    /** Percentage of the running statement, -1 where unknown. */
    public double queryProgress() {
        return -1;
    }

    /** Ends the running load or statement soon; harmless where none runs. */
    public void cancel() {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
