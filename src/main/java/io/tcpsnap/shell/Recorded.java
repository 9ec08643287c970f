package io.tcpsnap.shell;

import io.tcpsnap.archive.ArchiveSet;
import io.tcpsnap.duckdb.Database;
import io.tcpsnap.duckdb.LoadProgress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;

/** The span of time that the opened archives cover. */
final class Recorded {
    private final Database database;
    private ArchiveSet of;
    private LocalDateTime first;
    private LocalDateTime last;

    Recorded(Database database) {
        this.database = database;
    }

    /** Time of the first tick, UTC; null where there is none. */
    LocalDateTime first() throws SQLException {
        read();
        return first;
    }

    /** Time of the last tick, UTC; null where there is none. */
    LocalDateTime last() throws SQLException {
        read();
        return last;
    }

    private void read() throws SQLException {
        if (database.archives().equals(of)) {
            return;
        }
        ArchiveSet now = database.archives();
        try (ResultSet rows = database.unpinned("SELECT min(ts), max(ts) FROM snapshot", LoadProgress.NONE)) {
            rows.next();
            first = rows.getObject(1, LocalDateTime.class);
            last = rows.getObject(2, LocalDateTime.class);
            of = now;
        }
    }
}
