package io.tcpsnap.shell;

import io.tcpsnap.cache.Cache;
import io.tcpsnap.complete.Known;
import io.tcpsnap.duckdb.Database;
import io.tcpsnap.output.Style;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;

/** The interactive shell: reads SQL and dot commands, runs them, and stays whatever happens to them. */
public final class Shell {
    static final String PROMPT = "tcpsnap> ";

    /** What a statement or command may do that completion must hear of. */
    private static final Pattern CHANGES = Pattern.compile(
            "(?is).*(?:\\b(?:create|drop|alter|attach|detach|use|import|rollback)\\b|\\.(?:open|read)\\b).*");

    private final Session session;
    private final DotCommands commands;
    private final Known known;
    private final LineReaderImpl reader;
    private final Script script;

    private Shell(Session session, Known known, Terminal terminal) {
        this.commands = new DotCommands(session);
        this.session = session;
        this.known = known;
        this.script = new Script(session, commands);
        this.reader = Readers.build(terminal, known, commands, session.editing());
        // also between a statement and the next prompt, where a second Ctrl-C would end the program
        terminal.handle(Terminal.Signal.INT, signal -> session.database().cancel());
    }

    /**
     * How the shell is to run.
     *
     * @param unsafe whether SQL may reach other files, the network and extensions
     * @param cache null for none
     * @param note hears why the cache cannot be written
     * @param config the configuration file, null for none
     * @param configNeeded whether it must exist
     * @param text what to run instead of asking, null to ask
     * @param origin name of the text for messages, null where it says one itself
     */
    public record Plan(
            List<String> archives,
            boolean unsafe,
            Cache cache,
            Consumer<String> note,
            Path config,
            boolean configNeeded,
            String text,
            String origin) {
        private Database open() throws IOException, SQLException {
            Database opened = Database.open(archives, cache, note);
            return unsafe ? opened : opened.lock();
        }

        private void configure(DotCommands commands) throws Config.WrongException, IOException {
            if (config != null) {
                Config.apply(config, configNeeded, commands);
            }
        }
    }

    /**
     * Runs the shell on this process's terminal, or, where standard input is none, the statements that come from there.
     *
     * @return exit code of the process
     * @throws Config.WrongException where the configuration file is wrong
     */
    public static int run(Plan plan) throws IOException, SQLException, Config.WrongException {
        try {
            if (plan.text() != null || !Terminals.isInput()) {
                try (Session session = session(plan, Terminals::style)) {
                    PlainShell shell = new PlainShell(session);
                    plan.configure(shell.commands());
                    return plan.text() == null
                            ? shell.piped()
                            : shell.run(new BufferedReader(new StringReader(plan.text())), plan.origin());
                }
            }
            prompting(plan);
        } catch (ClosedPipeException e) {
            // nobody reads: as good as an end
        }
        return 0;
    }

    private static void prompting(Plan plan) throws IOException, SQLException, Config.WrongException {
        if (Terminals.isDumb()) {
            try (Session session = session(plan, Terminals::style)) {
                PlainShell shell = new PlainShell(session);
                plan.configure(shell.commands());
                banner(session);
                shell.prompting();
            }
            return;
        }
        try (Terminal terminal = Readers.terminal();
                Session session = session(plan, () -> style(terminal));
                Known known = new Known(session.database())) {
            Shell shell = new Shell(session, known, terminal);
            plan.configure(shell.commands);
            banner(session);
            shell.loop();
        }
    }

    private static Session session(Plan plan, Supplier<Style> style) throws IOException, SQLException {
        return new Session(plan.open(), Output.standard(), System.err, style).keeping();
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
                String prompt = session.prompt(PROMPT);
                Readers.prepare(reader, session.editing(), prompt);
                session.database().begin();
                String text = reader.readLine(
                        prompt, null, (Character) null, session.editing().takeNext());
                if (Thread.interrupted() || session.database().cancelled()) { // Ctrl-C came as the line was taken
                    session.error("cancelled");
                    continue;
                }
                session.editing().ran(text);
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
