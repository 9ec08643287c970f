package io.tcpsnap.shell;

import io.tcpsnap.pins.Window;
import io.tcpsnap.plot.Lane;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** {@code .timeline}: one connection over time, lane under lane. */
final class TimelineCommand {
    private static final String WHICH = "SELECT conn::VARCHAR, any_value(local_addr || ':' || local_port),"
            + " any_value(remote_addr || ':' || remote_port), count(*) AS ticks FROM connection"
            + " GROUP BY conn ORDER BY any_value(remote_port) = 0, ticks DESC, conn";

    private final Session session;
    private final Pictures pictures;

    TimelineCommand(Session session, Pictures pictures) {
        this.session = session;
        this.pictures = pictures;
    }

    void run(String what) throws SQLException, IOException {
        if (!what.isEmpty()) {
            new PinCommands(session).find(what);
        }
        if (session.database().pins().connection() == null) {
            throw new SQLException("pin a connection first: .conn 10.0.0.5:443, or say which: .timeline 10.0.0.5:443");
        }
        List<String[]> found = new ArrayList<>();
        session.run(WHICH, rows -> {
            while (rows.next()) {
                found.add(new String[] {rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4)});
            }
        });
        if (found.isEmpty()) {
            throw new SQLException("the pinned connection has no tick in the pinned window");
        }
        String[] one = found.get(0);
        Timeline[] read = new Timeline[1];
        session.run(Timeline.sql(one[0]), rows -> read[0] = new Timeline(rows));
        draw(one, read[0]);
        if (found.size() > 1) {
            session.error("note: one of " + found.size() + " pinned connections; .conn with both ends chooses another");
        }
    }

    private void draw(String[] ends, Timeline timeline) throws IOException, SQLException {
        session.display().prepare();
        Window window = session.database().pins().window();
        long first = window == null ? timeline.first() : PlotRows.micros(window.from());
        long last = window == null ? timeline.last() : PlotRows.micros(window.to());
        int lines = pictures.height() - 8 - timeline.drawn();
        int height = Math.max(2, Math.min(6, lines / Math.max(1, timeline.drawn())));
        List<Lane> lanes = timeline.lanes(height);
        String day = session.display().clock().text(PlotRows.time(first));
        session.display()
                .text(ends[1] + " " + ends[2] + ", " + timeline.size() + (timeline.size() == 1 ? " tick" : " ticks")
                        + " from " + day + timeline.remarks() + "\n" + pictures.chart(lanes, first, last));
    }
}
