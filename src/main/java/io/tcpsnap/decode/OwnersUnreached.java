package io.tcpsnap.decode;

import java.nio.charset.StandardCharsets;

/**
 * The last line of {@code owners}: {@code # processes=88 scanned=12 unseen=0 unchecked=0 EACCES=3}. A row for each reason
 * whose count is not 0; {@code unchecked} are processes known from earlier ticks that may have other sockets by now.
 */
public final class OwnersUnreached extends TextDecoder implements Unreached {
    private static final String START = "processes=";
    private static final int FIRST_REASON = 3;

    private int token;
    private String reason;
    private long count;

    public OwnersUnreached(ProblemSink problems) {
        super(problems);
    }

    @Override
    protected void begin() {
        tokens = 0;
        token = 0;
    }

    @Override
    public boolean next() {
        while (token < tokens || nextAccount()) {
            if (read(token++) && count > 0) {
                return true;
            }
        }
        return false;
    }

    /** Moves to the next line that counts processes. */
    private boolean nextAccount() {
        while (nextLine()) {
            split(lineStart);
            if (tokens > FIRST_REASON && is(0, "#") && word(1).startsWith(START)) {
                token = FIRST_REASON;
                return true;
            }
        }
        tokens = 0;
        token = 0;
        return false;
    }

    private String word(int index) {
        return new String(bytes, from[index], to[index] - from[index], StandardCharsets.ISO_8859_1);
    }

    /** A word {@code reason=count}. */
    private boolean read(int index) {
        String word = word(index);
        int equals = word.indexOf('=');
        bad = equals <= 0;
        if (!bad) {
            count = atMost(from[index] + equals + 1, to[index], Integer.MAX_VALUE);
            String name = word.substring(0, equals);
            reason = name.equals("unseen") ? NO_TIME : name;
        }
        if (bad) {
            lineProblem("not counts of processes");
        }
        return !bad;
    }

    @Override
    public String reason() {
        return reason;
    }

    @Override
    public boolean hasProcesses() {
        return true;
    }

    @Override
    public long count() {
        return count;
    }
}
