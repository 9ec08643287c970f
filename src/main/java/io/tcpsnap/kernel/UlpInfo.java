package io.tcpsnap.kernel;

/**
 * What the attribute ULP_INFO nests. Each has a number like an attribute of its own, behind those of {@link InetDiag}.
 *
 * <p>Source: include/uapi/linux/inet_diag.h INET_ULP_INFO_*, tls.h TLS_INFO_*, mptcp.h MPTCP_SUBFLOW_ATTR_*.
 */
public enum UlpInfo {
    NAME(0, 1, 1),
    TLS_VERSION(UlpInfo.TLS, 1, 2),
    TLS_CIPHER(UlpInfo.TLS, 2, 2),
    TLS_TXCONF(UlpInfo.TLS, 3, 2),
    TLS_RXCONF(UlpInfo.TLS, 4, 2),
    TLS_ZC_RO_TX(UlpInfo.TLS, 5, 0),
    TLS_RX_NO_PAD(UlpInfo.TLS, 6, 0),
    MPTCP_TOKEN_REM(UlpInfo.MPTCP, 1, 4),
    MPTCP_TOKEN_LOC(UlpInfo.MPTCP, 2, 4),
    MPTCP_RELWRITE_SEQ(UlpInfo.MPTCP, 3, 4),
    MPTCP_MAP_SEQ(UlpInfo.MPTCP, 4, 8),
    MPTCP_MAP_SFSEQ(UlpInfo.MPTCP, 5, 4),
    MPTCP_SSN_OFFSET(UlpInfo.MPTCP, 6, 4),
    MPTCP_MAP_DATALEN(UlpInfo.MPTCP, 7, 2),
    MPTCP_FLAGS(UlpInfo.MPTCP, 8, 4),
    MPTCP_ID_REM(UlpInfo.MPTCP, 9, 1),
    MPTCP_ID_LOC(UlpInfo.MPTCP, 10, 1);

    /** Numbers within ULP_INFO of what nests further attributes; 0 stands for ULP_INFO itself. */
    public static final int TLS = 2;

    public static final int MPTCP = 3;
    /** Within MPTCP: padding. */
    private static final int MPTCP_PAD = 11;

    private static final UlpInfo[] ALL = values();

    private final int nest;
    private final int number;
    private final int width;

    UlpInfo(int nest, int number, int width) {
        this.nest = nest;
        this.number = number;
        this.width = width;
    }

    /** What a nest has under a number; null where that is unknown. */
    public static UlpInfo of(int nest, int number) {
        for (UlpInfo info : ALL) {
            if (info.nest == nest && info.number == number) {
                return info;
            }
        }
        return null;
    }

    public static boolean isPadding(int nest, int number) {
        return nest == MPTCP && number == MPTCP_PAD;
    }

    /** Its number among all attributes. */
    public int attribute() {
        return InetDiag.MPTCP_INFO + 1 + ordinal();
    }

    /** Bytes of its payload, at least; 0 for those that are there or not. */
    public int width() {
        return width;
    }
}
