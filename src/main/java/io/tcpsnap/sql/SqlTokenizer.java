package io.tcpsnap.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits SQL into tokens as DuckDB does: strings, quoted names, dollar-quoted strings, comments (nested ones too),
 * numbers, words. Any text has tokens: an unfinished one reaches to the end.
 */
public final class SqlTokenizer {
    public enum Kind {
        BLANK,
        COMMENT,
        STRING,
        NAME,
        NUMBER,
        WORD,
        SEMICOLON,
        OTHER
    }

    /**
     * A token.
     *
     * @param open what it lacks at its end, empty where it is whole
     */
    public record Token(Kind kind, int start, int end, String open) {}

    private final String text;
    private int at;
    private String open;

    private SqlTokenizer(String text) {
        this.text = text;
    }

    public static List<Token> tokens(String text) {
        SqlTokenizer tokenizer = new SqlTokenizer(text);
        List<Token> tokens = new ArrayList<>();
        while (tokenizer.at < text.length()) {
            int start = tokenizer.at;
            tokenizer.open = "";
            Kind kind = tokenizer.next();
            tokens.add(new Token(kind, start, tokenizer.at, tokenizer.open));
        }
        return tokens;
    }

    private Kind next() {
        char c = text.charAt(at);
        if (isBlank(c)) {
            skipWhile(SqlTokenizer::isBlank);
            return Kind.BLANK;
        }
        if (text.startsWith("--", at)) {
            skipWhile(ch -> ch != '\n' && ch != '\r');
            return Kind.COMMENT;
        }
        if (text.startsWith("/*", at)) {
            return blockComment();
        }
        if (c == '\'' || c == '"') {
            return quoted(c, false);
        }
        if ((c == 'e' || c == 'E') && text.startsWith("'", at + 1)) {
            at++;
            return quoted('\'', true);
        }
        if (c == '$') {
            return dollar();
        }
        if (Character.isDigit(c)) {
            skipWhile(ch -> Character.isLetterOrDigit(ch) || ch == '.' || ch == '_');
            return Kind.NUMBER;
        }
        if (Character.isLetter(c) || c == '_') {
            skipWhile(SqlTokenizer::isWord);
            return Kind.WORD;
        }
        at++;
        return c == ';' ? Kind.SEMICOLON : Kind.OTHER;
    }

    /** Also the blanks that do not break, which come with text copied from web pages: DuckDB takes them as blanks. */
    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }

    private interface CharTest {
        boolean test(char c);
    }

    private void skipWhile(CharTest test) {
        while (at < text.length() && test.test(text.charAt(at))) {
            at++;
        }
    }

    private Kind blockComment() {
        int depth = 0;
        do {
            if (text.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (text.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < text.length());
        open = depth > 0 ? "*/" : "";
        return Kind.COMMENT;
    }

    private Kind quoted(char quote, boolean escapes) {
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '\\' && escapes && at < text.length()) {
                at++;
            } else if (c == quote) {
                if (at < text.length() && text.charAt(at) == quote) {
                    at++;
                } else {
                    return quote == '"' ? Kind.NAME : Kind.STRING;
                }
            }
        }
        open = String.valueOf(quote);
        return quote == '"' ? Kind.NAME : Kind.STRING;
    }

    /** {@code $tag$ ... $tag$}, or a parameter {@code $1}, {@code $name}. */
    private Kind dollar() {
        int end = at + 1;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        boolean tag = end < text.length()
                && text.charAt(end) == '$'
                && (end == at + 1 || !Character.isDigit(text.charAt(at + 1)));
        if (!tag) {
            at = Math.max(end, at + 1);
            return Kind.OTHER;
        }
        String delimiter = text.substring(at, end + 1);
        int close = text.indexOf(delimiter, end + 1);
        at = close < 0 ? text.length() : close + delimiter.length();
        open = close < 0 ? delimiter : "";
        return Kind.STRING;
    }
}
