package io.tcpsnap.redact;

import java.nio.ByteOrder;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code ss/tcp}: what ss printed, word by word; words that nobody knows are left out, and so are sockets that are not TCP.
 * Where there is room, words stay in their columns.
 */
final class SsLines extends LineRedaction {
    private static final Pattern WORD = Pattern.compile("\\S+");
    private static final String USERS = "users:((";
    private static final Set<String> TITLES = Set.of(
            "Netid",
            "State",
            "Recv-Q",
            "Send-Q",
            "Local",
            "Peer",
            "Address:Port",
            "Address",
            "Port",
            "Address:PortProcess",
            "Process",
            "AddressPort");
    private static final Set<String> STATES = Set.of(
            "tcp",
            "ESTAB",
            "LISTEN",
            "UNCONN",
            "SYN-SENT",
            "SYN-RECV",
            "FIN-WAIT-1",
            "FIN-WAIT-2",
            "TIME-WAIT",
            "CLOSE-WAIT",
            "LAST-ACK",
            "CLOSING");
    private static final Pattern INTEGER = Pattern.compile("-?\\d{1,20}");

    private final TextEndpoint endpoints;
    private final SsWord words;
    private final Account account;
    /** Whether lines that follow may belong to a socket of TCP. */
    private boolean inside;

    SsLines(Renaming renaming, Account account) {
        super(account);
        this.account = account;
        this.endpoints = new TextEndpoint(renaming);
        this.words = new SsWord(renaming);
    }

    @Override
    void begin(ByteOrder order) {
        inside = false;
    }

    @Override
    String line(String line) {
        String[] split = line.strip().split("\\s+", -1);
        if (line.contains("Recv-Q") && isTitle(split)) {
            return line;
        }
        int first = queues(split);
        boolean head = first >= 0;
        boolean indented = Character.isWhitespace(line.charAt(0));
        if (!head && !(indented && inside)) {
            inside = false;
            return null;
        }
        inside = true;
        return words(line, head ? first : -1);
    }

    private static boolean isTitle(String[] words) {
        for (String word : words) {
            if (!TITLES.contains(word)) {
                return false;
            }
        }
        return true;
    }

    /** Index of Recv-Q where the line starts a socket; -1 where it does not. */
    private static int queues(String[] words) {
        int first = 0;
        while (first < Math.min(2, words.length) && STATES.contains(words[first])) {
            first++;
        }
        boolean head = words.length >= first + 4
                && INTEGER.matcher(words[first]).matches()
                && INTEGER.matcher(words[first + 1]).matches()
                && TextEndpoint.isOne(words[first + 2])
                && TextEndpoint.isOne(words[first + 3]);
        return head ? first : -1;
    }

    /** @param queues index of the word Recv-Q, or -1 for a line that goes on with a socket */
    private String words(String line, int queues) {
        StringBuilder out = new StringBuilder(line.length());
        Matcher m = WORD.matcher(line);
        int index = 0;
        int from = 0;
        while (m.find(from)) {
            boolean column = queues >= 0 && index < queues + 4;
            int end = column ? m.end() : end(line, m.start(), m.end());
            String word = line.substring(m.start(), end);
            String safe;
            if (column) {
                safe = index < queues + 2 ? word : endpoints.safe(word);
            } else {
                safe = words.safe(word);
                if (safe == null) {
                    account.count("words of ss/tcp");
                    safe = "";
                }
            }
            Columns.append(out, line.substring(from, m.start()), m.start(), safe);
            from = end;
            index++;
        }
        return out.append(line.substring(from)).toString();
    }

    /** Where a word ends: names of users may have blanks; all of the line is theirs where they have no end. */
    private static int end(String line, int start, int end) {
        if (!line.startsWith(USERS, start)) {
            return end;
        }
        int close = line.indexOf("))", start);
        while (close >= 0 && close + 2 < line.length() && !Character.isWhitespace(line.charAt(close + 2))) {
            close = line.indexOf("))", close + 1);
        }
        return close < 0 ? line.length() : close + 2;
    }
}
