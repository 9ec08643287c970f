package io.tcpsnap.shell;

import io.tcpsnap.duckdb.Database;
import io.tcpsnap.output.Style;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.List;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;

/** The interactive shell: reads SQL and dot commands, runs them, and stays whatever happens to them. */
public final class Shell {
    private final Session session;
    private final Terminal terminal;
    private final LineReader reader;
    private final DotCommands commands;

    private Shell(Session session, Terminal terminal) {
        this.session = session;
        this.terminal = terminal;
        this.commands = new DotCommands(session);
        this.reader = Readers.build(terminal, session.database(), commands);
    }

    /**
     * Runs the shell on this process's terminal, or, where standard input is none, the statements that come from there.
     *
     * @return exit code of the process
     */
    public static int run(List<String> archives) throws IOException, SQLException {
        boolean dumb = "dumb".equals(System.getenv("TERM"));
        if (!Terminals.isInput() || dumb) {
            try (Session session = session(archives, Terminals.style())) {
                return piped(session);
            }
        }
        try (Session session = session(archives, Terminals.style());
                Terminal terminal = Readers.terminal()) {
            new Shell(session, terminal).loop();
            return 0;
        }
    }

    private static Session session(List<String> archives, Style style) throws IOException, SQLException {
        PrintStream out = new PrintStream(System.out, false, Terminals.charset());
        return new Session(Database.open(archives), out, System.err, style);
    }

    private static int piped(Session session) throws IOException {
        String text = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        DotCommands commands = new DotCommands(session);
        try {
            return commands.runScript(text, "standard input") ? 0 : 1;
        } finally {
            session.out().flush();
        }
    }

    private void loop() {
        session.out().println(Banner.of(session.database().archives()));
        session.out().flush();
        boolean go = true;
        while (go) {
            try {
                String text = reader.readLine("tcpsnap> ");
                go = accept(text);
            } catch (UserInterruptException e) {
                // Ctrl-C drops the line
            } catch (EndOfFileException e) {
                go = false;
            }
        }
    }

    /** Runs what was typed or pasted; false when the shell is to end. */
    private boolean accept(String text) {
        Terminal.SignalHandler before = terminal.handle(
                Terminal.Signal.INT, signal -> session.database().cancel());
        try {
            if (DotCommands.isCommand(text)) {
                return commands.run(text.strip());
            }
            for (SqlScript.Statement statement : SqlScript.parse(text).all()) {
                session.run(statement.sql());
            }
        } catch (SQLTimeoutException e) {
            error("cancelled");
        } catch (SQLException | IOException e) {
            error(e.getMessage());
        } finally {
            terminal.handle(Terminal.Signal.INT, before);
            session.out().flush();
        }
        return true;
    }

    private void error(String message) {
        session.out().flush();
        System.err.println(message);
        System.err.flush();
    }
}
