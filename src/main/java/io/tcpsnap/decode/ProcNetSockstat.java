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
                bad = isNumber(pair - 1);
                value = signed(pair);
                if (!bad) {
                    return true;
                }
                problem(from[pair - 1], to[pair], "not a key and a number below 2^63");
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
        if (tokens == 0) {
            return;
        }
        int colon = to[0] - 1;
        if (colon == from[0] || bytes[colon] != ':' || tokens % 2 == 0) {
            lineProblem("not a protocol and pairs of key and value");
            tokens = 0;
        } else {
            noteCut();
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
