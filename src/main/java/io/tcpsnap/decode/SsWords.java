package io.tcpsnap.decode;

import static io.tcpsnap.decode.DiagValues.MESSAGE;
import static io.tcpsnap.kernel.InetDiag.ATTR_CONG;
import static io.tcpsnap.kernel.InetDiag.ATTR_INFO;
import static io.tcpsnap.kernel.InetDiag.ATTR_SHUTDOWN;

import io.tcpsnap.decode.SsKey.Fit;
import io.tcpsnap.kernel.InetDiag;
import io.tcpsnap.kernel.UlpInfo;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The words of a socket of ss behind its addresses: {@code key:value}, {@code key value} for rates, and words that stand for
 * themselves. Fills the fields that they tell, and keeps where the others are.
 *
 * <p>Source: iproute2 misc/ss.c inet_show_sock(), tcp_stats_print().
 */
final class SsWords {
    /** Bits of {@code tcpi_options}; all of them with -o only. */
    private static final Map<String, Integer> OPTIONS =
            Map.of("ts", 1, "sack", 2, "ecn", 8, "ecnseen", 16, "fastopen", 32, "usec_ts", 64);

    private static final int WSCALE = 4;
    private static final Set<String> VALUE_FOLLOWS = Set.of("send", "pacing_rate", "delivery_rate");
    /** Keys whose value has blanks, and what ends it. */
    private static final Map<String, String> ENDS = Map.of("users", "))", "inet-sockopt", ")", "opt", "\"");

    /** Keys that are about the accept queue where the socket is a listener. */
    private static final Set<String> OF_STATE = Set.of("unacked", "sacked");

    private static final String ULP = "tcp-ulp-";
    private static final int ULP_NAME = UlpInfo.NAME.attribute();
    /** Keys of the sockets of MPTCP itself, which ss prints like those of TCP where it prints no others. */
    private static final Set<String> OF_MPTCP = Set.of("subflows", "subflows_max", "write_seq", "rcv_nxt");

    private final DiagValues values;
    private final SsUnread unread;
    private final Set<String> seen = new HashSet<>();
    /** Ends of values that the line has no more of, which each word of a hostile line would look for anew. */
    private final Set<String> endless = new HashSet<>();

    private byte[] bytes;
    /** The words that no field holds: where they start and end, in turn. */
    private int[] kept = new int[16];

    private int keptLength;
    private int at;
    private int limit;
    private boolean ambiguous;
    private boolean mptcp;
    private int options;
    /** The last word that may be the name of the congestion control: it stands before all of tcp_info. */
    private int congFrom;

    private int congTo;

    SsWords(DiagValues values, SsUnread unread) {
        this.values = values;
        this.unread = unread;
    }

    void begin(byte[] input) {
        bytes = input;
        reset(false);
    }

    /**
     * Starts a socket.
     *
     * @param maybeListener whether it may be a listener or not
     */
    void reset(boolean maybeListener) {
        ambiguous = maybeListener;
        mptcp = false;
        seen.clear();
        keptLength = 0;
        options = 0;
        congTo = 0;
    }

    /** Reads all words of a line of the socket. */
    void read(int from, int to) {
        at = from;
        limit = to;
        endless.clear();
        for (skipBlanks(); at < limit; skipBlanks()) {
            int start = at;
            skipWord();
            word(start, string(start, at));
        }
    }

    private void skipBlanks() {
        while (at < limit && isBlank(bytes[at])) {
            at++;
        }
    }

    private void skipWord() {
        while (at < limit && !isBlank(bytes[at])) {
            at++;
        }
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r';
    }

    private void word(int start, String word) {
        int colon = word.indexOf(':');
        if (OPTIONS.containsKey(word)) {
            options |= OPTIONS.get(word);
        } else if (word.equals("app_limited")) {
            values.putBits(7, 0, 1);
        } else if (word.length() == 3 && word.matches("[<-]-[>-]")) {
            values.put(ATTR_SHUTDOWN, 1, (word.charAt(0) == '-' ? 1 : 0) + (word.charAt(2) == '-' ? 2 : 0));
        } else if (VALUE_FOLLOWS.contains(word)) {
            skipBlanks();
            int value = at;
            skipWord();
            keyed(start, word, string(value, at));
        } else if (word.startsWith(ULP)) {
            values.putText(ULP_NAME, Utf8.copy(bytes, start + ULP.length(), at));
        } else if (hasUlp() && SsUlp.FLAGS.containsKey(word)) {
            values.put(SsUlp.FLAGS.get(word).attribute(), 0, 0);
        } else if (colon > 0) {
            String key = word.substring(0, colon);
            stretch(start, key);
            keyed(start, key, string(start + colon + 1, at).strip());
        } else {
            bare(start, word);
        }
    }

