package io.tcpsnap.shell;

import io.tcpsnap.duckdb.Meaning;
import io.tcpsnap.sql.SqlKeywords;
import io.tcpsnap.sql.SqlTokenizer;
import io.tcpsnap.sql.SqlTokenizer.Kind;
import io.tcpsnap.sql.SqlTokenizer.Token;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The units of a result's columns: a column of a table, or its maximum and the like, has the unit that the table declares.
 * What a statement names itself has none, since it may be any expression; in doubt there is no unit, and the value is shown
 * as it is.
 */
final class DeclaredUnits {
    /** As DuckDB labels them: what is of the same unit as what goes in. */
    private static final Pattern SAME_UNIT = Pattern.compile(
            "\"?(?:max|min|avg|mean|median|any_value|first|last|sum|arg_max|arg_min|mode|quantile_cont|quantile_disc)\"?"
                    + "\\((?:\\w+\\.)?(\\w+)(?:, [^()]*)?\\)",
            Pattern.CASE_INSENSITIVE);
    /** With these, a label may stand above values of several columns. */
    private static final Set<String> MIXING = Set.of("union", "intersect", "except", "columns", "pivot", "unpivot");

    private final Set<String> relations;
    private final Set<String> aliases = new HashSet<>();
    private boolean mixed;

    /** @param relations the tables and views that the statement names */
    DeclaredUnits(String sql, Set<String> relations) {
        this.relations = relations;
        readAliases(sql);
    }

    /** The unit of a column of the result, null where it is not sure. */
    String unit(String label) {
        Matcher call = SAME_UNIT.matcher(label);
        String column = (call.matches() ? call.group(1) : label).toLowerCase(Locale.ROOT);
        if (mixed || aliases.contains(column) || aliases.contains(label.toLowerCase(Locale.ROOT))) {
            return null;
        }
        String unit = null;
        for (String relation : relations) {
            Meaning meaning = Meaning.of(relation, column);
            // of a running total every digit counts: its growth is what one looks for
            if (meaning != null && (meaning.cumulative() || unit != null && !unit.equals(meaning.unit()))) {
                return null;
            }
            unit = meaning == null ? unit : meaning.unit();
        }
        return unit == null || unit.isEmpty() ? null : unit;
    }

    /**
     * Finds {@code x AS name}, {@code x name}, {@code name: x}, and the names in {@code t(name, ...)} behind a subquery or
     * in front of AS.
     */
    private void readAliases(String sql) {
        List<Token> tokens = SqlTokenizer.tokens(sql).stream()
                .filter(token -> token.kind() != Kind.BLANK && token.kind() != Kind.COMMENT)
                .toList();
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = 0; i < tokens.size(); i++) {
            String word = word(sql, tokens, i);
            mixed |= MIXING.contains(word);
            if (isName(tokens, i)) {
                boolean behind = i > 0 && endsOperand(sql, tokens, i - 1);
                boolean prefix = word(sql, tokens, i + 1).equals(":")
                        && !word(sql, tokens, i + 2).equals(":");
                if (behind || prefix || word(sql, tokens, i - 1).equals("as")) {
                    aliases.add(word);
                }
            } else if (word.equals("(")) {
                open.push(i);
            } else if (word.equals(")") && !open.isEmpty()) {
                int from = open.pop();
                boolean named = from > 1
                        && isName(tokens, from - 1)
                        && (word(sql, tokens, from - 2).equals(")")
                                || word(sql, tokens, from - 2).equals("as")
                                || word(sql, tokens, i + 1).equals("as"));
                for (int k = from + 1; named && k < i; k++) {
                    aliases.add(word(sql, tokens, k));
                }
            }
        }
    }

    private static boolean isName(List<Token> tokens, int i) {
        return tokens.get(i).kind() == Kind.WORD || tokens.get(i).kind() == Kind.NAME;
    }

    /** Whether a value may end with a token, so that a name behind it is its alias. */
    private static boolean endsOperand(String sql, List<Token> tokens, int i) {
        Token token = tokens.get(i);
        return switch (token.kind()) {
            case NAME, NUMBER, STRING -> true;
            case WORD ->
                !SqlKeywords.ALL.contains(word(sql, tokens, i))
                        || word(sql, tokens, i).equals("end");
            default -> word(sql, tokens, i).equals(")") || word(sql, tokens, i).equals("]");
        };
    }

    /** A token as it is compared: without quotes, in lower case; empty outside of the statement. */
    private static String word(String sql, List<Token> tokens, int i) {
        if (i < 0 || i >= tokens.size()) {
            return "";
        }
        String text = sql.substring(tokens.get(i).start(), tokens.get(i).end());
        boolean quoted = tokens.get(i).kind() == Kind.NAME && text.length() > 1;
        return (quoted ? text.substring(1, text.length() - 1) : text).toLowerCase(Locale.ROOT);
    }
}
