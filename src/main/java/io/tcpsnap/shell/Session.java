package io.tcpsnap.shell;

import io.tcpsnap.archive.Damage;
import io.tcpsnap.duckdb.Database;
import io.tcpsnap.duckdb.Query;
import io.tcpsnap.output.OutputFormat;
import io.tcpsnap.output.Style;
import io.tcpsnap.output.Visible;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs statements on a database and prints their results: what the shell and the query command share. */
public final class Session implements AutoCloseable {
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
    private static final int WARNINGS = 5;

    private final Database database;
    private final Output out;
    private final PrintStream err;
    private final Display display;
    private final Notes notes;
    private final Editing editing = new Editing(this);
    private boolean timing;

    /**
     * @param out results
     * @param err progress, warnings, times
     * @param style asked for each result: a terminal may change its size
     */
    public Session(Database database, Output out, PrintStream err, Supplier<Style> style) {
        this.database = database;
        this.out = out;
        this.err = err;
        this.display = new Display(database, out, style);
        this.notes = new Notes(database, display);
    }

    /** A session whose results go, in UTF-8, elsewhere than to this process's output. */
    public Session(Database database, OutputStream out, PrintStream err, Style style) {
        this(database, new Output(new OutputStreamWriter(out, StandardCharsets.UTF_8), false), err, () -> style);
    }

    public Database database() {
        return database;
    }

    public OutputFormat format() {
        return display.format();
    }

    public void format(OutputFormat chosen) {
        display.format(chosen);
    }

    public boolean timing() {
        return timing;
    }

    public void timing(boolean on) {
        timing = on;
    }

    /** Where results go. */
    public Output out() {
        return out;
    }

    /** How lines are edited. */
    Editing editing() {
        return editing;
    }

    /** How results are shown. */
    Display display() {
        return display;
    }

    /** Keeps results from now on, for {@code .last} and {@code _}. */
    Session keeping() {
        display.keep();
        return this;
    }

    /** The prompt, with what is pinned. */
    String prompt(String plain) {
        String pinned = PinText.prompt(database.pins(), display.clock());
        return pinned.isEmpty() ? plain : plain.replaceFirst(">", " " + Matcher.quoteReplacement(pinned) + ">");
    }

    /** From now on a person sits in front: values have units, long results a pager, and there are notes. */
    void interactive() {
        display.interactive();
    }

    /**
     * Runs one statement and prints its rows, if it has any.
     *
     * @throws SQLTimeoutException where it was cancelled
     */
    public void run(String sql) throws SQLException, IOException {
        run(sql, display::show);
    }

    /** Runs a statement of the user: {@link #run(String)}, and what belongs to it. */
    private void answer(String sql) throws SQLException, IOException {
        if (LastResult.isNamedBy(sql)) {
            display.last().makeTable();
        }
        notes.begin(sql);
        run(sql, rows -> display.answer(sql, rows, notes.watchers(rows)));
        if (display.isInteractive()) {
            notes.all().forEach(note -> err.println("note: " + Visible.lines(note)));
        }
    }

    /** What is done with the rows of a statement. */
    @FunctionalInterface
    interface Use {
        void rows(ResultSet rows) throws SQLException, IOException;
    }

    /**
     * Runs a statement.
     *
     * @param use gets its rows, if it has any
     */
    void run(String sql, Use use) throws SQLException, IOException {
        display.prepare();
        long start = System.nanoTime();
        try (ProgressLine progress = new ProgressLine(database, err, Terminals.isError());
                ResultSet rows = database.execute(sql, progress)) {
            progress.close();
            if (rows != null) {
                use.rows(rows);
            }
        } catch (InterruptedIOException e) {
            throw new SQLTimeoutException("cancelled", e);
        } catch (SQLException e) {
            throw database.cancelled() ? new SQLTimeoutException("cancelled", e) : FailureReason.of(database, sql, e);
        } finally {
            out.flush();
        }
        warn(database.takeDamage());
        if (timing) {
            err.printf("Time: %.3f s%n", (System.nanoTime() - start) / 1e9);
        }
    }

    /** Runs statements one after the other; the first error ends it, with the line in {@link ScriptException}. */
    public void run(SqlScript script) throws ScriptException, IOException {
        for (SqlScript.Statement statement : script.all()) {
            try {
                answer(statement.sql());
            } catch (SQLException e) {
                throw new ScriptException(statement.line(), e);
            }
        }
    }

    /** What may fail without ending the session. */
    @FunctionalInterface
    interface Step {
        boolean run() throws SQLException, IOException;
    }

    /** Runs a step; returns what it does, true where it failed, after saying why. */
    boolean survives(Step step) throws IOException {
        database.begin();
        try {
            return step.run();
        } catch (ClosedPipeException e) {
            throw e;
        } catch (SQLTimeoutException e) {
            error("cancelled");
        } catch (SQLException | IOException e) {
            error(e.getMessage() == null ? e.toString() : e.getMessage());
        } catch (RuntimeException e) {
            error("this is a defect of tcpsnap, please report it: " + e);
        } finally {
            out.flush();
        }
        return true;
    }

    /** Says what went wrong, behind the results so far. */
    void error(String message) throws IOException {
        out.flush();
        err.println(Visible.lines(message));
        err.flush();
    }

    /** Gives a value to the SQL variable of a query's parameter. */
    public void set(String name, String value) throws SQLException, IOException {
        String literal = NUMBER.matcher(value).matches() ? value : "'" + value.replace("'", "''") + "'";
        run("SET VARIABLE \"" + name.replace("\"", "\"\"") + "\" = " + literal);
    }

    /**
     * Runs a file of the query library.
     *
     * @param values by parameter; the others keep their default
     */
    public void run(Query query, Map<String, String> values) throws ScriptException, SQLException, IOException {
        for (Query.Parameter parameter : query.parameters()) {
            set(parameter.name(), values.getOrDefault(parameter.name(), parameter.value()));
        }
        run(SqlScript.parse(query.sql()));
    }

    private void warn(List<Damage> damage) {
        damage.stream().limit(WARNINGS).forEach(one -> err.println("warning: " + one));
        if (damage.size() > WARNINGS) {
            err.println("warning: and " + (damage.size() - WARNINGS) + " more; 'tcpsnap verify' lists all");
        }
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }
}
