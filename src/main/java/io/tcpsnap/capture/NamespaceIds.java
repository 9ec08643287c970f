package io.tcpsnap.capture;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import io.tcpsnap.kernel.Netlink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The ids by which the recorder's network namespace knows others, and netlink says where a message is from: those that
 * {@code ip netns list-id} shows (net/core/net_namespace.c rtnl_net_getid(), rtnl_net_newid()). The kernel gives one to the
 * other end of each veth; one that has none needs CAP_NET_ADMIN to get it, and loses it when it ends.
 */
final class NamespaceIds {
    /** NETNSA_NSID_NOT_ASSIGNED. */
    static final int NONE = -1;

    private static final short RTM_NEWNSID = 88;
    private static final short RTM_GETNSID = 90;
    private static final short NETNSA_NSID = 1;
    private static final short NETNSA_FD = 3;
    private static final short NLM_F_ACK = 4;
    private static final int RTGENMSG = 4;
    private static final int SIZE = 4096;

    private final Memory memory = new Memory(SIZE);

    /** The id of the namespace behind a file, given to it where it has none. Fails with the error of the kernel. */
    int assigned(String file) throws LastErrorException {
        int id = ask(file, RTM_GETNSID);
        if (id == NONE) {
            ask(file, RTM_NEWNSID);
            id = ask(file, RTM_GETNSID);
        }
        return id;
    }

    /** The id of the namespace behind a file, or {@link #NONE}. */
    int of(String file) throws LastErrorException {
        return ask(file, RTM_GETNSID);
    }

    private int ask(String file, short type) {
        int namespace = Libc.open(file, Libc.O_RDONLY | Libc.O_CLOEXEC);
        int fd = -1;
        try {
            fd = NetlinkSocket.open(Libc.NETLINK_ROUTE);
            NetlinkSocket.timeout(fd, 1);
            byte[] request = request(type, namespace);
            memory.write(0, request, 0, request.length);
            Libc.send(fd, memory, request.length, 0);
            return id((int) Libc.recv(fd, memory, SIZE, 0));
        } finally {
            Libc.close(namespace);
            if (fd >= 0) {
                Libc.close(fd);
            }
        }
    }

    private static byte[] request(short type, int namespace) {
        int length = Netlink.NLMSG_HDRLEN + RTGENMSG + 16;
        ByteBuffer request = ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
        request.putInt(length).putShort(type);
        request.putShort((short) (Netlink.NLM_F_REQUEST | (type == RTM_NEWNSID ? NLM_F_ACK : 0)));
        request.putInt(1).putInt(0).putInt(0);
        request.putShort((short) 8).putShort(NETNSA_FD).putInt(namespace);
        request.putShort((short) 8).putShort(NETNSA_NSID).putInt(NONE);
        return request.array();
    }

    /** What an answer says; an error of another kind than "there is one already" is thrown. */
    private int id(int length) {
        if (memory.getShort(4) == Netlink.NLMSG_ERROR) {
            int errno = -memory.getInt(Netlink.NLMSG_HDRLEN);
            if (errno != 0 && errno != Errno.EEXIST) {
                throw new LastErrorException(errno);
            }
            return NONE;
        }
        int attribute;
        for (int at = Netlink.NLMSG_HDRLEN + RTGENMSG; at + 8 <= length; at += Netlink.align(attribute)) {
            attribute = Math.max(Netlink.NLA_HDRLEN, memory.getShort(at) & 0xffff);
            if (memory.getShort(at + 2) == NETNSA_NSID) {
                return memory.getInt(at + Netlink.NLA_HDRLEN);
            }
        }
        return NONE;
    }
}
