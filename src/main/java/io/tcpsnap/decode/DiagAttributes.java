package io.tcpsnap.decode;

import io.tcpsnap.kernel.InetDiag;
import io.tcpsnap.kernel.Netlink;
import io.tcpsnap.kernel.UlpInfo;
import java.util.Arrays;

/**
 * Where the attributes of inet_diag messages are: {@code struct nlattr} (u16 length with its 4 bytes, u16 type) and
 * payload, padded to 4. Their order is not that of their numbers.
 *
 * <p>Holds those of up to {@link #AHEAD} messages, each in a slot of its own; all questions are about the one of {@link
 * #slot}.
 */
final class DiagAttributes {
    /** Takes the bytes {@code [from, to)} that did not decode. */
    @FunctionalInterface
    interface Report {
        void problem(int from, int to, String reason);
    }

    static final int AHEAD = 256;
    /** Lengths of BBRINFO: of 4.9, and of google/bbr, which begins alike. */
    private static final int BBR = 20;

    private static final int BBR_GOOGLE = 52;
    private static final int KNOWN = InetDiag.ATTRIBUTES;
    /** Least payload that any kernel sent, by attribute; 0 for those that this program does not read. */
    private static final int[] LEAST = new int[KNOWN];

    static {
        LEAST[InetDiag.ATTR_MEMINFO] = 16;
        LEAST[InetDiag.ATTR_INFO] = InetDiag.TCP_INFO_2_4;
        LEAST[InetDiag.ATTR_VEGASINFO] = 16;
        LEAST[InetDiag.ATTR_CONG] = 1;
        LEAST[InetDiag.ATTR_TOS] = 1;
        LEAST[InetDiag.ATTR_TCLASS] = 1;
        LEAST[InetDiag.ATTR_SKMEMINFO] = 28;
        LEAST[InetDiag.ATTR_SHUTDOWN] = 1;
        LEAST[InetDiag.ATTR_DCTCPINFO] = 16;
        LEAST[InetDiag.ATTR_PROTOCOL] = 1;
        LEAST[InetDiag.ATTR_SKV6ONLY] = 1;
        LEAST[InetDiag.ATTR_MARK] = 4;
        LEAST[InetDiag.ATTR_BBRINFO] = BBR;
        LEAST[InetDiag.ATTR_CLASS_ID] = 4;
        LEAST[InetDiag.ATTR_ULP_INFO] = Netlink.NLA_HDRLEN;
        LEAST[InetDiag.ATTR_CGROUP_ID] = 8;
        LEAST[InetDiag.ATTR_SOCKOPT] = 2;
        LEAST[InetDiag.MPTCP_INFO] = 40;
    }

    private final HostBytes host;
    private final Report report;
    private final boolean mptcp;
    /** Where the payload of each attribute starts, 0 where it is not there, and its length; slot by slot. */
    private final int[] at = new int[AHEAD * KNOWN];

    private final int[] length = new int[AHEAD * KNOWN];
    /** Where the current slot starts. */
    private int base;
    /** A bit for each attribute that one of the slots from 0 to the last has. */
    private long any;

    /** How often each unknown attribute occurred in this dump, by its number, and where it was first. */
    private final int[] unknown = new int[Netlink.NLA_TYPE_MASK + 1];

    private final int[] unknownAt = new int[Netlink.NLA_TYPE_MASK + 1];
    private boolean anyUnknown;

    /** @param mptcp whether the messages are of MPTCP sockets: what INFO holds is told by the protocol asked for only */
    DiagAttributes(HostBytes host, boolean mptcp, Report report) {
        this.host = host;
        this.mptcp = mptcp;
        this.report = report;
    }

    /** Forgets what another dump had. */
    void reset() {
        if (anyUnknown) {
            Arrays.fill(unknown, 0);
            anyUnknown = false;
        }
    }

    /** Makes another slot the current one. */
    void slot(int number) {
        base = number * KNOWN;
    }

    /** Moves what the current slot holds to slot 0. */
    void moveToFirst() {
        System.arraycopy(at, base, at, 0, KNOWN);
        System.arraycopy(length, base, length, 0, KNOWN);
        base = 0;
        any = 0;
        for (int attribute = 0; attribute < KNOWN; attribute++) {
            any |= at[attribute] == 0 ? 0 : 1L << attribute;
        }
    }

    /** Finds the attributes in {@code [from, to)} for the current slot; those in front of a malformed one count. */
    void find(int from, int to) {
        Arrays.fill(at, base, base + KNOWN, 0);
        int next = from;
        while (next + Netlink.NLA_HDRLEN <= to) {
            int size = host.u16(next);
            int type = host.u16(next + 2) & Netlink.NLA_TYPE_MASK;
            if (size < Netlink.NLA_HDRLEN || next + size > to) {
                report.problem(next, to, "attribute " + type + " of " + size + " bytes does not fit its message");
                return;
            }
            found(type, next, size);
            next += Netlink.align(size);
        }
        if (next < to) {
            report.problem(next, to, (to - next) + " bytes behind the last attribute");
        }
    }

