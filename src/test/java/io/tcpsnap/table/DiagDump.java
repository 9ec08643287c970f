package io.tcpsnap.table;

import io.tcpsnap.decode.Problem;
import io.tcpsnap.kernel.InetDiag;
import io.tcpsnap.kernel.Netlink;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;

/** Writes sock_diag dumps as a kernel of either byte order would. */
public final class DiagDump {
    private final ByteOrder order;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public DiagDump(ByteOrder order) {
        this.order = order;
    }

    public ByteBuffer buffer(int length) {
        return ByteBuffer.allocate(length).order(order);
    }

    /** A message with its header and padding. */
    public DiagDump message(int type, byte[] payload) {
        int length = Netlink.NLMSG_HDRLEN + payload.length;
        ByteBuffer message = buffer(Netlink.align(length));
        message.putInt(length).putShort((short) type).putShort((short) Netlink.NLM_F_MULTI);
        message.putInt(1).putInt(0).put(payload);
        return bytes(message.array());
    }

    public DiagDump bytes(byte[] raw) {
        out.writeBytes(raw);
        return this;
    }

    /** The end of a dump, with an errno as the kernel sends it: negative, or 0. */
    public DiagDump done(int errno) {
        return message(Netlink.NLMSG_DONE, buffer(4).putInt(errno).array());
    }

    /** {@code struct inet_diag_msg} of a socket from port 80 to 4096, with a value of its own in each field. */
    public byte[] header(int family, int state, int timer) {
        ByteBuffer header = buffer(InetDiag.MSG_LENGTH);
        header.put((byte) family).put((byte) state).put((byte) timer).put((byte) 3);
        header.put(new byte[] {0, 80, 16, 0});
        header.put(InetDiag.SRC, new byte[] {10, 99, 0, 1});
        header.put(InetDiag.DST, new byte[] {10, 99, 0, (byte) 250});
        header.putInt(InetDiag.IF, 0x80000001);
        header.putInt(InetDiag.COOKIE, 0x80000002).putInt(InetDiag.COOKIE + 4, 0x80000003);
        header.putInt(InetDiag.EXPIRES, 0x7fffffff);
        header.putInt(InetDiag.RQUEUE, 0x80000004).putInt(InetDiag.WQUEUE, 0x80000005);
        header.putInt(InetDiag.UID, 0x80000006).putInt(InetDiag.INODE, 0x80000007);
        return header.array();
    }

    /** An established IPv4 socket with these attributes. */
    public DiagDump established(byte[]... attributes) {
        return socket(header(2, 1, 1), attributes);
    }

    public DiagDump socket(byte[] header, byte[]... attributes) {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        payload.writeBytes(header);
        for (byte[] attribute : attributes) {
            payload.writeBytes(attribute);
        }
        return message(InetDiag.SOCK_DIAG_BY_FAMILY, payload.toByteArray());
    }

    /** A {@code struct nlattr} with its payload and padding. */
    public byte[] attribute(int type, byte... payload) {
        int length = Netlink.NLA_HDRLEN + payload.length;
        ByteBuffer attribute = buffer(Netlink.align(length));
        return attribute
                .putShort((short) length)
                .putShort((short) type)
                .put(payload)
                .array();
    }

    public byte[] bytes() {
        return out.toByteArray();
    }

    /** The rows of the table tcp_info. */
    public List<Map<String, Object>> rows(List<Problem> problems) {
        return Rows.of("tcp_info", Rows.tick(Map.of("sock_diag/tcp", bytes()), order), problems);
    }
}
