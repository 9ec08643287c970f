package io.tcpsnap.kernel;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** An inet_diag message without its attribute MD5SIG, which holds TCP-MD5 keys in clear. */
public final class DiagMessage {
    private static final int FIXED = Netlink.NLMSG_HDRLEN + InetDiag.MSG_LENGTH;

    private DiagMessage() {}

    /**
     * Copies one message, padded to 4, and otherwise verbatim. Where its attributes are malformed, what is behind the last
     * sound one is left out: a key must not slip through.
     *
     * @param at where its {@code struct nlmsghdr} starts
     * @param length its nlmsg_len, at least a header; all of it is in {@code bytes}
     */
    public static void copy(byte[] bytes, int at, int length, ByteOrder order, ByteArrayOutputStream out) {
        ByteBuffer message = ByteBuffer.wrap(bytes).order(order);
        ByteArrayOutputStream copy = new ByteArrayOutputStream(length);
        int end = at + length;
        copy.write(bytes, at, Math.min(FIXED, length));
        int attribute = at + FIXED;
        while (attribute + Netlink.NLA_HDRLEN <= end) {
            int size = message.getShort(attribute) & 0xffff;
            int type = message.getShort(attribute + 2) & Netlink.NLA_TYPE_MASK;
            if (size < Netlink.NLA_HDRLEN || attribute + size > end) {
                break;
            }
            if (type != InetDiag.ATTR_MD5SIG) {
                copy.write(bytes, attribute, Math.min(Netlink.align(size), end - attribute));
            }
            attribute += Netlink.align(size);
        }
        byte[] kept = copy.toByteArray();
        ByteBuffer.wrap(kept).order(order).putInt(0, kept.length);
        out.writeBytes(kept);
        out.write(new byte[3], 0, Netlink.align(kept.length) - kept.length);
    }
}
