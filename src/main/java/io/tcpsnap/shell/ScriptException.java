package io.tcpsnap.shell;

import java.sql.SQLException;

/** A statement of a script failed. */
public final class ScriptException extends Exception {
    private static final long serialVersionUID = 1;

    private final int line;

    ScriptException(int line, SQLException cause) {
        super(cause.getMessage(), cause);
        this.line = line;
    }

    /** Line of the statement's first word in the script, from 1. */
    public int line() {
        return line;
    }

    /** Whether the statement was cancelled, not wrong. */
    public boolean cancelled() {
        return getCause() instanceof java.sql.SQLTimeoutException;
    }
}
