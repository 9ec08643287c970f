package io.tcpsnap.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** An inet_diag message without its attribute MD5SIG, which holds TCP-MD5 keys in clear. */
public final class DiagMessage {
    private static final int FIXED = Netlink.NLMSG_HDRLEN + InetDiag.MSG_LENGTH;
    private static final int LENGTH = 4;
    private static final byte[] PADDING = new byte[LENGTH];

    /** Takes bytes, one run after the other. */
    @FunctionalInterface
    public interface Sink {
        void append(byte[] from, int at, int count);
    }

    private DiagMessage() {}

    /**
     * Copies one message, padded to 4, and otherwise verbatim. Where its attributes are malformed, what is behind the last
     * sound one is left out: a key must not slip through.
     *
     * @param messages in the byte order of their host; backed by an array, from its start
     * @param at where the message's {@code struct nlmsghdr} starts
     * @param length its nlmsg_len, at least a header; all of it is there
     */
    public static void copy(ByteBuffer messages, int at, int length, Sink out) {
        int kept = attributes(messages, at, length, (from, start, count) -> {});
        if (kept == length) {
            out.append(messages.array(), at, length);
        } else {
            out.append(
                    ByteBuffer.allocate(LENGTH)
                            .order(messages.order())
                            .putInt(kept)
                            .array(),
                    0,
                    LENGTH);
            out.append(messages.array(), at + LENGTH, Math.min(FIXED, length) - LENGTH);
            attributes(messages, at, length, out);
        }
        out.append(PADDING, 0, Netlink.align(kept) - kept);
    }

    /** Whether the message is neither an end nor an error, and does not say that the table changed under the dump. */
    public static boolean isUnmarkedSocket(byte[] messages, int at, ByteOrder order) {
        int low = Netlink.low(order);
        return Netlink.u16(messages, at + 4, low) > Netlink.NLMSG_DONE
                && (Netlink.u16(messages, at + 6, low) & Netlink.NLM_F_DUMP_INTR) == 0;
    }

    /**
     * Whether {@link #copy} would append exactly these bytes. The recorder asks this of every socket and runs without an
     * optimising compiler: hence the bare array.
     *
     * @param order of the host that the message comes from
     */
    public static boolean isVerbatim(byte[] messages, int at, int length, ByteOrder order) {
        int low = Netlink.low(order);
        int end = at + length;
        int attribute = at + FIXED;
        while (attribute + Netlink.NLA_HDRLEN <= end) {
            int size = Netlink.u16(messages, attribute, low);
            int type = Netlink.u16(messages, attribute + 2, low) & Netlink.NLA_TYPE_MASK;
            if (size < Netlink.NLA_HDRLEN || type == InetDiag.ATTR_MD5SIG) {
                return false;
            }
            attribute += Netlink.align(size);
        }
        return length == Netlink.align(length) && (attribute == end || length <= FIXED);
    }

    /** Copies the attributes that stay; returns the length that the message has with them. */
    private static int attributes(ByteBuffer messages, int at, int length, Sink out) {
        int end = at + length;
        int kept = Math.min(FIXED, length);
        int attribute = at + FIXED;
        while (attribute + Netlink.NLA_HDRLEN <= end) {
            int size = messages.getShort(attribute) & 0xffff;
            int type = messages.getShort(attribute + 2) & Netlink.NLA_TYPE_MASK;
            if (size < Netlink.NLA_HDRLEN || attribute + size > end) {
                break;
            }
            if (type != InetDiag.ATTR_MD5SIG) {
                int padded = Math.min(Netlink.align(size), end - attribute);
                out.append(messages.array(), attribute, padded);
                kept += padded;
            }
            attribute += Netlink.align(size);
        }
        return kept;
    }
}