    private void found(int type, int start, int size) {
        int payload = size - Netlink.NLA_HDRLEN;
        if (type == InetDiag.ATTR_INFO) {
            info(start, size);
        } else if (type <= InetDiag.ATTR_SOCKOPT && LEAST[type] > 0) {
            put(type, type, start, size);
            if (type == InetDiag.ATTR_ULP_INFO && payload >= LEAST[type] && !nest(0, start, size)) {
                report.problem(start, start + size, "attribute " + type + " with a nested one that does not fit");
            } else if (type == InetDiag.ATTR_BBRINFO && payload > BBR && payload != BBR_GOOGLE) {
                unknown(type, start);
            }
        } else if (type != InetDiag.ATTR_PAD && type != InetDiag.ATTR_MD5SIG) {
            unknown(type, start);
        }
    }

    /** {@code struct tcp_info}, or what an MPTCP socket has in its place. */
    private void info(int start, int size) {
        if (mptcp) {
            put(InetDiag.MPTCP_INFO, InetDiag.ATTR_INFO, start, size);
        } else if (InetDiag.isMptcpInfo(size - Netlink.NLA_HDRLEN)) {
            report.problem(start, start + size, "attribute 2 is of an MPTCP socket, in a dump of TCP sockets");
        } else {
            put(InetDiag.ATTR_INFO, InetDiag.ATTR_INFO, start, size);
        }
    }

    /** Notes where an attribute is; of one that is too short, which is a problem, the fields that fit count. */
    private void put(int attribute, int type, int start, int size) {
        int payload = size - Netlink.NLA_HDRLEN;
        at[base + attribute] = start + Netlink.NLA_HDRLEN;
        length[base + attribute] = payload;
        any |= 1L << attribute;
        if (payload < LEAST[attribute]) {
            report.problem(start, start + size, "attribute " + type + " with " + payload + " bytes is too short");
        }
    }

    private void unknown(int type, int start) {
        if (unknown[type]++ == 0) {
            unknownAt[type] = start;
        }
        anyUnknown = true;
    }

    /**
     * Finds what is nested in the attribute at {@code start}; false where something does not fit.
     *
     * @param nest as {@link UlpInfo} numbers it
     */
    private boolean nest(int nest, int start, int size) {
        int end = start + size;
        int next = start + Netlink.NLA_HDRLEN;
        while (next + Netlink.NLA_HDRLEN <= end) {
            int inner = host.u16(next);
            int type = host.u16(next + 2) & Netlink.NLA_TYPE_MASK;
            if (inner < Netlink.NLA_HDRLEN || next + inner > end || !nested(nest, type, next, inner)) {
                return false;
            }
            next += Netlink.align(inner);
        }
        return next >= end;
    }

    private boolean nested(int nest, int type, int start, int size) {
        if (nest == 0 && (type == UlpInfo.TLS || type == UlpInfo.MPTCP)) {
            return nest(type, start, size);
        }
        UlpInfo info = UlpInfo.of(nest, type);
        if (info != null && size - Netlink.NLA_HDRLEN < info.width()) {
            return false;
        }
        if (info != null) {
            put(info.attribute(), InetDiag.ATTR_ULP_INFO, start, size);
        } else if (!UlpInfo.isPadding(nest, type)) {
            unknown(InetDiag.ATTR_ULP_INFO, start);
        }
        return true;
    }

    /** Tells of the attributes that are unknown: once for each number, with the bytes of the first. */
    void reportUnknown() {
        for (int type = 0; anyUnknown && type < unknown.length; type++) {
            if (unknown[type] > 0) {
                int start = unknownAt[type];
                report.problem(
                        start,
                        start + host.u16(start),
                        "attribute " + type + unknown(type) + ": in " + unknown[type] + " messages");
            }
        }
    }

    private static String unknown(int type) {
        return switch (type) {
            case InetDiag.ATTR_BBRINFO -> " has a length that is unknown";
            case InetDiag.ATTR_ULP_INFO -> " has a nested one that is unknown";
            default -> " is unknown";
        };
    }

    /** Whether any of the messages read ahead has an attribute. */
    boolean anyHas(int attribute) {
        return (any >>> attribute & 1) != 0;
    }

    boolean has(int attribute) {
        return at[base + attribute] != 0;
    }

    /** Where the payload of an attribute that is there starts. */
    int at(int attribute) {
        return at[base + attribute];
    }

    /** Where the payload of an attribute with at least {@code least} bytes starts; 0 where it is not in the slot. */
    int at(int slot, int attribute, int least) {
        int index = slot * KNOWN + attribute;
        return length[index] >= least ? at[index] : 0;
    }

    /** Payload length of an attribute that is there. */
    int length(int attribute) {
        return length[base + attribute];
    }
}
