package io.tcpsnap.shell;

import io.tcpsnap.output.OutputFormat;
import io.tcpsnap.shell.DotCommand.Completes;
import io.tcpsnap.sql.EditDistance;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The commands that begin with a dot. */
final class DotCommands {
    /** What people type who come from other shells, in a line of its own. */
    private static final Set<String> BARE = Set.of("quit", "exit", "help");

    /** What reaches other files, or other programs: not for a script by a stranger, which SQL is locked for too. */
    private static final Set<String> REACHING = Set.of(".open", ".export", ".once", ".output", ".pager", ".edit");

    private static final int MAX_DEPTH = 20;

    private final Session session;
    private final List<DotCommand> all;
    private int depth;

    DotCommands(Session session) {
        this.session = session;
        SchemaCommands schema = new SchemaCommands(session);
        LibraryCommands library = new LibraryCommands(session);
        List<String> modes =
                Arrays.stream(OutputFormat.values()).map(OutputFormat::label).toList();
        List<DotCommand> own = List.of(
                of(".tables", "", "List the tables, and what a row is.", Completes.NOTHING, schema::tables),
                of(".schema", "[TABLE]", "Show tables as SQL.", Completes.TABLE, schema::schema),
                of(".describe", "TABLE", "List columns, with unit and meaning.", Completes.TABLE, schema::describe),
                of(".queries", "", "List the questions of the library.", Completes.NOTHING, library::list),
                of(".run", "NAME [KEY=VALUE...]", "Run a query of the library.", Completes.QUERY, library::run),
                of(".open", "ARCHIVE...", "Open other archives.", Completes.FILE, this::open),
                of(".read", "FILE", "Run the statements and commands in a file.", Completes.FILE, this::read),
                new DotCommand(
                        ".mode",
                        "[MODE]",
                        "Choose how results are printed: table, csv, json, ...",
                        Completes.WORD,
                        modes,
                        name -> {
                            mode(name);
                            return true;
                        }),
                DotCommand.choice(".timing", "Say how long statements take.", List.of("on", "off"), this::timing),
                new DotCommand(".quit", "", "Leave; so does Ctrl-D.", Completes.NOTHING, List.of(), none -> false),
                new DotCommand(".exit", "", "Leave.", Completes.NOTHING, List.of(), none -> false));
        all = Stream.of(
                        new HelpCommands(session, this::all).all(),
                        own,
                        new PinCommands(session).all(),
                        new ResultCommands(session).all(),
                        new PlotCommands(session).all(),
                        new PlaybookCommands(session).all(),
                        session.editing().all())
                .flatMap(List::stream)
                .toList();
    }

    private static DotCommand of(
            String name, String arguments, String help, Completes completes, DotCommand.Step step) {
        return DotCommand.of(name, arguments, help, completes, step);
    }

    /** Whether a line that begins no SQL is a command. */
    static boolean isCommand(String line) {
        String text = line.strip();
        return text.startsWith(".") || text.startsWith("\\") || BARE.contains(text.replaceFirst(";$", ""));
    }

    List<DotCommand> all() {
        return all;
    }

    /** The command with this name, or null. */
    DotCommand find(String name) {
        return all.stream().filter(c -> c.name().equals(name)).findFirst().orElse(null);
    }

    /** Runs a line; false where the shell is to end. Throws SQLException for what the user got wrong, too. */
    boolean run(String line) throws SQLException, IOException {
        String text = line.strip().replaceFirst("\\s*;$", "");
        String[] words = (BARE.contains(text) ? "." + text : text).split("\\s+", 2);
        DotCommand command = find(words[0]);
        if (command == null) {
            throw new SQLException("unknown command " + words[0] + ": " + hint(words[0]) + ", .help lists all");
        }
        String argument = words.length > 1 ? words[1].strip() : "";
        if (command.arguments().isEmpty() && !argument.isEmpty()) {
            throw new SQLException(command.name() + " takes no argument");
        }
        if (depth > 0 && REACHING.contains(command.name()) && session.database().isLocked()) {
            throw new SQLException(command.name() + " is disabled in scripts: --unsafe lifts this");
        }
        return command.action().run(argument);
    }

    private String hint(String wrong) {
        if (wrong.startsWith("\\")) {
            return "commands begin with a dot";
        }
        return "did you mean "
                + all.stream()
                        .map(DotCommand::name)
                        .min(Comparator.comparingInt(name -> EditDistance.of(name, wrong)))
                        .orElseThrow()
                + "?";
    }

    private void open(String argument) throws SQLException, IOException {
        if (argument.isEmpty()) {
            throw new SQLException("say which archive: .open ARCHIVE");
        }
        try {
            session.database().openArchives(List.of(argument.split("\\s+", -1)));
        } catch (NoSuchFileException e) {
            throw new SQLException(e.getFile() + ": no such file or folder", e);
        } catch (InvalidPathException e) {
            throw new SQLException(e.getMessage(), e);
        }
        session.error(Banner.of(session.database().archives()));
    }

    private void read(String file) throws SQLException, IOException {
        if (file.isEmpty()) {
            throw new SQLException("say which file: .read FILE");
        }
        if (depth == MAX_DEPTH) {
            throw new SQLException(file + ": scripts read each other " + MAX_DEPTH + " deep");
        }
        depth++;
        try (BufferedReader lines = Files.newBufferedReader(Path.of(file))) {
            new Script(session, this).run(lines, file);
        } catch (NoSuchFileException e) {
            throw new SQLException(file + ": no such file", e);
        } catch (CharacterCodingException e) {
            throw new SQLException(file + ": is no UTF-8 text", e);
        } catch (FileSystemException | InvalidPathException e) {
            throw new SQLException(file + ": cannot be read: " + e.getClass().getSimpleName(), e);
        } finally {
            depth--;
        }
    }

    private void mode(String name) throws SQLException, IOException {
        if (name.isEmpty()) {
            session.out().println(".mode " + session.format().label());
            return;
        }
        OutputFormat format = OutputFormat.of(name);
        if (format == null) {
            throw new SQLException("no mode '" + name + "': there are " + OutputFormat.labels());
        }
        session.format(format);
    }

    private void timing(String word) throws SQLException, IOException {
        if (word.isEmpty()) {
            session.out().println(".timing " + (session.timing() ? "on" : "off"));
            return;
        }
        if (!word.equals("on") && !word.equals("off")) {
            throw new SQLException("write .timing on or .timing off");
        }
        session.timing(word.equals("on"));
    }
}
