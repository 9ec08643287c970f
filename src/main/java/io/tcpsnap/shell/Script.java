package io.tcpsnap.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;

/** Runs lines of dot commands and SQL as they come: from a file, from a pipe, or from what was pasted. */
final class Script {
    private final Session session;
    private final DotCommands commands;

    Script(Session session, DotCommands commands) {
        this.session = session;
        this.commands = commands;
    }

    /**
     * Runs all lines, up to the first error.
     *
     * @param origin name of the script for messages, null where it needs none
     * @return false where a command asked to leave
     * @throws SQLException where a statement or command failed; the message says in which line
     */
    boolean run(BufferedReader lines, String origin) throws SQLException, IOException {
        Assembler assembler = new Assembler();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Assembler.Piece piece = assembler.add(line);
            if (piece != null && !run(piece, origin)) {
                return false;
            }
        }
        return run(assembler.rest(), origin);
    }

    /** Runs one piece of a script; as {@link #run(BufferedReader, String)}. */
    boolean run(Assembler.Piece piece, String origin) throws SQLException, IOException {
        try {
            if (piece.command()) {
                return commands.run(piece.text());
            }
            session.run(SqlScript.parse(piece.text()));
            return true;
        } catch (ScriptException e) {
            throw failure(place(origin, piece.line() + e.line() - 1), e, e.cancelled());
        } catch (SQLException e) {
            throw failure(place(origin, piece.line()), e, e instanceof SQLTimeoutException);
        }
    }

    private static String place(String origin, int line) {
        return origin == null ? "" : origin + ":" + line + ": ";
    }

    private static SQLException failure(String place, Exception e, boolean cancelled) {
        return cancelled
                ? new SQLTimeoutException(place + e.getMessage(), e)
                : new SQLException(place + e.getMessage(), e);
    }
}
