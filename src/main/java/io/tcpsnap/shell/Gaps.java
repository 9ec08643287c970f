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

    private static final String SQL = """
            SELECT s.host, CASE WHEN s.seq > 0 THEN lag(s.ts) OVER run ELSE lag(s.ts) OVER host END AS from_ts, s.ts,
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
                .filter(gap -> (to == null || gap.from().isBefore(to))
                        && (from == null || gap.to().isAfter(from)))
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
                LocalDateTime from = rows.getObject(2, LocalDateTime.class);
                LocalDateTime to = rows.getObject(3, LocalDateTime.class);
                gaps.add(new Gap(rows.getString(1), from == null ? to : from, to, rows.getLong(4)));
            }
        }
        of = now;
        return true;
    }
}
