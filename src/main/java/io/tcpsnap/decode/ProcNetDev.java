package io.tcpsnap.decode;

/**
 * {@code /proc/net/dev}: for each interface a name, a colon and 16 counters. Old kernels print no blank behind the colon,
 * and names may hold one: the last colon counts. Source: net/core/net-procfs.c dev_seq_printf_stats().
 */
public final class ProcNetDev extends TextDecoder {
    private static final int COUNTERS = 16;

    private final long[] counters = new long[COUNTERS];
    private int nameStart;
    private int nameEnd;

    public ProcNetDev(ProblemSink problems) {
        super(problems);
    }

    @Override
    public boolean next() {
        while (nextLine()) {
            int colon = colon();
            if (colon < 0) {
                noRow();
            } else if (!parse(colon)) {
                lineProblem("not a name and 16 counters");
            } else {
                noteCut();
                return true;
            }
        }
        return false;
    }

    /** The last colon of the line, or -1. */
    private int colon() {
        int colon = lineEnd - 1;
        while (colon >= lineStart && bytes[colon] != ':') {
            colon--;
        }
        return colon < lineStart ? -1 : colon;
    }

    /** The two lines of the header have no colon. */
    private void noRow() {
        split(lineStart);
        boolean header = tokens > 1 && (is(0, "Inter-|") || is(0, "face") && bytes[from[1]] == '|');
        if (header) {
            noteCut();
        } else if (tokens > 0) {
            lineProblem("a line without a colon");
        }
    }

    private boolean parse(int colon) {
        split(colon + 1);
        bad = tokens != COUNTERS;
        for (int i = 0; i < COUNTERS && !bad; i++) {
            counters[i] = unsigned(i);
        }
        name(colon);
        return !bad && nameStart < nameEnd;
    }

    private void name(int colon) {
        nameStart = lineStart;
        nameEnd = colon;
        while (nameStart < nameEnd && bytes[nameStart] == ' ') {
            nameStart++;
        }
    }

    public byte[] iface() {
        return text(nameStart, nameEnd);
    }

    /** One of the 16 counters in the order of the file. */
    public long counter(int index) {
        return counters[index];
    }
}
