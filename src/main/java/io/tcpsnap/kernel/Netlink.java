package io.tcpsnap.kernel;

import java.nio.ByteOrder;

/**
 * Netlink message layout and types.
 *
 * <p>{@code struct nlmsghdr}: u32 length with header, u16 type, u16 flags, u32 sequence, u32 port; 16 bytes, messages
 * padded to 4. {@code struct nlattr}: u16 length with header, u16 type, payload padded to 4. All in host byte order.
 * Source: include/uapi/linux/netlink.h.
 */
public final class Netlink {
    public static final int NLMSG_HDRLEN = 16;
    public static final int NLMSG_ERROR = 2;
    public static final int NLMSG_DONE = 3;
    /** The table changed while the kernel listed it: entries may be missing or twice. */
    public static final int NLM_F_DUMP_INTR = 0x010;

    public static final int NLM_F_REQUEST = 0x001;
    public static final int NLM_F_MULTI = 0x002;
    public static final int NLM_F_DUMP = 0x300;
    /** Multicast groups of NETLINK_SOCK_DIAG: a message for each socket destroyed (include/uapi/linux/sock_diag.h). */
    public static final int SKNLGRP_INET_TCP_DESTROY = 1;

    public static final int SKNLGRP_INET6_TCP_DESTROY = 3;
    public static final int NLA_HDRLEN = 4;
    /** Removes NLA_F_NESTED and NLA_F_NET_BYTEORDER from an attribute's type. */
    public static final int NLA_TYPE_MASK = 0x3fff;

    private Netlink() {}

    /**
     * An unsigned number of two bytes. Out of a bare array and this short, since the recorder runs without an optimising
     * compiler.
     *
     * @param low 0 where the lower byte comes first, else 1
     */
    static int u16(byte[] bytes, int at, int low) {
        return bytes[at + low] & 0xff | (bytes[at + 1 - low] & 0xff) << 8;
    }

    /** What {@link #u16} is to be told of an order. */
    static int low(ByteOrder order) {
        return order == ByteOrder.LITTLE_ENDIAN ? 0 : 1;
    }

    /** The length that a message says it has, -1 where not even its header is there. */
    public static int length(byte[] bytes, int at, int end, ByteOrder order) {
        if (end - at < NLMSG_HDRLEN) {
            return -1;
        }
        int low = low(order);
        return u16(bytes, at + 2 - 2 * low, low) << 16 | u16(bytes, at + 2 * low, low);
    }

    /** {@code n} rounded up to the netlink alignment of 4. */
    public static int align(int n) {
        return (n + 3) & ~3;
    }
}
