package io.tcpsnap.duckdb;

import java.lang.invoke.MethodHandles;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * Opens databases in memory that reach no network. The driver registers an event of memory use with Java's flight recorder,
 * whose start takes longer than all the rest; nobody asked for it, so the driver is told that it is done. Another version of
 * the driver does as it likes.
 */
final class DriverStart {
    static {
        try {
            Class<?> monitor = Class.forName("org.duckdb.DuckDBMemoryMonitor");
            MethodHandles.privateLookupIn(monitor, MethodHandles.lookup())
                    .findStaticVarHandle(monitor, "initialized", boolean.class)
                    .set(true);
        } catch (ReflectiveOperationException e) {
            // slower, and nothing else
        }
    }

    private DriverStart() {}

    static Connection open(Properties settings) throws SQLException {
        Properties all = new Properties();
        all.putAll(settings);
        all.setProperty("autoinstall_known_extensions", "false");
        all.setProperty("autoload_known_extensions", "false");
        return DriverManager.getConnection("jdbc:duckdb:", all);
    }
}
