package io.tcpsnap.decode;

import static io.tcpsnap.decode.DiagValues.MESSAGE;

import io.tcpsnap.kernel.InetDiag;
import io.tcpsnap.kernel.TcpState;

/**
 * State and endpoints of a socket of ss.
 *
 * <p>{@code *} as an address is of no family by itself: up to iproute2 4.13 it is 0.0.0.0, and :: is {@code ::}; from 4.14
 * on it is :: of a socket for both families, and the others are {@code 0.0.0.0} and {@code [::]}. Which of the two it is
 * may be seen from the other address, from v6only, or from other lines of the text.
 */
final class SsHead {
    private static final int UNKNOWN = SsEndpoint.UNKNOWN;

    final SsEndpoint local = new SsEndpoint();
    final SsEndpoint remote = new SsEndpoint();
    /** Null where ss printed none. */
    TcpState state;
    /** 4, 6 or 0 where the text does not tell. */
    int family;

    private final DiagValues values;
    /** The family of {@code *} in this text. */
    private int anyFamily;

    SsHead(DiagValues values) {
        this.values = values;
    }

    /** Looks over a text for what only one of the two styles prints. */
    void begin(byte[] bytes, int length) {
        anyFamily = UNKNOWN;
        boolean bare = false;
        for (int i = 0; i + 2 < length && anyFamily == UNKNOWN; i++) {
            boolean start = i == 0 || bytes[i - 1] == ' ';
            if (start && bytes[i] == '0' && starts(bytes, i, length, "0.0.0.0:") || starts(bytes, i, length, "]:")) {
                anyFamily = 6;
            }
            bare |= start && starts(bytes, i, length, ":::");
        }
        if (anyFamily == UNKNOWN && bare) {
            anyFamily = 4;
        }
    }

    private static boolean starts(byte[] bytes, int at, int length, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (at + i >= length || bytes[at + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    void read(String stateName, String localWord, String remoteWord) {
        state = TcpStateName.of(stateName);
        local.read(localWord);
        remote.read(remoteWord);
    }

    /** Settles what depends on other words of the row. */
    void complete() {
        boolean dual = values.has(InetDiag.ATTR_SKV6ONLY, 1);
        if (local.family != UNKNOWN || remote.family != UNKNOWN) {
            boolean mixed = local.family != UNKNOWN && remote.family != UNKNOWN && local.family != remote.family;
            family = mixed ? UNKNOWN : Math.max(local.family, remote.family);
        } else if (local.any && remote.any) {
            family = dual ? 6 : anyFamily;
        } else {
            family = dual ? 6 : UNKNOWN;
        }
        put(InetDiag.STATE, state != null, state == null ? 0 : state.number());
        put(InetDiag.FAMILY, family != UNKNOWN, family);
        put(InetDiag.SPORT, local.hasPort, local.port);
        put(InetDiag.DPORT, remote.hasPort, remote.port);
        if (values.has(MESSAGE, InetDiag.INODE)) {
            // printed together, but for uid 0
            put(InetDiag.UID, !values.has(MESSAGE, InetDiag.UID), 0);
        }
    }

    private void put(int field, boolean known, long value) {
        if (known) {
            values.put(MESSAGE, field, value);
        }
    }

    /** Whether only the state, which is not there, would tell that this is no listener. */
    boolean maybeListener() {
        return state == null && remote.hasPort && remote.port == 0;
    }

    boolean hasAddress(SsEndpoint endpoint) {
        return family != UNKNOWN && (endpoint.any || endpoint.family == family);
    }

    /** Whether fields hold all of an endpoint: names of ports and interfaces are in none. */
    boolean holds(SsEndpoint endpoint) {
        return hasAddress(endpoint) && endpoint.hasPort && !endpoint.scoped;
    }
}
