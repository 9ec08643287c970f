package io.tcpsnap.shell;

import io.tcpsnap.output.OutputFormat;
import io.tcpsnap.output.Result;
import io.tcpsnap.shell.DotCommand.Completes;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The dot commands for results: how they are shown, and what to do with the last one. */
final class ResultCommands {
    private static final List<String> ON_OFF = List.of("on", "off");

    private final Session session;
    private final Display display;

    ResultCommands(Session session) {
        this.session = session;
        display = session.display();
    }

    List<DotCommand> all() {
        List<String> modes =
                Arrays.stream(OutputFormat.values()).map(OutputFormat::label).toList();
        return List.of(
                word(".last", "[MODE]", "Show the last result again; SQL has it as the table _.", modes, this::last),
                DotCommand.of(
                        ".export",
                        "FILE",
                        "Write the last result: csv, json, md, html, parquet and others.",
                        Completes.FILE,
                        this::export),
                DotCommand.of(
                        ".once", "FILE", "Write the next result into a file.", Completes.FILE, file -> to(file, true)),
                DotCommand.of(
                        ".output",
                        "[FILE|off]",
                        "Write results into a file from now on.",
                        Completes.FILE,
                        file -> to(file, false)),
                DotCommand.choice(".units", "Show values with units, or raw.", ON_OFF, this::units),
                word(
                        ".pager",
                        "[on|off|COMMAND]",
                        "Page what is longer or wider than the screen.",
                        ON_OFF,
                        this::pager),
                word(
                        ".time",
                        "[utc|host|relative|ZONE]",
                        "Show and read times in a zone, or relative to the start.",
                        List.of("utc", "host", "relative"),
                        this::time));
    }

    private static DotCommand word(
            String name, String arguments, String help, List<String> words, DotCommand.Step step) {
        return new DotCommand(name, arguments, help, Completes.WORD, words, argument -> {
            step.run(argument);
            return true;
        });
    }

    private void last(String mode) throws SQLException, IOException {
        OutputFormat format = mode.isEmpty() ? session.format() : OutputFormat.of(mode);
        if (format == null) {
            throw new SQLException("there are " + OutputFormat.labels());
        }
        display.last().makeTable();
        session.run("FROM " + LastResult.TABLE, rows -> display.showLast(rows, format));
        warn();
    }

    private void export(String file) throws SQLException, IOException {
        if (file.isEmpty()) {
            throw new SQLException("say where to: .export FILE.csv");
        }
        Path path = path(file);
        boolean parquet = file.toLowerCase(Locale.ROOT).endsWith(".parquet");
        OutputFormat format = session.format().forFile(file);
        if (format == null && !parquet) {
            throw new SQLException(
                    file + ": the name must end with .csv, .tsv, .json, .jsonl, .md, .html, .sql, .txt or .parquet");
        }
        display.last().makeTable();
        if (parquet) {
            writeParquet(path);
        } else {
            session.run("FROM " + LastResult.TABLE, rows -> write(new Result(rows), format, path));
        }
        int count = display.last().rows().count();
        session.error(count + (count == 1 ? " row" : " rows") + " written to " + file);
        warn();
    }

    private void write(Result result, OutputFormat format, Path file) throws SQLException, IOException {
        try {
            Redirection.write(result, format, file, session.database()::cancelled);
        } catch (FileSystemException e) {
            throw new SQLException(file + ": " + reason(e), e);
        }
    }

    private void writeParquet(Path file) throws SQLException, IOException {
        try {
            session.database().writeParquet(LastResult.TABLE, file);
        } catch (FileSystemException e) {
            throw new SQLException(file + ": " + reason(e), e);
        }
    }

    private static String reason(FileSystemException e) {
        return e instanceof NoSuchFileException
                ? "no such folder"
                : e.getClass().getSimpleName();
    }

    private static Path path(String file) throws SQLException {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw new SQLException(e.getMessage(), e);
        }
    }

    private void to(String file, boolean once) throws SQLException, IOException {
        if (file.isEmpty() && once) {
            throw new SQLException("say where to: .once FILE");
        } else if (file.isEmpty()) {
            session.out().println("results go to " + display.redirection());
        } else {
            display.redirection().to(file.equals("off") ? null : path(file), once);
        }
    }

    private void units(String word) throws SQLException, IOException {
        if (word.isEmpty()) {
            session.out().println(".units " + (display.units() ? "on" : "off"));
        } else if (ON_OFF.contains(word)) {
            display.units(word.equals("on"));
        } else {
            throw new SQLException("write .units on or .units off");
        }
    }

    private void pager(String word) throws IOException {
        if (word.isEmpty()) {
            session.out().println(".pager " + display.pager());
        } else {
            display.pager().choose(word);
        }
    }

    private void time(String word) throws SQLException, IOException {
        if (word.isEmpty()) {
            session.out().println(".time " + display.time());
            return;
        }
        display.time().choose(word);
        if (word.equals("host")) {
            session.error("archives do not say their host's zone: this is this machine's, "
                    + display.time().zone() + "; '.time ZONE' chooses another");
        }
    }

    private void warn() throws IOException {
        if (display.last().missing() != null) {
            session.error("note: " + display.last().missing());
        }
    }
}
