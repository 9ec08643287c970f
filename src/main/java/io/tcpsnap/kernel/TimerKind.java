package io.tcpsnap.kernel;

/**
 * What a socket's timer is for, in the order of the code that /proc/net/tcp prints as {@code tr} and inet_diag sends as
 * {@code idiag_timer}.
 *
 * <p>Source: net/ipv4/tcp_ipv4.c get_tcp4_sock(), net/ipv4/inet_diag.c inet_sk_diag_fill().
 */
public enum TimerKind {
    NONE,
    /** Retransmission, tail loss probe, RACK reordering; on a request socket the SYN-ACK timer. */
    RETRANSMIT,
    /** Keepalive, or the FIN_WAIT2 time-out of an orphan. */
    KEEPALIVE,
    TIMEWAIT,
    /** Zero window probe (persist timer). */
    PROBE0,
    /** Delayed ACK: inet_diag from 7.1 only. */
    DELACK;

    private static final TimerKind[] ALL = values();

    /** The kind with the kernel code {@code code}, or null where there is none. */
    public static TimerKind of(int code) {
        return code >= 0 && code < ALL.length ? ALL[code] : null;
    }
}
