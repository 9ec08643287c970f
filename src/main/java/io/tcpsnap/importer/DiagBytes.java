package io.tcpsnap.importer;

import io.tcpsnap.kernel.DiagMessage;
import io.tcpsnap.kernel.InetDiag;
import io.tcpsnap.kernel.Netlink;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;

/** Gathers inet_diag messages of one copy, without TCP-MD5 keys. */
final class DiagBytes {
    static final String TCP = "sock_diag/tcp";
    static final String MPTCP = "sock_diag/mptcp";
    static final String DESTROY = "sock_diag/destroy";
    private static final int FIXED = Netlink.NLMSG_HDRLEN + InetDiag.MSG_LENGTH;

    private final ByteOrder order;
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
    private int families;

    DiagBytes(ByteOrder order) {
        this.order = order;
    }

    /** Whether a whole message about an IPv4 or IPv6 socket starts at {@code at}, in this byte order. */
    static boolean isMessage(byte[] bytes, int at, int limit, ByteOrder order) {
        if (limit - at < FIXED) {
            return false;
        }
        ByteBuffer message = ByteBuffer.wrap(bytes).order(order);
        int length = message.getInt(at);
        int type = message.getShort(at + 4) & 0xffff;
        int family = bytes[at + Netlink.NLMSG_HDRLEN + InetDiag.FAMILY];
        return (type == InetDiag.SOCK_DIAG_BY_FAMILY || type == InetDiag.TCPDIAG_GETSOCK)
                && (message.getShort(at + 6) & Netlink.NLM_F_REQUEST) == 0
                && length >= FIXED
                && length <= limit - at
                && (family == 2 || family == 10);
    }

    /** Adds a message that {@link #isMessage}; returns where the next begins. */
    int add(byte[] bytes, int at) {
        int length = ByteBuffer.wrap(bytes).order(order).getInt(at);
        DiagMessage.copy(ByteBuffer.wrap(bytes).order(order), at, length, messages::write);
        families |= bytes[at + Netlink.NLMSG_HDRLEN + InetDiag.FAMILY] == 2 ? 1 : 2;
        return at + Netlink.align(length);
    }

    /** Adds any other netlink message, verbatim, padded to 4. */
    void addOther(byte[] bytes, int at, int length) {
        messages.write(bytes, at, length);
        messages.write(new byte[3], 0, Netlink.align(length) - length);
    }

    boolean isEmpty() {
        return messages.size() == 0;
    }

    int size() {
        return messages.size();
    }

    int families() {
        return families;
    }

    /** The copy. {@code done} as in {@link Found}. */
    Found found(String entry, int index, Instant when, byte[] done) {
        return new Found(entry, Content.held(messages.toByteArray()), index, when, families, done);
    }

    /** NLMSG_DONE as the kernel sends it: flags NLM_F_MULTI, errno 0. */
    static byte[] done(ByteOrder order) {
        return ByteBuffer.allocate(Netlink.NLMSG_HDRLEN + 4)
                .order(order)
                .putInt(Netlink.NLMSG_HDRLEN + 4)
                .putShort((short) Netlink.NLMSG_DONE)
                .putShort((short) Netlink.NLM_F_MULTI)
                .array();
    }
}
