package io.tcpsnap.capture;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Receives datagrams of a netlink socket, and which network namespace each is from: {@code struct msghdr}, {@code iovec}
 * and {@code cmsghdr} of 64-bit Linux.
 */
final class NetlinkReceiver {
    private static final int MSGHDR = 56;
    private static final int MSG_IOV = 16;
    private static final int MSG_IOVLEN = 24;
    private static final int MSG_CONTROL = 32;
    private static final int MSG_CONTROLLEN = 40;
    private static final int CONTROL = 64;
    private static final int CMSG_LEVEL = 8;
    private static final int CMSG_TYPE = 12;
    private static final int CMSG_DATA = 16;

    private final Memory data;
    private final Memory iovec = new Memory(16);
    private final Memory control = new Memory(CONTROL);
    private final Memory message = new Memory(MSGHDR);
    private final ByteBuffer datagram;

    /** @param size of the largest datagram */
    NetlinkReceiver(int size) {
        data = new Memory(size);
        datagram = ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
        iovec.setPointer(0, data);
        iovec.setLong(8, size);
        message.clear();
        message.setPointer(MSG_IOV, iovec);
        message.setLong(MSG_IOVLEN, 1);
        message.setPointer(MSG_CONTROL, control);
    }

    /** The next datagram, from 0 to its limit; overwritten by the next call. Fails with the error of the kernel. */
    ByteBuffer receive(int fd, int flags) throws LastErrorException {
        message.setLong(MSG_CONTROLLEN, CONTROL);
        int length = (int) Libc.recvmsg(fd, message, flags);
        data.read(0, datagram.array(), 0, length);
        return datagram.clear().limit(length);
    }

    /** The id of the namespace that the last datagram is from; {@link NamespaceIds#NONE}: the socket's own. */
    int namespace() {
        boolean told = message.getLong(MSG_CONTROLLEN) >= CMSG_DATA + 4
                && control.getInt(CMSG_LEVEL) == Libc.SOL_NETLINK
                && control.getInt(CMSG_TYPE) == NetlinkSocket.NETLINK_LISTEN_ALL_NSID;
        return told ? control.getInt(CMSG_DATA) : NamespaceIds.NONE;
    }
}
