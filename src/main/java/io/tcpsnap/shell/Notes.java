package io.tcpsnap.shell;

import io.tcpsnap.duckdb.Database;
import io.tcpsnap.output.Result;
import io.tcpsnap.pins.Pins;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What is to be known of a result beside its rows: what it was narrowed to, what the recording lacks there, and what to doubt. */
final class Notes {
    private final Database database;
    private final Display display;
    private final Gaps gaps;
    private String sql = "";
    private Set<String> names = Set.of();
    private Touched touched;

    Notes(Database database, Display display) {
        this.database = database;
        this.display = display;
        gaps = new Gaps(database);
    }

    /** A statement runs now. */
    void begin(String statement) {
        sql = statement;
        names = database.namesOf(statement);
        touched = null;
        gaps.reads(database.tablesOf(statement));
    }

    /** Those who look at its rows. */
    List<Result.Watcher> watchers(ResultSet rows) throws SQLException {
        touched = new Touched(new Result(rows));
        return List.of(touched);
    }

    /** All notes on the statement, whose rows are read. */
    List<String> all() throws SQLException {
        List<String> notes = new ArrayList<>();
        pins(notes);
        if (touched == null || names.isEmpty()) {
            return notes;
        }
        String doubt = CounterLint.check(sql, names);
        if (doubt != null) {
            notes.add(doubt);
        }
        if (touched.resets() > 0) {
            notes.add(touched.resets() + (touched.resets() == 1 ? " row has" : " rows have")
                    + " a counter that began anew: its growth is NULL there");
        }
        if (touched.spanning() > 0) {
            notes.add(touched.spanning() + (touched.spanning() == 1 ? " row spans" : " rows span") + " missed ticks");
        }
        String lacking = gaps.between(touched.from(database.pins()), touched.to(database.pins()), display.clock());
        if (lacking != null && !touched.isEmpty()) {
            notes.add(lacking);
        }
        return notes;
    }

    private void pins(List<String> notes) throws SQLException {
        Pins pins = database.pins();
        if (pins.isEmpty()) {
            return;
        }
        Set<String> wide = new TreeSet<>();
        boolean window = false;
        boolean connection = false;
        Set<String> narrowed = database.narrowed();
        Set<String> all = new TreeSet<>(names);
        all.addAll(narrowed);
        for (String name : all) {
            Set<String> columns = database.columns(name);
            boolean narrow = narrowed.contains(name);
            window |= narrow && pins.windowApplies(columns);
            connection |= narrow && pins.connectionApplies(columns);
            if (!narrow || pins.connection() != null && !pins.connectionApplies(columns)) {
                wide.add(name);
            }
        }
        String what = PinText.of(pins, display.clock(), window, connection);
        if (!what.isEmpty()) {
            notes.add("pinned to " + what);
        }
        if (!wide.isEmpty()) {
            String pin = pins.connection() != null ? "connection" : "window";
            notes.add("the pinned " + pin + " does not narrow " + String.join(", ", wide));
        }
    }
}
