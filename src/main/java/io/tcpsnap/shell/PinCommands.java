package io.tcpsnap.shell;

import io.tcpsnap.duckdb.Database;
import io.tcpsnap.output.Clock;
import io.tcpsnap.pins.Connection;
import io.tcpsnap.pins.ConnectionInput;
import io.tcpsnap.pins.Pins;
import io.tcpsnap.pins.Window;
import io.tcpsnap.pins.WindowInput;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The dot commands that narrow everything to a window of time and to connections. */
final class PinCommands {
    private static final List<String> MOVES = List.of("next", "prev", "zoom", "out", "off");
    private static final int MOST = 10_000;
    private static final int SHOWN = 5;

    private final Session session;
    private final Database database;

    PinCommands(Session session) {
        this.session = session;
        database = session.database();
    }

    List<DotCommand> all() {
        return List.of(
                new DotCommand(
                        ".window",
                        "[START END|MOVE]",
                        "Narrow to a time: 14:02:10 +30s, next, prev, zoom, out, off.",
                        DotCommand.Completes.WORD,
                        MOVES,
                        argument -> {
                            window(argument);
                            return true;
                        }),
                new DotCommand(
                        ".conn",
                        "[WHAT|off]",
                        "Narrow to connections: 10.0.0.5:443, :443, inode, pid, comm.",
                        DotCommand.Completes.CONNECTION,
                        List.of("off", "inode", "pid", "comm", "port", "cookie"),
                        argument -> {
                            connection(argument);
                            return true;
                        }));
    }

    private void window(String argument) throws SQLException, IOException {
        Window window = database.pins().window();
        if (argument.isEmpty()) {
            session.out().println(window == null ? ".window off" : "pinned to " + PinText.of(window, clock()));
            return;
        }
        if (argument.equals("off")) {
            database.pin(database.pins().with((Window) null));
            return;
        }
        Window chosen = MOVES.contains(argument) ? moved(window, argument) : parsed(argument);
        database.pin(database.pins().with(chosen));
        session.run("SELECT count(*), min(ts), max(ts) FROM snapshot", rows -> {
            rows.next();
            String ticks = rows.getLong(1) == 1 ? " tick" : " ticks";
            session.error("window " + PinText.of(chosen, clock()) + ": " + rows.getLong(1) + ticks);
        });
    }

    private static Window moved(Window window, String move) throws SQLException {
        if (window == null) {
            throw new SQLException("no window is pinned: .window START END pins one");
        }
        return switch (move) {
            case "next" -> window.next();
            case "prev" -> window.prev();
            case "zoom" -> window.zoom();
            default -> window.out();
        };
    }

    private Window parsed(String argument) throws SQLException {
        Recorded recorded = session.display().time().recorded();
        LocalDateTime first = recorded.first();
        if (first == null) {
            throw new SQLException("there is no tick: .open an archive first");
        }
        try {
            return new WindowInput(
                            first, recorded.last(), session.display().time().zone())
                    .parse(argument);
        } catch (IllegalArgumentException e) {
            throw new SQLException(e.getMessage(), e);
        }
    }

    private Clock clock() throws SQLException {
        session.display().prepare();
        return session.display().clock();
    }

    private void connection(String argument) throws SQLException, IOException {
        Connection pinned = database.pins().connection();
        if (argument.isEmpty()) {
            session.out()
                    .println(
                            pinned == null
                                    ? ".conn off"
                                    : "pinned to " + pinned.text() + ": "
                                            + pinned.conns().size()
                                            + (pinned.conns().size() == 1 ? " connection" : " connections"));
            return;
        }
        if (argument.equals("off")) {
            database.pin(database.pins().with((Connection) null));
            return;
        }
        find(argument);
    }

    /** Pins what is found; the old pin stays where nothing is. */
    void find(String argument) throws SQLException, IOException {
        ConnectionInput input;
        try {
            input = ConnectionInput.parse(argument);
        } catch (IllegalArgumentException e) {
            throw new SQLException(e.getMessage(), e);
        }
        Set<String> conns = new LinkedHashSet<>();
        Set<String> cookies = new LinkedHashSet<>();
        List<String> ends = new ArrayList<>();
        Pins before = database.pins();
        database.pin(Pins.NONE);
        try {
            session.run(input.find(), rows -> read(rows, conns, cookies, ends));
        } finally {
            database.pin(before);
        }
        if (conns.isEmpty()) {
            throw new SQLException("no connection with " + argument
                    + (input.needsOwner() ? ": processes are known where the source owner was recorded" : ""));
        }
        if (conns.size() > MOST) {
            throw new SQLException(argument + " names more than " + MOST + " connections: say more of them");
        }
        database.pin(before.with(new Connection(argument, conns, cookies)));
        say(ends);
    }

    private static void read(ResultSet rows, Set<String> conns, Set<String> cookies, List<String> ends)
            throws SQLException {
        while (rows.next() && conns.size() <= MOST) {
            conns.add(rows.getString(1));
            Arrays.stream(rows.getString(2).split(","))
                    .filter(cookie -> !cookie.isEmpty() && !cookie.equals("0"))
                    .forEach(cookies::add);
            ends.add(rows.getString(3) + " " + rows.getString(4) + ", " + rows.getLong(5)
                    + (rows.getLong(5) == 1 ? " tick" : " ticks"));
        }
    }

    private void say(List<String> ends) throws IOException {
        StringBuilder text = new StringBuilder(ends.size() == 1 ? "1 connection:" : ends.size() + " connections:");
        ends.stream().limit(SHOWN).forEach(end -> text.append("\n  ").append(end));
        if (ends.size() > SHOWN) {
            text.append("\n  and ").append(ends.size() - SHOWN).append(" more");
        }
        session.error(text.toString());
    }
}
