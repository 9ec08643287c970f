package io.tcpsnap.slice;

import io.tcpsnap.archive.Entry;
import io.tcpsnap.kernel.InetDiag;
import io.tcpsnap.kernel.Netlink;
import io.tcpsnap.kernel.TextAddress;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Set;

/** Messages of {@code sock_diag/*}. */
final class DiagRows {
    private static final int AF_INET = 2;

    private final RowTest test;
    private final ByteOrder order;
    private final Set<Long> inodes;

    /** @param inodes get those of the messages that are kept */
    DiagRows(RowTest test, ByteOrder order, Set<Long> inodes) {
        this.test = test;
        this.order = order;
        this.inodes = inodes;
    }

    /** The messages that are wanted, and what ends a dump. */
    Entry of(Entry entry) {
        ByteBuffer in = ByteBuffer.wrap(entry.bytes(), 0, entry.length()).order(order);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = 0;
        while (at + Netlink.NLMSG_HDRLEN <= entry.length()) {
            int length = in.getInt(at);
            if (length < Netlink.NLMSG_HDRLEN || length > entry.length() - at) {
                break;
            }
            int next = Math.min(entry.length(), at + Netlink.align(length));
            int type = in.getShort(at + 4) & 0xffff;
            if (type == Netlink.NLMSG_DONE || type == Netlink.NLMSG_ERROR || wants(in, at, length)) {
                out.write(entry.bytes(), at, next - at);
            }
            at = next;
        }
        return Lines.entry(entry.path(), out);
    }

    private boolean wants(ByteBuffer in, int at, int length) {
        int message = at + Netlink.NLMSG_HDRLEN;
        if (length < Netlink.NLMSG_HDRLEN + InetDiag.MSG_LENGTH) {
            return false;
        }
        int size = in.get(message) == AF_INET ? 4 : 16;
        boolean wanted = test.wants(
                address(in, message + InetDiag.SRC, size),
                port(in, message + InetDiag.SPORT),
                address(in, message + InetDiag.DST, size),
                port(in, message + InetDiag.DPORT));
        if (wanted) {
            inodes.add(in.getInt(message + InetDiag.INODE) & 0xffffffffL);
        }
        return wanted;
    }

    private static String address(ByteBuffer in, int at, int size) {
        return TextAddress.format(Arrays.copyOfRange(in.array(), at, at + size));
    }

    private static int port(ByteBuffer in, int at) {
        return (in.get(at) & 0xff) << 8 | in.get(at + 1) & 0xff;
    }
}
