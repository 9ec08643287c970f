package io.tcpsnap.shell;

import io.tcpsnap.duckdb.Database;
import io.tcpsnap.output.Clock;
import io.tcpsnap.pins.Window;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** How times are shown and read: in UTC, in a zone, or as seconds since the pinned window or the recording began. */
final class TimeChoice {
    private final Recorded recorded;
    private final Database database;
    private ZoneId zone = ZoneOffset.UTC;
    private boolean relative;
    private String name = "utc";

    TimeChoice(Database database) {
        this.database = database;
        recorded = new Recorded(database);
    }

    /** @throws SQLException where there is no such zone */
    void choose(String word) throws SQLException {
        switch (word) {
            case "utc" -> zone = ZoneOffset.UTC;
            case "host" -> zone = ZoneId.systemDefault();
            case "relative" -> {}
            default -> zone = zone(word);
        }
        relative = word.equals("relative");
        name = word;
    }

    private static ZoneId zone(String word) throws SQLException {
        try {
            return ZoneId.of(word);
        } catch (DateTimeException e) {
            throw new SQLException("write .time utc, host, relative or the name of a zone, as Europe/Berlin", e);
        }
    }

    /** The zone that times are written in. */
    ZoneId zone() {
        return zone;
    }

    /** What the recording covers. */
    Recorded recorded() {
        return recorded;
    }

    Clock clock() throws SQLException {
        if (!relative) {
            return new Clock(zone, null);
        }
        Window window = database.pins().window();
        LocalDateTime origin = window != null ? window.from() : recorded.first();
        return new Clock(zone, origin);
    }

    @Override
    public String toString() {
        return name;
    }
}
