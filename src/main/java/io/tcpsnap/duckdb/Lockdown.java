package io.tcpsnap.duckdb;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;

/**
 * What SQL may do: read the tables of the archives that are open, and compute. No other file, no network, no extension; and
 * nothing that would give one of these back. It cannot be undone.
 */
final class Lockdown {
    /** Settings that reach nothing outside; loading sets the first. */
    private static final String ALLOWED = "'preserve_insertion_order', 'threads', 'memory_limit', 'TimeZone'";

    private static final Pattern REFUSAL = Pattern.compile("disabled by configuration|configuration has been locked");

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

    /** The same failure; where this is its reason, with what would help. */
    static SQLException explained(SQLException failure) {
        String message = String.valueOf(failure.getMessage());
        return REFUSAL.matcher(message).find()
                ? new SQLException(REFUSAL.matcher(message).replaceFirst("$0: --unsafe lifts this"), failure)
                : failure;
    }
}
