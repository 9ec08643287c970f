package io.tcpsnap.decode;

import io.tcpsnap.kernel.InetDiag;
import io.tcpsnap.kernel.Netlink;
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
    private static final int KNOWN = InetDiag.ATTR_SOCKOPT + 1;
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
        LEAST[InetDiag.ATTR_BBRINFO] = 20;
        LEAST[InetDiag.ATTR_CLASS_ID] = 4;
        LEAST[InetDiag.ATTR_ULP_INFO] = Netlink.NLA_HDRLEN;
        LEAST[InetDiag.ATTR_CGROUP_ID] = 8;
        LEAST[InetDiag.ATTR_SOCKOPT] = 2;
    }

    private final HostBytes host;
    private final Report report;
    /** Where the payload of each attribute starts, 0 where it is not there, and its length; slot by slot. */
    private final int[] at = new int[AHEAD * KNOWN];

    private final int[] length = new int[AHEAD * KNOWN];
    /** Where the current slot starts. */
    private int base;

    /** How often each unknown attribute occurred in this dump, by its number, and where it was first. */
    private final int[] unknown = new int[Netlink.NLA_TYPE_MASK + 1];

    private final int[] unknownAt = new int[Netlink.NLA_TYPE_MASK + 1];
    private boolean anyUnknown;

    DiagAttributes(HostBytes host, Report report) {
        this.host = host;
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
        if (type < KNOWN && LEAST[type] > 0) {
            at[base + type] = start + Netlink.NLA_HDRLEN;
            length[base + type] = payload;
            if (payload < LEAST[type]) {
                report.problem(start, start + size, "attribute " + type + " with " + payload + " bytes is too short");
            } else if (type == InetDiag.ATTR_ULP_INFO && !isNest(at[base + type], payload)) {
                report.problem(start, start + size, "attribute " + type + " with a nested one that does not fit");
            }
        } else if (type != InetDiag.ATTR_PAD && type != InetDiag.ATTR_MD5SIG) {
            if (unknown[type]++ == 0) {
                unknownAt[type] = start;
            }
            anyUnknown = true;
        }
    }

    private boolean isNest(int from, int size) {
        int next = from;
        while (next + Netlink.NLA_HDRLEN <= from + size) {
            int inner = host.u16(next);
            if (inner < Netlink.NLA_HDRLEN || next + inner > from + size) {
                return false;
            }
            next += Netlink.align(inner);
        }
        return next >= from + size;
    }

    /** Tells of the attributes that are unknown: once for each number, with the bytes of the first. */
    void reportUnknown() {
        for (int type = 0; anyUnknown && type < unknown.length; type++) {
            if (unknown[type] > 0) {
                int start = unknownAt[type];
                report.problem(
                        start,
                        start + host.u16(start),
                        "attribute " + type + " is unknown: in " + unknown[type] + " messages");
            }
        }
    }

    boolean has(int attribute) {
        return at[base + attribute] != 0;
    }

    /** Where the payload of an attribute that is there starts. */
    int at(int attribute) {
        return at[base + attribute];
    }

    /** Payload length of an attribute that is there. */
    int length(int attribute) {
        return length[base + attribute];
    }

    /** Where the payload of a nested attribute starts, or -1 where there is none; it ends at {@link #nestedEnd}. */
    int nested(int attribute, int number) {
        if (!has(attribute)) {
            return -1;
        }
        int next = at(attribute);
        int end = next + length(attribute);
        while (next + Netlink.NLA_HDRLEN <= end) {
            int size = host.u16(next);
            if (size < Netlink.NLA_HDRLEN || next + size > end) {
                return -1;
            }
            if ((host.u16(next + 2) & Netlink.NLA_TYPE_MASK) == number) {
                return next + Netlink.NLA_HDRLEN;
            }
            next += Netlink.align(size);
        }
        return -1;
    }

    /** Where the nested attribute ends whose payload starts at {@code payload}. */
    int nestedEnd(int payload) {
        return payload - Netlink.NLA_HDRLEN + host.u16(payload - Netlink.NLA_HDRLEN);
    }
}
