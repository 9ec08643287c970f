package io.tcpsnap.decode;

import java.nio.charset.StandardCharsets;

/**
 * {@code /proc/net/snmp6}: a name and a value on each line. The protocol is the part of the name up to its 6. Source:
 * net/ipv6/proc.c snmp6_seq_show().
 */
public final class ProcNetSnmp6 extends CounterDecoder {
    private static final byte[] UNKNOWN = "Ip6".getBytes(StandardCharsets.US_ASCII);

    private long value;

    public ProcNetSnmp6(ProblemSink problems) {
        super(problems);
    }

    @Override
    public boolean next() {
        while (nextLine()) {
            split(lineStart);
            if (tokens == 0) {
                continue;
            }
            bad = tokens != 2 || isNumber(0);
            value = bad ? 0 : signed(1);
            if (!bad) {
                noteCut();
                return true;
            }
            lineProblem("not a name and a value");
        }
        return false;
    }

    @Override
    public byte[] proto() {
        for (int i = from[0]; i < to[0]; i++) {
            if (bytes[i] == '6') {
                return text(from[0], i + 1);
            }
        }
        return UNKNOWN;
    }

    /** The whole name, as {@code Ip6InReceives}. */
    @Override
    public byte[] name() {
        return text(from[0], to[0]);
    }

    @Override
    public long value() {
        return value;
    }
}
