package io.tcpsnap.shell;

import io.tcpsnap.sql.SqlTokenizer;
import io.tcpsnap.sql.SqlTokenizer.Kind;
import io.tcpsnap.sql.SqlTokenizer.Token;
import java.util.ArrayList;
import java.util.List;

/**
 * A text of SQL statements, split at semicolons.
 *
 * @param statements those that end with a semicolon, without it; none is blank
 * @param rest what stands behind the last semicolon; blank where nothing but comments does
 * @param open what is missing to end the rest: a quote, {@code *}{@code /}, or a semicolon; empty where the rest is blank
 */
public record SqlScript(List<Statement> statements, Statement rest, String open) {
    /**
     * One statement.
     *
     * @param line line of its first word, from 1
     */
    public record Statement(String sql, int line) {
        public boolean isBlank() {
            return sql.isBlank();
        }
    }

    public static SqlScript parse(String text) {
        List<Statement> statements = new ArrayList<>();
        int start = -1;
        int line = 1;
        int startLine = 0;
        String open = "";
        for (Token token : SqlTokenizer.tokens(text)) {
            open = token.open();
            if (token.kind() == Kind.SEMICOLON) {
                if (start >= 0) {
                    statements.add(statement(text, start, token.start(), startLine));
                }
                start = -1;
            } else if (start < 0 && (token.kind() != Kind.BLANK && token.kind() != Kind.COMMENT)) {
                start = token.start();
                startLine = line;
            }
            line += lineFeeds(text, token);
        }
        Statement rest = start < 0 ? new Statement("", 0) : statement(text, start, text.length(), startLine);
        if (open.isEmpty() && start >= 0) {
            open = ";";
        }
        return new SqlScript(List.copyOf(statements), rest, open);
    }

    private static int lineFeeds(String text, Token token) {
        int count = 0;
        for (int i = token.start(); i < token.end(); i++) {
            count += text.charAt(i) == '\n' ? 1 : 0;
        }
        return count;
    }

    /** All statements; the last one need not end with a semicolon. */
    public List<Statement> all() {
        if (rest.isBlank()) {
            return statements;
        }
        List<Statement> all = new ArrayList<>(statements);
        all.add(rest);
        return all;
    }

    private static Statement statement(String text, int start, int end, int line) {
        return new Statement(text.substring(start, end).strip(), line);
    }
}
