package io.tcpsnap.capture;

import io.tcpsnap.kernel.DiagMessage;
import io.tcpsnap.kernel.Netlink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Gathers the datagrams of a dump, which may be the answer to several requests, as one run of messages. */
final class DiagDump {
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final int ERRNO_END = Netlink.NLMSG_HDRLEN + 4;

    private final byte[] done = new byte[ERRNO_END];
    private int sockets;
    private boolean interrupted;

    /** Forgets all. */
    void clear() {
        sockets = 0;
        interrupted = false;
    }

    /** How many messages there were but for the end. */
    int sockets() {
        return sockets;
    }

    /** Whether the kernel said that the table changed during the dump, so that sockets may be missing. */
    boolean interrupted() {
        return interrupted;
    }

    /**
     * Counts the sockets of a datagram that can be kept as it is, as nearly all can: no end, no mark, no key is in it.
     *
     * @return false where it is to be taken apart by {@link #add}, and nothing was counted
     */
    boolean isWhole(byte[] bytes, int from, int end) {
        int found = 0;
        for (int at = from; at < end; found++) {
            int length = Netlink.length(bytes, at, end, ORDER);
            if (length < Netlink.NLMSG_HDRLEN
                    || length > end - at
                    || !DiagMessage.isUnmarkedSocket(bytes, at, ORDER)
                    || !DiagMessage.isVerbatim(bytes, at, length, ORDER)) {
                return false;
            }
            at += length;
        }
        sockets += found;
        return true;
    }

    /**
     * Copies the messages of one datagram.
     *
     * @param datagram in the order of this machine, from 0 to its limit; backed by an array
     * @return false when it held the end of an answer, which is kept for {@link #end}
     * @throws SourceException where the kernel reports an error, or the datagram is not made of whole messages
     */
    boolean add(ByteBuffer datagram, CopyBuffer into) throws SourceException {
        int at = 0;
        do {
            int length = length(datagram, at);
            int type = datagram.getShort(at + 4) & 0xffff;
            interrupted |= (datagram.getShort(at + 6) & Netlink.NLM_F_DUMP_INTR) != 0;
            if (type == Netlink.NLMSG_ERROR) {
                throw new SourceException(errno(datagram, at, length, Errno.EINVAL));
            }
            if (type == Netlink.NLMSG_DONE) {
                int errno = errno(datagram, at, length, 0);
                if (errno > 0) {
                    throw new SourceException(errno);
                }
                System.arraycopy(datagram.array(), at, done, 0, Math.min(length, done.length));
                return false;
            }
            DiagMessage.copy(datagram, at, length, into::append);
            sockets++;
            at += Netlink.align(length);
        } while (at < datagram.limit());
        return true;
    }

    private static int length(ByteBuffer datagram, int at) throws SourceException {
        int left = datagram.limit() - at;
        int length = left < Netlink.NLMSG_HDRLEN ? 0 : datagram.getInt(at);
        if (length < Netlink.NLMSG_HDRLEN || length > left) {
            throw new SourceException(Errno.EINVAL);
        }
        return length;
    }

    /** What a message of error or end says: a negative number; {@code missing} where it has none. */
    private static int errno(ByteBuffer datagram, int at, int length, int missing) {
        return length < ERRNO_END ? missing : -datagram.getInt(at + Netlink.NLMSG_HDRLEN);
    }

    /** Appends the one end that the copy has. */
    void end(CopyBuffer into) {
        into.append(done, 0, done.length);
    }
}
