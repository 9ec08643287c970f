package io.tcpsnap.capture;

import io.tcpsnap.kernel.InetDiag;
import io.tcpsnap.kernel.Netlink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Copies inet_diag messages as received, but for the attribute MD5SIG: it holds TCP-MD5 keys in clear. */
final class DiagMessages {
    private static final int FIXED = Netlink.NLMSG_HDRLEN + InetDiag.MSG_LENGTH;

    private DiagMessages() {}

    /**
     * Copies one message, its padding included. Where its attributes are malformed, what is behind the last sound one is
     * left out: a key must not slip through.
     *
     * @param message holds the message from {@code at} on, in the order of this machine
     * @param length the message's nlmsg_len, at least a header
     */
    static void copy(ByteBuffer message, int at, int length, CopyBuffer out) {
        int start = out.length();
        int end = at + length;
        if (length <= FIXED) {
            append(message, at, Netlink.align(length), out);
            return;
        }
        append(message, at, FIXED, out);
        int attribute = at + FIXED;
        while (attribute + Netlink.NLA_HDRLEN <= end) {
            int size = message.getShort(attribute) & 0xffff;
            int type = message.getShort(attribute + 2) & Netlink.NLA_TYPE_MASK;
            if (size < Netlink.NLA_HDRLEN || attribute + size > end) {
                break;
            }
            if (type != InetDiag.ATTR_MD5SIG) {
                append(message, attribute, Math.min(Netlink.align(size), end - attribute), out);
            }
            attribute += Netlink.align(size);
        }
        int copied = out.length() - start;
        if (copied != length) {
            ByteBuffer.wrap(out.bytes()).order(ByteOrder.nativeOrder()).putInt(start, copied);
        }
        while (out.length() % 4 != 0) {
            out.append(new byte[1], 0, 1);
        }
    }

    private static void append(ByteBuffer message, int at, int count, CopyBuffer out) {
        int there = Math.min(count, message.limit() - at);
        out.append(message.array(), at, there);
    }
}
