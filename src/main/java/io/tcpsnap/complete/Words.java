package io.tcpsnap.complete;

import io.tcpsnap.sql.SqlTokenizer;
import io.tcpsnap.sql.SqlTokenizer.Kind;
import io.tcpsnap.sql.SqlTokenizer.Token;
import java.util.ArrayList;
import java.util.List;

/**
 * The words of the statement around the cursor.
 *
 * @param all without the one being typed
 * @param at how many of them stand before the cursor
 * @param typed the word being typed, null where the cursor is in none
 * @param closed whether nothing can be typed here: in a comment, in a number, behind a whole string
 */
record Words(List<Word> all, int at, Word typed, boolean closed) {
    static Words of(String text, int cursor) {
        List<Word> all = new ArrayList<>();
        Word typed = null;
        boolean closed = false;
        int at = -1;
        int depth = 0;
        for (Token token : SqlTokenizer.tokens(text)) {
            if (at < 0 && token.start() >= cursor) {
                at = all.size();
            }
            if (token.kind() == Kind.SEMICOLON) {
                if (at >= 0) {
                    break;
                }
                all.clear();
                depth = 0;
                continue;
            }
            boolean inside = token.start() < cursor && cursor <= token.end();
            if (token.kind() == Kind.BLANK || token.kind() == Kind.COMMENT) {
                closed |= token.kind() == Kind.COMMENT && inside;
                continue;
            }
            Word word = Word.of(token, text, depth);
            if (word.is("(") || word.is("[")) {
                depth++;
            } else if (word.is(")") || word.is("]")) {
                depth = Math.max(0, depth - 1);
                word = Word.of(token, text, depth);
            }
            if (inside && (word.isName() || isOpen(token, cursor))) {
                typed = word;
                at = all.size();
            } else {
                closed |= inside && (token.kind() == Kind.NUMBER || token.kind() == Kind.STRING);
                all.add(word);
            }
        }
        return new Words(all, at < 0 ? all.size() : at, typed, closed);
    }

    /** Whether the cursor is within the quotes of a string. */
    private static boolean isOpen(Token token, int cursor) {
        return token.kind() == Kind.STRING
                && (cursor < token.end() || !token.open().isEmpty());
    }

    /** The word {@code back} words before the cursor, 1 for the one before it; null where there is none. */
    Word before(int back) {
        return at - back < 0 ? null : all.get(at - back);
    }

    /** How many parentheses are open at the cursor. */
    int depth() {
        Word last = before(1);
        if (last == null) {
            return 0;
        }
        return last.is("(") || last.is("[") ? last.depth() + 1 : last.depth();
    }
}
