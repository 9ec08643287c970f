package io.tcpsnap.kernel;

/**
 * What the payload of SCM_TIMESTAMPING_OPT_STATS has: a {@code struct nlattr} each, in an order of the kernel's.
 *
 * <p>Source: include/uapi/linux/tcp.h TCP_NLA_*, net/ipv4/tcp.c tcp_get_timestamping_opt_stats().
 */
public enum TcpNla {
    BUSY(8),
    RWND_LIMITED(8),
    SNDBUF_LIMITED(8),
    DATA_SEGS_OUT(8),
    TOTAL_RETRANS(8),
    PACING_RATE(8),
    DELIVERY_RATE(8),
    SND_CWND(4),
    REORDERING(4),
    MIN_RTT(4),
    RECUR_RETRANS(1),
    DELIVERY_RATE_APP_LMT(1),
    SNDQ_SIZE(4),
    CA_STATE(1),
    SND_SSTHRESH(4),
    DELIVERED(4),
    DELIVERED_CE(4),
    BYTES_SENT(8),
    BYTES_RETRANS(8),
    DSACK_DUPS(4),
    REORD_SEEN(4),
    SRTT(4),
    TIMEOUT_REHASH(2),
    BYTES_NOTSENT(4),
    EDT(8),
    TTL(1),
    REHASH(4);

    /** Number of what is only padding. */
    public static final int PAD = 0;

    private static final TcpNla[] ALL = values();

    private final int width;

    TcpNla(int width) {
        this.width = width;
    }

    /** The attribute with a number; null where none is known. */
    public static TcpNla of(int number) {
        return number > 0 && number <= ALL.length ? ALL[number - 1] : null;
    }

    /** Bytes of its payload, which is one unsigned number. */
    public int width() {
        return width;
    }
}
