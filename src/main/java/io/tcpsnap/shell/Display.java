package io.tcpsnap.shell;

import io.tcpsnap.duckdb.Database;
import io.tcpsnap.output.Clock;
import io.tcpsnap.output.KeptRows;
import io.tcpsnap.output.OutputFormat;
import io.tcpsnap.output.Result;
import io.tcpsnap.output.Style;
import io.tcpsnap.output.UnitCells;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** How results come to be seen: in which format and units, through a pager, into a file; and keeps them for {@code .last}. */
final class Display {
    /** How long the rest of a result is read on after its reader left it, so that it can be kept whole. */
    private static final long READ_ON_NS = 1_000_000_000L;

    private final Database database;
    private final Output out;
    private final Supplier<Style> style;
    private final LastResult last;
    private final PagerChoice pager = new PagerChoice();
    private final TimeChoice time;
    private final Redirection redirection = new Redirection();
    private OutputFormat format = OutputFormat.TABLE;
    private boolean keeps;
    private boolean interactive;
    private boolean units = true;
    private Clock clock = Clock.UTC;

    Display(Database database, Output out, Supplier<Style> style) {
        this.database = database;
        this.out = out;
        this.style = style;
        last = new LastResult(database);
        time = new TimeChoice(database);
    }

    /** Keeps results from now on. */
    void keep() {
        keeps = true;
    }

    /** From now on a person looks at the results. */
    void interactive() {
        interactive = true;
    }

    boolean isInteractive() {
        return interactive;
    }

    OutputFormat format() {
        return format;
    }

    void format(OutputFormat chosen) {
        format = chosen;
    }

    boolean units() {
        return units;
    }

    void units(boolean on) {
        units = on;
    }

    PagerChoice pager() {
        return pager;
    }

    TimeChoice time() {
        return time;
    }

    LastResult last() {
        return last;
    }

    Redirection redirection() {
        return redirection;
    }

    /** How times are shown. */
    Clock clock() {
        return clock;
    }

    /** The terminal, as it is now. */
    Style style() {
        return style.get();
    }

    /** Asks the database what it needs to know, before a statement whose rows stream runs. */
    void prepare() throws SQLException {
        if (interactive) {
            clock = time.clock();
        }
    }

    /** Prints what a user's statement gives, and keeps it. */
    void answer(String sql, ResultSet rows, List<Result.Watcher> watchers) throws SQLException, IOException {
        List<Result.Watcher> all = new ArrayList<>(watchers);
        Result plain = new Result(rows);
        Map<String, String> unitsByColumn = unitsOf(sql, plain);
        if (keeps) {
            KeptRows kept = new KeptRows(plain);
            last.begin(kept, unitsByColumn);
            all.add(kept);
        }
        print(new Result(rows, all), format, unitsByColumn);
    }

    /** Prints what a dot command asked. */
    void show(ResultSet rows) throws SQLException, IOException {
        print(new Result(rows), format, Map.of());
    }

    /** Prints the last result again. */
    void showLast(ResultSet rows, OutputFormat shown) throws SQLException, IOException {
        print(new Result(rows), shown, last.units());
    }

    private Map<String, String> unitsOf(String sql, Result result) {
        Map<String, String> found = new LinkedHashMap<>();
        boolean again = LastResult.isNamedBy(sql);
        DeclaredUnits declared = new DeclaredUnits(sql, database.namesOf(sql));
        for (int i = 0; i < result.count(); i++) {
            String name = result.name(i);
            String unit = again ? last.units().get(name) : declared.unit(name);
            if (unit != null) {
                found.put(name, unit);
            }
        }
        return found;
    }

    private void print(Result result, OutputFormat shown, Map<String, String> unitsByColumn)
            throws SQLException, IOException {
        Appendable checked = out.until(database::cancelled);
        if (redirection.isOn()) {
            redirection.print(result, shown, database::cancelled);
            last.end();
            return;
        }
        Style screen = screen(unitsByColumn, shown);
        if (!pages(screen, shown)) {
            shown.printer(checked, screen).print(result);
            last.end();
            return;
        }
        boolean left = false;
        Paging paging = new Paging(checked, screen, pager.command());
        try {
            shown.printer(paging, screen).print(result);
            last.end();
        } catch (Paging.LeftException e) {
            left = true;
        } finally {
            out.flush();
            paging.finish();
        }
        if (left) {
            readOn(result);
        }
    }

    /** Text of a dot command, through the pager where it is long. */
    void text(String text) throws IOException {
        Style screen = style.get();
        if (!pages(screen, OutputFormat.TABLE)) {
            out.append(text).flush();
            return;
        }
        Paging paging = new Paging(out, screen, pager.command());
        try {
            paging.append(text);
        } catch (Paging.LeftException e) {
            // seen enough
        } finally {
            out.flush();
            paging.finish();
        }
    }

    private boolean pages(Style screen, OutputFormat shown) {
        return interactive
                && pager.command() != null
                && shown.isForScreen()
                && screen.width() > 0
                && screen.height() > 0;
    }

    private Style screen(Map<String, String> unitsByColumn, OutputFormat shown) {
        Style plain = style.get();
        boolean changed = interactive && shown.isForScreen();
        Style screen =
                plain.scrolling(pages(plain, shown)).with(new UnitCells(units ? unitsByColumn : Map.of(), clock));
        return changed ? screen : plain;
    }

    /** Says how long the result is that was left, where that is soon known. */
    private void readOn(Result result) throws SQLException, IOException {
        long end = System.nanoTime() + READ_ON_NS;
        boolean more = true;
        while (more && !database.cancelled() && System.nanoTime() < end) {
            more = result.next();
        }
        if (!more) {
            last.end();
        }
        out.append("(" + (more ? "more than " : "") + result.read() + " rows)\n");
    }
}
