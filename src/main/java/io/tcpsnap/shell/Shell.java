package io.tcpsnap.shell;

import io.tcpsnap.cache.Cache;
import io.tcpsnap.complete.Known;
import io.tcpsnap.duckdb.Database;
import io.tcpsnap.output.Style;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;

/** The interactive shell: reads SQL and dot commands, runs them, and stays whatever happens to them. */
public final class Shell {
    static final String PROMPT = "tcpsnap> ";

    /** Opens the archives, once there is a terminal. */
    @FunctionalInterface
    private interface Opening {
        Database open() throws IOException, SQLException;
    }

    /** What a statement or command may do that completion must hear of. */
    private static final Pattern CHANGES = Pattern.compile(
            "(?is).*(?:\\b(?:create|drop|alter|attach|detach|use|import|rollback)\\b|\\.(?:open|read)\\b).*");

    private final Session session;
    private final Known known;
    private final LineReader reader;
    private final Script script;

    private Shell(Session session, Known known, Terminal terminal) {
        DotCommands commands = new DotCommands(session);
        this.session = session;
        this.known = known;
        this.script = new Script(session, commands);
        this.reader = Readers.build(terminal, known, commands);
        // also between a statement and the next prompt, where a second Ctrl-C would end the program
        terminal.handle(Terminal.Signal.INT, signal -> session.database().cancel());
    }

    /**
     * Runs the shell on this process's terminal, or, where standard input is none, the statements that come from there.
     *
     * @param unsafe whether SQL may reach other files, the network and extensions
     * @param cache null for none
     * @param note hears why the cache cannot be written
     * @return exit code of the process
     */
    public static int run(List<String> archives, boolean unsafe, Cache cache, Consumer<String> note)
            throws IOException, SQLException {
        Opening database = () -> {
            Database opened = Database.open(archives, cache, note);
            return unsafe ? opened : opened.lock();
        };
        try {
            if (!Terminals.isInput()) {
                try (Session session = session(database, Terminals::style)) {
                    return new PlainShell(session).piped();
                }
            }
            prompting(database);
        } catch (ClosedPipeException e) {
            // nobody reads: as good as an end
        }
        return 0;
    }

    private static void prompting(Opening database) throws IOException, SQLException {
        if (Terminals.isDumb()) {
            try (Session session = session(database, Terminals::style)) {
                banner(session);
                new PlainShell(session).prompting();
            }
            return;
        }
        try (Terminal terminal = Readers.terminal();
                Session session = session(database, () -> style(terminal));
                Known known = new Known(session.database())) {
            banner(session);
            new Shell(session, known, terminal).loop();
        }
    }

    private static Session session(Opening database, Supplier<Style> style) throws IOException, SQLException {
        return new Session(database.open(), Output.standard(), System.err, style).keeping();
    }

    private static Style style(Terminal terminal) {
        return Terminals.isOutput()
                ? Terminals.style().sized(terminal.getWidth(), terminal.getHeight())
                : Terminals.style();
    }

    private static void banner(Session session) {
        session.interactive();
        System.err.println(Banner.of(session.database().archives()));
    }

    private void loop() throws IOException {
        boolean go = true;
        while (go) {
            try {
                String text = reader.readLine(session.prompt(PROMPT));
                go = session.survives(() -> script.run(new BufferedReader(new StringReader(text)), null));
                if (CHANGES.matcher(text).matches()) {
                    known.changed();
                }
            } catch (UserInterruptException e) {
                // Ctrl-C drops the line
            } catch (EndOfFileException e) {
                go = false;
            }
        }
    }
}
