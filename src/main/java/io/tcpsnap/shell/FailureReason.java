package io.tcpsnap.shell;

import io.tcpsnap.duckdb.Database;
import io.tcpsnap.duckdb.LoadProgress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.regex.Pattern;

/** Why a query failed while its rows were streaming: DuckDB's driver says "Invalid result set" then, whatever it was. */
final class FailureReason {
    private static final Pattern LINE = Pattern.compile("(?m)^LINE (\\d+):");

    private FailureReason() {}

    /**
     * Runs the statement again in a way that streams nothing, where the driver lost the message; returns the failure with
     * the message.
     *
     * @throws SQLTimeoutException where that was cancelled
     */
    static SQLException of(Database database, String sql, SQLException failure) throws SQLTimeoutException {
        if (failure.getMessage() == null || !failure.getMessage().contains("Invalid result set")) {
            return failure;
        }
        try (ResultSet plan = database.execute("EXPLAIN ANALYZE\n" + sql, LoadProgress.NONE)) {
            return failure;
        } catch (SQLTimeoutException e) {
            throw e;
        } catch (SQLException e) {
            return e.getMessage().contains("transaction is aborted") ? failure : new SQLException(lines(e), failure);
        }
    }

    /** The message, with lines counted in the statement. */
    private static String lines(SQLException e) {
        return LINE.matcher(e.getMessage()).replaceAll(found -> "LINE " + (Integer.parseInt(found.group(1)) - 1) + ":");
    }
}
