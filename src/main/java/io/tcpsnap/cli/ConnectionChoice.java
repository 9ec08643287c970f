package io.tcpsnap.cli;

import io.tcpsnap.duckdb.Database;
import io.tcpsnap.duckdb.LoadProgress;
import io.tcpsnap.slice.Connection;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The connections that meet conditions in SQL. */
final class ConnectionChoice {
    private ConnectionChoice() {}

    /**
     * Asks the archives.
     *
     * @param conditions all of which must hold, at one tick from {@code from} to {@code to} (nanoseconds)
     * @param closed whether connections count that are only known by their end: the conditions are on addresses and ports
     */
    static Set<Connection> of(List<String> archives, Set<String> conditions, long from, long to, boolean closed)
            throws IOException, SQLException {
        String span = "epoch_us(ts) BETWEEN " + from / 1000 + " AND " + to / 1000;
        String where = " WHERE " + span + " AND (" + String.join("\n) AND (", conditions) + "\n)";
        String columns = "SELECT DISTINCT host, netns, local_addr, local_port, remote_addr, remote_port FROM ";
        String sql = columns + "connection" + where + (closed ? " UNION " + columns + "tcp_closed" + where : "");
        Set<Connection> connections = new HashSet<>();
        try (Database database = Database.open(archives).lock();
                ResultSet rows = database.execute(sql, LoadProgress.NONE)) {
            while (rows.next()) {
                connections.add(new Connection(
                        rows.getString(1),
                        rows.getString(2),
                        rows.getString(3),
                        rows.getInt(4),
                        rows.getString(5),
                        rows.getInt(6)));
            }
        }
        return connections;
    }
}
