package io.tcpsnap.decode;

/** {@code events}: a line {@code realtime_ns kind detail} for each event of the recorder. */
public final class Events extends TextDecoder {
    private static final int DETAIL = 2;

    private long time;

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
            bad = tokens <= DETAIL;
            time = bad ? 0 : atMost(0, Long.MAX_VALUE);
            if (!bad) {
                noteCut();
                return true;
            }
            lineProblem("not a time, a kind and a detail");
        }
        return false;
    }

    /** Nanoseconds since the epoch. */
    public long time() {
        return time;
    }

    /** A word. */
    public byte[] kind() {
        return Utf8.copy(bytes, from[1], to[1]);
    }

    /** For people. */
    public byte[] detail() {
        return Utf8.copy(bytes, from[DETAIL], to[tokens - 1]);
    }
}
