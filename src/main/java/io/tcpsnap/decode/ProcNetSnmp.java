package io.tcpsnap.decode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * {@code /proc/net/snmp} and {@code /proc/net/netstat}: pairs of lines with the same prefix, names and then values, matched
 * by position. IcmpMsg may come in several pairs. Source: net/ipv4/proc.c snmp_seq_show(), netstat_seq_show().
 */
public final class ProcNetSnmp extends CounterDecoder {
    private int[] nameFrom = new int[32];
    private int[] nameTo = new int[32];
    private int names;
    private int row;
    private int prefixFrom;
    private int prefixTo;
    private long value;

    public ProcNetSnmp(ProblemSink problems) {
        super(problems);
    }

    @Override
    protected void begin() {
        names = 0;
        row = 0;
    }

    @Override
    public boolean next() {
        while (true) {
            while (++row < names) {
                bad = false;
                value = signed(row);
                if (!bad) {
                    return true;
                }
                problem(
                        from[row],
                        to[row],
                        "the value of " + new String(name(), StandardCharsets.UTF_8) + " is no number");
            }
            names = 0;
            if (!nextPair()) {
                return false;
            }
            row = 0;
        }
    }

    /** Reads lines until a pair fits; its names are kept, the values are the current line's tokens. */
    private boolean nextPair() {
        while (nextLine()) {
            split(lineStart);
            if (tokens == 0) {
                continue;
            }
            int headStart = lineStart;
            int headEnd = lineEnd;
            nameFrom = Arrays.copyOf(from, tokens);
            nameTo = Arrays.copyOf(to, tokens);
            int count = tokens;
            int next = at;
            if (!nextLine()) {
                problem(headStart, headEnd, "a line of names without its line of values");
                return false;
            }
            split(lineStart);
            prefixFrom = nameFrom[0];
            prefixTo = nameTo[0] - 1;
            boolean pair = tokens > 0 && prefixTo > prefixFrom && bytes[prefixTo] == ':' && samePrefix();
            if (pair && tokens == count) {
                if (cut) {
                    lineProblem("the input ends in this line: its last word may be cut short");
                }
                names = count;
                return true;
            }
            if (pair) {
                problem(headStart, lineEnd, (count - 1) + " names and " + (tokens - 1) + " values");
            } else {
                problem(headStart, headEnd, "a line of names without its line of values");
                at = next;
            }
        }
        return false;
    }

    private boolean samePrefix() {
        return Arrays.equals(bytes, nameFrom[0], nameTo[0], bytes, from[0], to[0]);
    }

    @Override
    public byte[] proto() {
        return text(prefixFrom, prefixTo);
    }

    @Override
    public byte[] name() {
        return text(nameFrom[row], nameTo[row]);
    }

    @Override
    public long value() {
        return value;
    }
}