    /** Moves the end of the word to the end of its value. */
    private void stretch(int start, String key) {
        String last = ENDS.get(key);
        if (last == null) {
            if (bytes[at - 1] == ':') {
                skipBlanks();
                skipWord();
            }
            return;
        }
        int end = endless.contains(last) ? -1 : end(start + key.length() + 2, last);
        if (end < 0) {
            endless.add(last);
        } else {
            at = end;
        }
    }

    /** Where the next {@code last} that ends a word ends; -1 where the line has none. */
    private int end(int from, String last) {
        for (int i = from; i + last.length() <= limit; i++) {
            int end = i + last.length();
            if (bytes[i] == last.charAt(0)
                    && bytes[end - 1] == last.charAt(last.length() - 1)
                    && (end == limit || isBlank(bytes[end]))) {
                return end;
            }
        }
        return -1;
    }

    private void keyed(int start, String key, String value) {
        SsKey reader = hasUlp() && SsUlp.KEYS.containsKey(key) ? SsUlp.KEYS.get(key) : SsKey.ALL.get(key);
        mptcp |= !hasUlp() && OF_MPTCP.contains(key);
        if (reader == null) {
            unknown(start, at, key);
        } else if (!seen.add(key)) {
            unread.add("key " + key + " is there twice", start, at);
            keep(start, at);
        } else if (ambiguous && OF_STATE.contains(key)) {
            keep(start, at);
        } else {
            Fit fit = reader.read(values, value);
            if (fit == Fit.BAD) {
                unread.add("the value of key " + key + " cannot be read", start, at);
            }
            if (fit != Fit.HELD) {
                keep(start, at);
            }
        }
    }

    private void bare(int start, String word) {
        if (values.hasAny(ATTR_INFO)) {
            unknown(start, at, word);
            return;
        }
        if (congTo > 0) {
            unknown(congFrom, congTo, string(congFrom, congTo));
        }
        congFrom = start;
        congTo = at;
    }

    private boolean hasUlp() {
        return values.hasAny(ULP_NAME);
    }

    /** Whether the words are those of an MPTCP socket, which is none of TCP. */
    boolean isMptcp() {
        return mptcp;
    }

    /** What an upper layer protocol adds that we never heard of is not ours to know. */
    private void unknown(int start, int stop, String key) {
        if (!hasUlp()) {
            unread.add("key " + SsUnread.name(key) + " is unknown", start, stop);
        }
        keep(start, stop);
    }

    /** Settles what depends on several words. */
    void complete() {
        boolean asked = options != 0;
        if (congTo > 0) {
            String name = string(congFrom, congTo);
            if ((asked || values.hasAny(ATTR_INFO)) && name.matches("[a-z][a-z0-9_-]{0,14}")) {
                values.putText(ATTR_CONG, name.getBytes(StandardCharsets.US_ASCII));
            } else {
                unknown(congFrom, congTo, name);
            }
        }
        if (asked) {
            boolean scaled = values.hasBits(ATTR_INFO, 6, 0);
            values.put(ATTR_INFO, 6, options | (scaled ? WSCALE : 0));
            noTimer();
        }
    }

    /** With -o ss prints options and the timer, so that it has none where only the options are there. */
    private void noTimer() {
        if (!seen.contains("timer")) {
            values.put(MESSAGE, InetDiag.TIMER, 0);
            values.put(MESSAGE, InetDiag.EXPIRES, 0);
            values.put(MESSAGE, InetDiag.RETRANS, 0);
        }
    }

    void keep(int from, int to) {
        if (keptLength == kept.length) {
            kept = Arrays.copyOf(kept, 2 * keptLength);
        }
        kept[keptLength++] = from;
        kept[keptLength++] = to;
    }

    String string(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /** The words that no field holds, with blanks between them; null where there is none. */
    byte[] rest() {
        if (keptLength == 0) {
            return null;
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int i = 0; i < keptLength; i += 2) {
            if (i > 0) {
                text.write(' ');
            }
            text.writeBytes(Utf8.copy(bytes, kept[i], kept[i + 1]));
        }
        return text.toByteArray();
    }
}
