package io.tcpsnap.kernel;

import java.util.Set;

/**
 * sock_diag message types, attributes and offsets for TCP.
 *
 * <p>Source: include/uapi/linux/sock_diag.h, inet_diag.h. Offsets count from the start of {@code struct inet_diag_msg},
 * which is 72 bytes and follows the netlink header; attributes follow it.
 */
public final class InetDiag {
    /** Type of the older one-pass request, which answers both families; its replies carry this type too. */
    public static final int TCPDIAG_GETSOCK = 18;

    public static final int SOCK_DIAG_BY_FAMILY = 20;

    /** Attribute of a request: u32, the protocol. */
    public static final int REQ_PROTOCOL = 3;

    public static final int MSG_LENGTH = 72;
    public static final int FAMILY = 0;
    public static final int STATE = 1;
    public static final int TIMER = 2;
    public static final int RETRANS = 3;
    public static final int SPORT = 4;
    public static final int DPORT = 6;
    public static final int SRC = 8;
    public static final int DST = 24;
    public static final int IF = 40;
    public static final int COOKIE = 44;
    public static final int EXPIRES = 52;
    public static final int RQUEUE = 56;
    public static final int WQUEUE = 60;
    public static final int UID = 64;
    public static final int INODE = 68;

    /** Size of {@code struct tcp_info} in 2.4, the least that ever was. */
    public static final int TCP_INFO_2_4 = 92;

    public static final int ATTR_MEMINFO = 1;
    public static final int ATTR_INFO = 2;
    public static final int ATTR_VEGASINFO = 3;
    public static final int ATTR_CONG = 4;
    public static final int ATTR_TOS = 5;
    public static final int ATTR_TCLASS = 6;
    public static final int ATTR_SKMEMINFO = 7;
    public static final int ATTR_SHUTDOWN = 8;
    public static final int ATTR_DCTCPINFO = 9;
    public static final int ATTR_PROTOCOL = 10;
    public static final int ATTR_SKV6ONLY = 11;
    public static final int ATTR_LOCALS = 12;
    public static final int ATTR_PEERS = 13;
    public static final int ATTR_PAD = 14;
    public static final int ATTR_MARK = 15;
    public static final int ATTR_BBRINFO = 16;
    public static final int ATTR_CLASS_ID = 17;
    /** TCP-MD5 keys in clear: never leaves the capture. */
    public static final int ATTR_MD5SIG = 18;

    public static final int ATTR_ULP_INFO = 19;
    public static final int ATTR_SK_BPF_STORAGES = 20;
    public static final int ATTR_CGROUP_ID = 21;
    public static final int ATTR_SOCKOPT = 22;

    /** No number of the kernel's: INFO of an MPTCP socket, which is {@code struct mptcp_info}. {@link UlpInfo} follows. */
    public static final int MPTCP_INFO = ATTR_SOCKOPT + 1;

    /** One more than the largest number of an attribute. */
    public static final int ATTRIBUTES = MPTCP_INFO + 1 + UlpInfo.values().length;

    /** Sizes of {@code struct mptcp_info} in 5.9, 5.12, 6.5, 6.8 and 6.10; {@code struct tcp_info} never had one of them. */
    private static final Set<Integer> MPTCP_INFO_SIZES = Set.of(40, 48, 80, 88, 96);

    private InetDiag() {}

    /** Whether INFO of this size is that of an MPTCP socket. */
    public static boolean isMptcpInfo(int length) {
        return MPTCP_INFO_SIZES.contains(length);
    }
}
