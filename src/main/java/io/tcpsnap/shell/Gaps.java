package io.tcpsnap.shell;

import io.tcpsnap.archive.ArchiveSet;
import io.tcpsnap.archive.Segment;
import io.tcpsnap.duckdb.Database;
import io.tcpsnap.duckdb.LoadProgress;
import io.tcpsnap.output.Clock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Where the recording has no ticks that it should have: ticks that the recorder missed, that were damaged or dropped, and
 * the time between two runs of the recorder on a host.
 */
final class Gaps {
    /** Archives up to this size are read for their gaps; larger ones only once their ticks are loaded anyhow. */
    private static final long SMALL = 64L << 20;

    /**
     * A recorder that was held up takes the tick that was due then late, and says with the next one how many it missed: the
     * gap is the longer of the two intervals.
     */
    private static final String SQL = """
            SELECT s.host,
                   lag(s.ts) OVER run AS before, lag(s.ts, 2) OVER run AS before_that,
                   coalesce(before - before_that > s.ts - before, false) AS late,
                   coalesce(CASE WHEN late THEN before_that ELSE before END, lag(s.ts) OVER host) AS from_ts,
                   CASE WHEN late THEN before ELSE s.ts END AS to_ts,
                   coalesce(s.missed, 0) + coalesce(s.seq - lag(s.seq) OVER run - 1, 0) AS lacking,
                   r.recording <> lag(r.recording) OVER host AS restarted
            FROM snapshot s JOIN recording r ON r.segment = s.segment
            WINDOW run AS (PARTITION BY r.recording ORDER BY s.seq), host AS (PARTITION BY s.host ORDER BY s.ts)
            QUALIFY lacking > 0 OR restarted
            ORDER BY s.ts""";

    /** A span without ticks. */
    private record Gap(String host, LocalDateTime from, LocalDateTime to, long ticks) {}

    private final Database database;
    private final List<Gap> gaps = new ArrayList<>();
    private ArchiveSet of;
    private ArchiveSet loaded;

    Gaps(Database database) {
        this.database = database;
    }

    /** A statement loads these tables. */
    void reads(Set<String> tables) {
        if (tables.contains("snapshot")) {
            loaded = database.archives();
        }
    }

    /**
     * Says what is missing between two moments, null for those of the recording; null where nothing is, or where nobody
     * knows yet.
     */
    String between(LocalDateTime from, LocalDateTime to, Clock clock) throws SQLException {
        if (!known()) {
            return null;
        }
        List<Gap> touched = gaps.stream()
                .filter(gap -> (to == null || !gap.from().isAfter(to))
                        && (from == null || !gap.to().isBefore(from)))
                .toList();
        if (touched.isEmpty()) {
            return null;
        }
        long ticks = touched.stream().mapToLong(Gap::ticks).sum();
        long stops = touched.stream().filter(gap -> gap.ticks() == 0).count();
        List<String> parts = new ArrayList<>();
        if (ticks > 0) {
            parts.add(ticks + (ticks == 1 ? " tick is missing" : " ticks are missing"));
        }
        if (stops > 0) {
            parts.add("the recorder was stopped " + (stops == 1 ? "once" : stops + " times"));
        }
        Gap first = touched.get(0);
        Gap last = touched.get(touched.size() - 1);
        return String.join(", ", parts) + " between " + clock.text(first.from()) + " and " + clock.text(last.to());
    }

    private boolean known() throws SQLException {
        ArchiveSet now = database.archives();
        if (now.equals(of)) {
            return true;
        }
        boolean small = now.segments().stream().mapToLong(Segment::size).sum() <= SMALL;
        if (!small && !now.equals(loaded)) {
            return false;
        }
        gaps.clear();
        try (ResultSet rows = database.unpinned(SQL, LoadProgress.NONE)) {
            while (rows.next()) {
                LocalDateTime from = rows.getObject("from_ts", LocalDateTime.class);
                LocalDateTime to = rows.getObject("to_ts", LocalDateTime.class);
                gaps.add(new Gap(rows.getString("host"), from == null ? to : from, to, rows.getLong("lacking")));
            }
        }
        of = now;
        return true;
    }
}
