package io.tcpsnap.kernel;

/**
 * TCP states in the order of their kernel numbers, 1 to 11.
 *
 * <p>Source: include/net/tcp_states.h. NEW_SYN_RECV (12) and BOUND_INACTIVE (13) are internal: the kernel reports them
 * as SYN_RECV and CLOSE.
 */
public enum TcpState {
    ESTABLISHED,
    SYN_SENT,
    SYN_RECV,
    FIN_WAIT1,
    FIN_WAIT2,
    TIME_WAIT,
    CLOSE,
    CLOSE_WAIT,
    LAST_ACK,
    LISTEN,
    CLOSING;

    private static final TcpState[] ALL = values();

    /** The kernel's number of this state, 1 to 11. */
    public int number() {
        return ordinal() + 1;
    }

    /** The state with the kernel number {@code n}, or null where there is none. */
    public static TcpState of(int n) {
        return n >= 1 && n <= ALL.length ? ALL[n - 1] : null;
    }
}
