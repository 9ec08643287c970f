package io.tcpsnap.shell;

import java.util.List;

/** Puts lines together to dot commands, which are one line each, and SQL statements, which end with a semicolon. */
final class Assembler {
    /**
     * A dot command, or SQL with one statement or more.
     *
     * @param line where it begins, from 1
     */
    record Piece(String text, int line, boolean command) {}

    private final StringBuilder sql = new StringBuilder();
    private int line;
    private int start = 1;
    private String open = "";

    /** Takes the next line, without its end; returns what is whole with it, or null. */
    Piece add(String next) {
        line++;
        if (sql.isEmpty()) {
            start = line;
            if (DotCommands.isCommand(next)) {
                return new Piece(next.strip(), line, true);
            }
        }
        sql.append(next).append('\n');
        // only a semicolon ends SQL, and only the end of a comment makes it blank again
        boolean mayEnd = next.indexOf(';') >= 0 || open.isEmpty() || open.equals("*/");
        if (mayEnd) {
            open = SqlScript.parse(sql.toString()).open();
        }
        return open.isEmpty() ? rest() : null;
    }

    /** What is there, whole or not: the last statement of a script need not end with a semicolon. */
    Piece rest() {
        Piece piece = new Piece(sql.toString(), start, false);
        drop();
        return piece;
    }

    /** Forgets what is there. */
    void drop() {
        sql.setLength(0);
        open = "";
    }

    /** What is missing to end what is there, as {@link SqlScript#open}. */
    String open() {
        return open;
    }

    /** What is missing to end a text. */
    static String openAtEnd(String text) {
        Assembler assembler = new Assembler();
        for (String next : List.of(text.split("\n", -1))) {
            assembler.add(next);
        }
        return assembler.open();
    }
}
