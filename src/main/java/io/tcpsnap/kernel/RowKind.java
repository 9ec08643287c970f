package io.tcpsnap.kernel;

/** Which kernel structure stands behind a row: they print and send different fields. */
public enum RowKind {
    /** A full {@code struct tcp_sock}, in any state. */
    SOCKET,
    /** A {@code struct inet_timewait_sock}: state TIME_WAIT, or FIN_WAIT2 of an orphan. */
    TIME_WAIT,
    /** A {@code struct request_sock}: a connection not yet established, shown as SYN_RECV. */
    REQUEST
}
