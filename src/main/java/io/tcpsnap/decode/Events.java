package io.tcpsnap.decode;

/** {@code events}: a line {@code time_ns kind detail} for each thing that happened to the recorder. */
public final class Events extends TextDecoder {
    private static final int TIME = 0;
    private static final int KIND = 1;
    private static final int DETAIL = 2;

    private long time;
    private byte[] kind;
    private byte[] detail;

    public Events(ProblemSink problems) {
        super(problems);
    }

    @Override
    public boolean next() {
        while (nextLine()) {
            split(lineStart);
            if (tokens == 0) {
                continue;
            }
            bad = tokens < DETAIL;
            time = bad ? 0 : atMost(TIME, Long.MAX_VALUE);
            if (bad) {
                lineProblem("not a time and a kind of event");
                continue;
            }
            noteCut();
            kind = text(from[KIND], to[KIND]);
            detail = tokens > DETAIL ? text(from[DETAIL], lineEnd) : null;
            return true;
        }
        return false;
    }

    /** Nanoseconds since the epoch. */
    public long time() {
        return time;
    }

    public byte[] kind() {
        return kind;
    }

    /** Null where there is none. */
    public byte[] detail() {
        return detail;
    }
}
