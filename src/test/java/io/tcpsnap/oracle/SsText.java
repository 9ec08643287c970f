package io.tcpsnap.oracle;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads what {@code ss -tinmoe --tos --inet-sockopt} prints, one record from one or two lines: the socket, and after a tab its details.
 *
 * <p>Source: iproute2 6.1 misc/ss.c inet_show_sock(), tcp_stats_print().
 */
final class SsText {
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern SHUTDOWN = Pattern.compile("[<-]-[>-]");
    private static final Set<String> WORDS = Set.of("ts", "sack", "ecn", "ecnseen", "fastopen", "app_limited");
    private static final Set<String> VALUE_FOLLOWS = Set.of("send", "pacing_rate", "delivery_rate");
    private static final String SOCKOPT = "inet-sockopt";
    private static final String[] COLUMNS = {"State", "Recv-Q", "Send-Q", "Local", "Peer"};

    private SsText() {}

    static List<SsRecord> parse(String text) {
        List<SsRecord> records = new ArrayList<>();
        Map<String, String> values = null;
        for (String line : text.lines().toList()) {
            if (line.startsWith("State ")) {
                continue;
            }
            Iterator<String> words =
                    BLANKS.splitAsStream(line.strip()).filter(w -> !w.isEmpty()).iterator();
            if (!line.startsWith("\t") && words.hasNext()) {
                values = new LinkedHashMap<>();
                records.add(new SsRecord(values));
                for (String column : COLUMNS) {
                    values.put(column, words.next());
                }
            }
            while (words.hasNext()) {
                word(words.next(), words, values);
            }
        }
        return records;
    }

    private static void word(String word, Iterator<String> rest, Map<String, String> values) {
        int colon = word.indexOf(':');
        if (word.equals(SOCKOPT + ":")) {
            put(values, SOCKOPT, parenthesis(rest));
        } else if (SHUTDOWN.matcher(word).matches()) {
            put(values, "shutdown", word);
        } else if (VALUE_FOLLOWS.contains(word)) {
            put(values, word, rest.next());
        } else if (WORDS.contains(word)) {
            put(values, word, "");
        } else if (colon > 0) {
            put(values, word.substring(0, colon), word.substring(colon + 1));
        } else {
            // the name of the congestion control stands by itself; so would a word that this class has never heard of,
            // which then differs from the name that we decoded
            put(values, "cong", word);
        }
    }

    /** The words up to the closing parenthesis. */
    private static String parenthesis(Iterator<String> words) {
        StringBuilder text = new StringBuilder(words.next());
        while (text.charAt(text.length() - 1) != ')') {
            text.append(' ').append(words.next());
        }
        return text.toString();
    }

    private static void put(Map<String, String> values, String key, String value) {
        String old = values.putIfAbsent(key, value);
        if (old != null) {
            values.put(key, old + " and " + value);
        }
    }
}
