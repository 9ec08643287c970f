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
            if (isBlankLine() || isHeader()) {
                continue;
            }
            int colon = lineEnd - 1;
            while (colon >= lineStart && bytes[colon] != ':') {
                colon--;
            }
            if (colon < lineStart) {
                lineProblem("a line without a colon");
                continue;
            }
            split(colon + 1);
            bad = tokens != COUNTERS;
            for (int i = 0; i < COUNTERS && !bad; i++) {
                counters[i] = unsigned(i);
            }
            name(colon);
            if (!bad && nameStart < nameEnd) {
                if (cut) {
                    lineProblem("the input ends in this row: its last word may be cut short");
                }
                return true;
            }
            lineProblem("not a name and 16 counters");
        }
        return false;
    }

    private void name(int colon) {
        nameStart = lineStart;
        nameEnd = colon;
        while (nameStart < nameEnd && bytes[nameStart] == ' ') {
            nameStart++;
        }
    }

    /** The two header lines have bars between the columns; a name with a bar has a colon too. */
    private boolean isHeader() {
        boolean bar = false;
        for (int i = lineStart; i < lineEnd; i++) {
            if (bytes[i] == ':') {
                return false;
            }
            bar |= bytes[i] == '|';
        }
        return bar;
    }

    public byte[] iface() {
        return text(nameStart, nameEnd);
    }

    /** One of the 16 counters in the order of the file. */
    public long counter(int index) {
        return counters[index];
    }
}
