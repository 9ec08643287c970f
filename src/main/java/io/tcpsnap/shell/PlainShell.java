package io.tcpsnap.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import org.jline.utils.Signals;

/** The shell without an editable line: on a terminal that can do nothing, and where standard input is none. */
final class PlainShell {
    static final int FAILED = 1;
    static final int INTERRUPTED = 130;

    private final Session session;
    private final DotCommands commands;
    private final Script script;
    private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    private volatile boolean drop;

    PlainShell(Session session) {
        this.session = session;
        this.commands = new DotCommands(session);
        this.script = new Script(session, commands);
    }

    DotCommands commands() {
        return commands;
    }

    /** Runs what comes from a pipe; returns the exit code, which is that of the first failure. */
    int piped() throws IOException {
        return run(in, "standard input");
    }

    /** Runs a script; returns the exit code, which is that of the first failure. */
    int run(BufferedReader lines, String origin) throws IOException {
        try {
            script.run(lines, origin);
            session.out().flush();
            return 0;
        } catch (SQLException e) {
            session.error("tcpsnap: " + e.getMessage());
            return e instanceof SQLTimeoutException ? INTERRUPTED : FAILED;
        }
    }

    /** Asks on a terminal, line by line, and stays whatever happens. */
    void prompting() throws IOException {
        Signals.register("INT", this::interrupted);
        Assembler assembler = new Assembler();
        boolean go = true;
        while (go) {
            prompt(assembler.open());
            String line = in.readLine();
            if (drop) {
                assembler.drop();
                drop = false;
            }
            Assembler.Piece piece = line == null ? assembler.rest() : assembler.add(line);
            go = (piece == null || session.survives(() -> script.run(piece, null))) && line != null;
        }
    }

    private void prompt(String open) throws IOException {
        String text = open.isEmpty()
                ? session.prompt(Shell.PROMPT)
                : " ".repeat(Math.max(0, Shell.PROMPT.length() - 2 - open.length())) + open + "> ";
        session.out().append(text).flush();
    }

    /** Ctrl-C: ends the statement that runs, and what was typed of the next. */
    private void interrupted() {
        drop = true;
        session.database().cancel();
        System.err.println();
    }
}
