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
                        "the value of " + new String(name(), StandardCharsets.UTF_8) + " is no number below 2^63");
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
            if (!isNames()) {
                lineProblem("not a line of names");
                continue;
            }
            int count = tokens;
            int start = lineStart;
            int stop = lineEnd;
            int next = at;
            keepNames();
            if (!nextLine()) {
                problem(start, stop, "a line of names without its line of values");
                return false;
            }
            split(lineStart);
            if (tokens == 0 || !samePrefix()) {
                problem(start, stop, "a line of names without its line of values");
                at = next;
            } else if (tokens != count) {
                problem(start, lineEnd, (count - 1) + " names and " + (tokens - 1) + " values");
            } else {
                names = count;
                noteCut();
                return true;
            }
        }
        return false;
    }

    /** A prefix with its colon, and not a number behind it. */
    private boolean isNames() {
        int colon = to[0] - 1;
        return colon > from[0] && bytes[colon] == ':' && (tokens == 1 || !isNumber(1));
    }

    /** Makes the tokens of the line the names, and gives the split of the next line the arrays of the old names. */
    private void keepNames() {
        int[] oldFrom = nameFrom;
        int[] oldTo = nameTo;
        nameFrom = from;
        nameTo = to;
        from = oldFrom;
        to = oldTo;
        prefixFrom = nameFrom[0];
        prefixTo = nameTo[0] - 1;
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
