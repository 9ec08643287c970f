package io.tcpsnap.duckdb;

import java.lang.reflect.Field;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.duckdb.DuckDBConnection;

/**
 * Opens databases in memory that reach no network. The driver registers an event of memory use with Java's flight recorder,
 * whose start takes longer than all the rest; nobody asked for it, so the driver is told that it is done. Another version of
 * the driver does as it likes.
 */
final class DriverStart {
    static {
        try {
            Field initialized = Class.forName("org.duckdb.DuckDBMemoryMonitor").getDeclaredField("initialized");
            initialized.setAccessible(true);
            initialized.setBoolean(null, true);
        } catch (ReflectiveOperationException | LinkageError e) {
            // slower, and nothing else
        }
    }

    private DriverStart() {}

    static Connection open(Properties settings) throws SQLException {
        Properties all = new Properties();
        all.putAll(settings);
        all.setProperty("autoinstall_known_extensions", "false");
        all.setProperty("autoload_known_extensions", "false");
        return DuckDBConnection.newConnection("jdbc:duckdb:", false, null, all);
    }
}
