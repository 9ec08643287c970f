package io.tcpsnap.decode;

/**
 * {@code /proc/net/sockstat} and {@code sockstat6}: a protocol, a colon, and pairs of key and value on each line. Source:
 * net/ipv4/proc.c sockstat_seq_show().
 */
public final class ProcNetSockstat extends CounterDecoder {
    private int pair;
    private long value;

    public ProcNetSockstat(ProblemSink problems) {
        super(problems);
    }

    @Override
    protected void begin() {
        tokens = 0;
        pair = 0;
    }

    @Override
    public boolean next() {
        while (true) {
            pair += 2;
            if (pair < tokens) {
                bad = false;
                value = signed(pair);
                if (!bad) {
                    return true;
                }
                problem(from[pair - 1], to[pair], "a value that is no number");
            } else if (!nextLine()) {
                return false;
            } else {
                line();
            }
        }
    }

    private void line() {
        split(lineStart);
        pair = 0;
        if (tokens > 0 && (bytes[to[0] - 1] != ':' || tokens % 2 == 0)) {
            lineProblem("not a protocol and pairs of key and value");
            tokens = 0;
        } else if (tokens > 0 && cut) {
            lineProblem("the input ends in this line: its last word may be cut short");
        }
    }

    @Override
    public byte[] proto() {
        return text(from[0], to[0] - 1);
    }

    @Override
    public byte[] name() {
        return text(from[pair - 1], to[pair - 1]);
    }

    @Override
    public long value() {
        return value;
    }
}
