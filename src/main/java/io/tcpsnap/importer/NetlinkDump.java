package io.tcpsnap.importer;

import io.tcpsnap.kernel.Netlink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * What {@code ss -D FILE} writes: netlink messages one behind another, each dump ended by NLMSG_DONE; several such files
 * joined are one. Source: iproute2 misc/ss.c inet_show_netlink().
 */
final class NetlinkDump {
    private NetlinkDump() {}

    /** The byte order that the first message makes sense in; null where the bytes are no dump of TCP sockets. */
    static ByteOrder order(byte[] bytes) {
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            if (isDone(bytes, 0, order) || DiagBytes.isMessage(bytes, 0, bytes.length, order)) {
                return order;
            }
        }
        return null;
    }

    private static boolean isDone(byte[] bytes, int at, ByteOrder order) {
        if (bytes.length - at < Netlink.NLMSG_HDRLEN) {
            return false;
        }
        ByteBuffer message = ByteBuffer.wrap(bytes).order(order);
        int length = message.getInt(at);
        return message.getShort(at + 4) == Netlink.NLMSG_DONE
                && length >= Netlink.NLMSG_HDRLEN
                && length <= Math.min(bytes.length - at, 64);
    }

    /**
     * The dump as one copy: its messages, and one NLMSG_DONE where the last dump ended with one.
     *
     * @param warning hears of bytes that are left out, since they are no whole message and may hold a key
     */
    static Found copy(byte[] bytes, ByteOrder order, String entry, Consumer<String> warning) {
        DiagBytes messages = new DiagBytes(order);
        byte[] done = null;
        int at = 0;
        while (at + Netlink.NLMSG_HDRLEN <= bytes.length) {
            int length = ByteBuffer.wrap(bytes).order(order).getInt(at);
            if (length < Netlink.NLMSG_HDRLEN || length > bytes.length - at) {
                break;
            }
            if (isDone(bytes, at, order)) {
                done = worse(done, Arrays.copyOfRange(bytes, at, at + length));
            } else if (DiagBytes.isMessage(bytes, at, bytes.length, order)) {
                messages.add(bytes, at);
                done = hasError(done) ? done : null;
            } else {
                warning.accept("the netlink message at byte " + at + " is about no TCP socket: left out");
            }
            at = Math.min(bytes.length, at + Netlink.align(length));
        }
        if (at < bytes.length) {
            warning.accept((bytes.length - at) + " bytes at its end are no whole message: left out");
            done = null;
        }
        return messages.found(entry, 0, null, done);
    }

    private static byte[] worse(byte[] done, byte[] next) {
        return hasError(done) ? done : next;
    }

    private static boolean hasError(byte[] done) {
        for (int i = Netlink.NLMSG_HDRLEN; done != null && i < done.length; i++) {
            if (done[i] != 0) {
                return true;
            }
        }
        return false;
    }
}
