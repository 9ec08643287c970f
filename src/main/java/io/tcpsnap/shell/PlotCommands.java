package io.tcpsnap.shell;

import io.tcpsnap.output.Result;
import io.tcpsnap.plot.Glyphs;
import io.tcpsnap.plot.Lane;
import io.tcpsnap.plot.LineLane;
import io.tcpsnap.plot.Series;
import io.tcpsnap.shell.DotCommand.Completes;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The dot commands that draw. */
final class PlotCommands {
    private static final int MOST_LANES = 8;

    private final Session session;
    private final Display display;
    private final Pictures pictures;
    private final TimelineCommand timeline;

    PlotCommands(Session session) {
        this.session = session;
        display = session.display();
        pictures = new Pictures(display);
        timeline = new TimelineCommand(session, pictures);
    }

    List<DotCommand> all() {
        List<String> charts = List.of("auto", "braille", "block", "ascii");
        return List.of(
                DotCommand.of(
                        ".plot",
                        "[COLUMN...|SQL]",
                        "Draw the last result, or that of SQL, over its times.",
                        Completes.NOTHING,
                        this::plot),
                DotCommand.of(
                        ".heat",
                        "[COLUMN|SQL]",
                        "Draw a column of all connections as shades over time.",
                        Completes.NOTHING,
                        this::heat),
                DotCommand.of(
                        ".timeline",
                        "[WHAT]",
                        "Draw a connection: RTT, cwnd, queues, retransmits, states.",
                        Completes.NOTHING,
                        timeline::run),
                DotCommand.choice(".charts", "Choose what pictures are drawn with.", charts, this::charts));
    }

    private void charts(String name) throws SQLException, IOException {
        if (name.isEmpty()) {
            session.out().println(".charts " + pictures.glyphs().label());
        } else if (name.equals("auto") || Glyphs.of(name) != null) {
            pictures.choose(Glyphs.of(name));
        } else {
            throw new SQLException("write .charts auto, braille, block or ascii");
        }
    }

    private static boolean isSql(String argument) {
        return argument.matches("(?is)(?:select|from|with)\\s.*");
    }

    private void plot(String argument) throws SQLException, IOException {
        if (isSql(argument)) {
            DeclaredUnits units = new DeclaredUnits(argument, session.database().namesOf(argument));
            draw(argument, List.of(), units::unit);
            return;
        }
        List<String> wanted = argument.isEmpty() ? List.of() : Arrays.asList(argument.split("[\\s,]+"));
        display.last().makeTable();
        draw("FROM " + LastResult.TABLE, wanted, display.last().units()::get);
    }

    /** Knows the unit of a column. */
    private interface Units {
        String of(String column);
    }

    private void draw(String sql, List<String> wanted, Units units) throws SQLException, IOException {
        PlotRows[] read = new PlotRows[1];
        session.run(sql, rows -> read[0] = new PlotRows(new Result(rows), wanted));
        PlotRows rows = read[0];
        if (rows.isEmpty()) {
            throw new SQLException("there is no row to draw");
        }
        List<Lane> lanes = new ArrayList<>();
        int left = 0;
        int[] heights = heights(rows);
        for (int i = 0; i < rows.numberNames().size(); i++) {
            String name = rows.numberNames().get(i);
            for (Series series : ranked(rows.series(i))) {
                if (lanes.size() == MOST_LANES) {
                    left++;
                    continue;
                }
                String title = series.name().isEmpty() ? name : name + " " + series.name();
                lanes.add(new LineLane(cut(title), series, null, heights[0], Pictures.number(units.of(name))));
            }
        }
        long first = lanes.stream().mapToLong(lane -> lane.times()[0]).min().orElseThrow();
        long last = lanes.stream()
                .mapToLong(lane -> lane.times()[lane.times().length - 1])
                .max()
                .orElseThrow();
        display.text(pictures.chart(lanes, first, last));
        say(left, rows);
    }

    private void say(int left, PlotRows rows) throws IOException {
        if (left > 0) {
            session.error("note: " + left + " more series are not drawn: '.plot COLUMN' or WHERE chooses");
        }
        if (rows.cut()) {
            session.error("note: only the first " + PlotRows.MOST + " rows are drawn");
        }
    }

    /** Those with the highest values first, where there are too many to draw. */
    private static List<Series> ranked(Map<String, Series> series) {
        List<Series> all = new ArrayList<>(series.values());
        if (all.size() > MOST_LANES) {
            all.sort(Comparator.comparingDouble(PlotCommands::highest).reversed());
        }
        return all;
    }

    private static double highest(Series series) {
        return Arrays.stream(series.values())
                .filter(value -> !Double.isNaN(value))
                .max()
                .orElse(Double.NEGATIVE_INFINITY);
    }

    /** Lines for each lane, so that all fit on the screen where that is possible. */
    private int[] heights(PlotRows rows) {
        long lanes = 0;
        for (int i = 0; i < rows.numberNames().size(); i++) {
            lanes += rows.series(i).size();
        }
        lanes = Math.min(lanes, MOST_LANES);
        long free = (pictures.height() - 4) / Math.max(1, lanes) - 1;
        return new int[] {(int) Math.max(2, Math.min(lanes == 1 ? 16 : 8, free))};
    }

    /** A title that leaves room for the picture. */
    private String cut(String title) {
        int most = Math.max(12, pictures.width() / 3);
        return title.length() <= most ? title : title.substring(0, most - 2) + "..";
    }

    private void heat(String argument) throws SQLException, IOException {
        String sql;
        Units units;
        if (argument.isEmpty()) {
            display.last().makeTable();
            sql = "FROM " + LastResult.TABLE;
            units = display.last().units()::get;
        } else {
            sql = isSql(argument) ? argument : ofConnections(argument);
            units = new DeclaredUnits(sql, session.database().namesOf(sql))::unit;
        }
        PlotRows[] read = new PlotRows[1];
        session.run(sql, rows -> read[0] = new PlotRows(new Result(rows), List.of()));
        PlotRows rows = read[0];
        if (rows.isEmpty()) {
            throw new SQLException("there is no row to draw");
        }
        int number = rows.numberNames().size() - 1;
        String name = rows.numberNames().get(number);
        List<Series> all = new ArrayList<>(rows.series(number).values());
        all.sort(Comparator.comparingDouble(PlotCommands::highest).reversed());
        int most = Math.max(5, pictures.height() - 7);
        boolean some = highest(all.get(0)) > 0;
        List<Series> shown = all.stream()
                .filter(series -> !some || highest(series) > 0)
                .limit(most)
                .map(series -> new Series(cut(series.name()), series.times(), series.values()))
                .toList();
        display.text(name + ", the highest of each column of time\n" + pictures.heat(shown, units.of(name)));
        long zero = some ? all.stream().filter(series -> highest(series) <= 0).count() : 0;
        if (zero > 0) {
            session.error("note: " + zero + " more are never above 0");
        }
        say((int) (all.size() - shown.size() - zero), rows);
    }

    private String ofConnections(String column) throws SQLException {
        for (String view : List.of("connection", "connection_rate")) {
            Set<String> columns = session.database().columns(view);
            if (columns.contains(column)) {
                return "SELECT ts, local_addr || ':' || local_port || ' ' || remote_addr || ':' || remote_port AS ends, "
                        + column + " FROM " + view + " WHERE remote_port <> 0 AND " + column + " IS NOT NULL";
            }
        }
        throw new SQLException("neither connection nor connection_rate has a column " + column);
    }
}
