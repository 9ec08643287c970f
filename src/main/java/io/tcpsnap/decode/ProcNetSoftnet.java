package io.tcpsnap.decode;

/**
 * {@code /proc/net/softnet_stat}: hexadecimal counters, a line for each online CPU; the number of columns grew from 9 (2.6)
 * to 15 (6.6). Source: net/core/net-procfs.c softnet_seq_show().
 */
public final class ProcNetSoftnet extends TextDecoder {
    private static final int MIN_COLUMNS = 9;
    private static final int CPU = 12;

    private final long[] values = new long[16];
    private int columns;
    private int line;

    public ProcNetSoftnet(ProblemSink problems) {
        super(problems);
    }

    @Override
    protected void begin() {
        line = -1;
    }

    @Override
    public boolean next() {
        while (nextLine()) {
            split(lineStart);
            if (tokens == 0) {
                continue;
            }
            line++;
            if (parse()) {
                noteCut();
                return true;
            }
            lineProblem("not at least 9 hexadecimal columns");
        }
        return false;
    }

    private boolean parse() {
        bad = tokens < MIN_COLUMNS;
        columns = Math.min(tokens, values.length);
        for (int i = 0; i < tokens && !bad; i++) {
            long value = hex32(from[i], to[i]);
            if (i < columns) {
                values[i] = value;
            }
        }
        return !bad;
    }

    /** Whether this kernel prints the column, counted from 0. */
    public boolean has(int column) {
        return column < columns;
    }

    public long column(int column) {
        return values[column];
    }

    /** The CPU's number: printed since 5.10, before that the number of the line, which passes over offline CPUs. */
    public long cpu() {
        return has(CPU) ? values[CPU] : line;
    }
}
