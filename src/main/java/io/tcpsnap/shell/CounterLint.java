package io.tcpsnap.shell;

import io.tcpsnap.duckdb.Meaning;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds {@code sum} and {@code avg} over a running total that a table has once for each tick: the answer means nothing. */
final class CounterLint {
    private static final Pattern CALL = Pattern.compile(
            "\\b(sum|avg|mean|fsum|kahan_sum)\\s*\\(\\s*(?:\\w+\\s*\\.\\s*)?\"?(\\w+)\"?\\s*\\)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern TEXT = Pattern.compile("'(?:[^']|'')*'|--[^\\n]*|/\\*(?s:.)*?\\*/");
    /** Totals of one tick may be added up. */
    private static final Pattern BY_TICK =
            Pattern.compile("\\bgroup\\s+by\\b[^;]*\\b(?:ts|snapshot_id|all)\\b", Pattern.CASE_INSENSITIVE);

    private CounterLint() {}

    /** What is wrong, null where nothing is. */
    static String check(String sql, Set<String> relations) {
        String plain = TEXT.matcher(sql).replaceAll(" ");
        if (BY_TICK.matcher(plain).find()) {
            return null;
        }
        Matcher call = CALL.matcher(plain);
        while (call.find()) {
            for (String relation : relations) {
                Meaning meaning = Meaning.of(relation, call.group(2));
                if (meaning != null && meaning.cumulative()) {
                    return advice(call.group(1), call.group(2), relation);
                }
            }
        }
        return null;
    }

    private static String advice(String function, String column, String relation) {
        String does = function.toLowerCase(java.util.Locale.ROOT).startsWith("s") ? "adds up" : "averages";
        String rates = switch (relation) {
            case "net_dev" -> "net_dev_rate";
            case "counter" -> "counter_rate";
            case "softnet" -> "softnet_rate";
            case "mptcp_info" -> null;
            default -> "connection_rate";
        };
        return column + " of " + relation + " is a running total, and " + function + "() " + does
                + " its value at every tick; its growth is max(" + column + ") - min(" + column + ")"
                + (rates == null ? "" : ", or " + column + "_delta of " + rates);
    }
}
