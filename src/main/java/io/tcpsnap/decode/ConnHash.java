package io.tcpsnap.decode;

/**
 * The value of {@code conn}: a 64-bit hash of host, namespace, family and 4-tuple, the same in every table, recording and
 * version of the program.
 *
 * <p>{@code h = 0}; for each byte b of the host, then of the namespace, each followed by a zero byte: {@code h = mix(h * 31
 * + b)}; then for each word w of: family (4 or 6), local address high, low, remote address high, low, local port << 16 |
 * remote port: {@code h = mix(h ^ w)}, where mix is the finaliser of splitmix64 and addresses are words in network order,
 * IPv4 in the low half. A missing namespace counts as empty.
 */
final class ConnHash {
    private Snapshot snapshot;
    private long seed;

    static long mix(long word) {
        long h = word + 0x9e3779b97f4a7c15L;
        h = (h ^ h >>> 30) * 0xbf58476d1ce4e5b9L;
        h = (h ^ h >>> 27) * 0x94d049bb133111ebL;
        return h ^ h >>> 31;
    }

    long of(
            Snapshot tick,
            boolean v6,
            long localHi,
            long localLo,
            int localPort,
            long remoteHi,
            long remoteLo,
            int remotePort) {
        if (!tick.equals(snapshot)) {
            snapshot = tick;
            seed = bytes(bytes(0, tick.host()), tick.netns());
        }
        long h = mix(seed ^ (v6 ? 6 : 4));
        h = mix(h ^ localHi);
        h = mix(h ^ localLo);
        h = mix(h ^ remoteHi);
        h = mix(h ^ remoteLo);
        return mix(h ^ ((long) localPort << 16 | remotePort));
    }

    private static long bytes(long start, byte[] text) {
        long h = start;
        if (text != null) {
            for (byte b : text) {
                h = mix(h * 31 + (b & 0xff));
            }
        }
        return mix(h * 31);
    }
}
