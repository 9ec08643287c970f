package io.tcpsnap.duckdb;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What SQL may do: read the tables of the archives that are open, and compute. No other file, no network, no extension; and
 * nothing that would give one of these back. It cannot be undone.
 */
final class Lockdown {
    /** Settings that reach nothing outside; loading sets the first. */
    private static final String ALLOWED = "'preserve_insertion_order', 'threads', 'memory_limit', 'TimeZone'";

    private Lockdown() {}

    /**
     * @param own folder of this process, where what does not fit into memory goes, and from where the tables of the cache are
     *     attached: SQL may write there too, where nothing is
     */
    static void apply(Connection connection, Path own) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET allowed_directories = [" + Ddl.literal(own.toString()) + "];"
                    + " SET allowed_configs = [" + ALLOWED + "]; SET enable_external_access = false;"
                    + " SET lock_configuration = true");
        }
    }
}
