package io.tcpsnap.complete;

import io.tcpsnap.sql.SqlTokenizer.Kind;
import io.tcpsnap.sql.SqlTokenizer.Token;
import java.util.Locale;
import java.util.Set;

/**
 * A token that is neither blank nor comment.
 *
 * @param depth how many parentheses are open around it; one that opens or closes counts as outside
 */
record Word(Kind kind, String text, int start, int end, int depth) {
    static Word of(Token token, String sql, int depth) {
        return new Word(token.kind(), sql.substring(token.start(), token.end()), token.start(), token.end(), depth);
    }

    boolean is(String other) {
        return (kind == Kind.WORD || kind == Kind.OTHER) && text.equalsIgnoreCase(other);
    }

    boolean isAnyOf(Set<String> words) {
        return kind == Kind.WORD && words.contains(text.toLowerCase(Locale.ROOT));
    }

    /** Whether it may name something. */
    boolean isName() {
        return kind == Kind.WORD || kind == Kind.NAME;
    }

    /** What it names, without quotes. */
    String name() {
        return kind == Kind.NAME ? text.replaceAll("^\"|\"$", "").replace("\"\"", "\"") : text;
    }
}
