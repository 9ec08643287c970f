package io.tcpsnap.capture;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import io.tcpsnap.kernel.InetDiag;
import io.tcpsnap.kernel.Netlink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The kernel's dump of all TCP sockets: netlink messages with {@code tcp_info} and all other attributes.
 *
 * <p>The older request TCPDIAG_GETSOCK answers both families in one walk of the hash table, at half the price of two dumps
 * (net/ipv4/inet_diag.c inet_diag_dump_compat()). Where a kernel refuses it, one dump for each family follows. The copy
 * ends with one NLMSG_DONE, since {@code ss} stops at the first.
 *
 * <p>A dump that failed leaves nothing but its error. One that the kernel marks as changed under its hands is taken again;
 * where that does not help, it is kept and marked NLM_F_DUMP_INTR.
 */
final class SockDiag implements Source {
    /** Larger brings nothing: the kernel fills at most 32 KiB for each recv (net/netlink/af_netlink.c). */
    private static final int RECEIVE = 1 << 15;
    /** Constant, so that equal messages of two ticks are equal bytes. */
    private static final int SEQUENCE = 1;

    private static final int ALL_STATES = -1;
    private static final int ALL_EXTENSIONS = 0xff;
    private static final int AF_UNSPEC = 0;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int TCP = 6;
    private static final int MPTCP = 262;
    private static final int ATTEMPTS = 3;
    private static final int ANSWER_SECONDS = 5;

    private final Memory memory = new Memory(RECEIVE);
    private final DiagDump answer = new DiagDump();
    private final String path;
    private final int protocol;
    private int fd = -1;
    private boolean onePass;

    private SockDiag(String path, int protocol, boolean onePass) {
        this.path = path;
        this.protocol = protocol;
        this.onePass = onePass;
    }

    /** TCP sockets, and so the subflows of MPTCP. */
    static SockDiag tcp() {
        return new SockDiag("sock_diag/tcp", TCP, true);
    }

    /** MPTCP connections and listeners; ENOENT from a kernel without MPTCP. */
    static SockDiag mptcp() {
        return new SockDiag("sock_diag/mptcp", MPTCP, false);
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public int sockets() {
        return answer.sockets();
    }

    @Override
    public void take(CopyBuffer into) throws SourceException {
        for (int left = ATTEMPTS; ; left--) {
            into.clear();
            answer.clear();
            try {
                dumpAll(into);
            } catch (SourceException e) {
                close();
                into.clear();
                if (onePass && isRefusal(e.errno())) {
                    onePass = false;
                } else if (left <= 1 || !mayPass(e.errno())) {
                    throw e;
                }
                continue;
            }
            if (!answer.interrupted()) {
                return;
            }
            if (left <= 1) {
                throw new SourceException("NLM_F_DUMP_INTR");
            }
        }
    }

    private static boolean mayPass(int errno) {
        return errno == Errno.ENOBUFS || errno == Errno.EBUSY;
    }

    private static boolean isRefusal(int errno) {
        return errno == Errno.EINVAL || errno == Errno.EOPNOTSUPP || errno == Errno.ENOENT;
    }

    private void dumpAll(CopyBuffer into) throws SourceException {
        try {
            if (fd < 0) {
                fd = open();
            }
            if (onePass) {
                dump(InetDiag.TCPDIAG_GETSOCK, AF_UNSPEC, into);
            } else {
                dump(InetDiag.SOCK_DIAG_BY_FAMILY, AF_INET, into);
                dump(InetDiag.SOCK_DIAG_BY_FAMILY, AF_INET6, into);
            }
            answer.end(into);
        } catch (LastErrorException e) {
            throw new SourceException(e.getErrorCode());
        }
    }

    /** The recorder must not wait for ever for a kernel that does not answer: EAGAIN then. */
    private static int open() {
        int fd = NetlinkSocket.open(Libc.NETLINK_SOCK_DIAG);
        NetlinkSocket.timeout(fd, ANSWER_SECONDS);
        return fd;
    }

    /** Asks and copies all messages before NLMSG_DONE, which it keeps for the end. */
    private void dump(int type, int family, CopyBuffer into) throws SourceException {
        byte[] request = request(type, family);
        memory.write(0, request, 0, request.length);
        Libc.send(fd, memory, request.length, 0);
        boolean more = true;
        while (more) {
            int received = receive();
            if (received > RECEIVE) {
                throw new SourceException(Errno.EMSGSIZE); // the rest of the message is gone
            }
            into.append(memory, received);
            int end = into.start() + into.length();
            if (!answer.isWhole(into.bytes(), end - received, end)) {
                byte[] datagram = into.takeBack(received);
                more = answer.add(ByteBuffer.wrap(datagram).order(ByteOrder.nativeOrder()), into);
            }
        }
    }

    private int receive() {
        while (true) {
            try {
                return (int) Libc.recv(fd, memory, RECEIVE, Libc.MSG_TRUNC);
            } catch (LastErrorException e) {
                if (e.getErrorCode() != Errno.EINTR) {
                    throw e;
                }
            }
        }
    }

    /**
     * {@code struct inet_diag_req} for the older type, else {@code struct inet_diag_req_v2} with the protocol in an
     * attribute where it needs more than a byte.
     */
    private byte[] request(int type, int family) {
        boolean old = type == InetDiag.TCPDIAG_GETSOCK;
        boolean wide = protocol > 0xff;
        int length = Netlink.NLMSG_HDRLEN + (old ? 60 : wide ? 64 : 56);
        ByteBuffer request = ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
        request.putInt(length).putShort((short) type);
        request.putShort((short) (Netlink.NLM_F_REQUEST | Netlink.NLM_F_DUMP));
        request.putInt(SEQUENCE).putInt(0);
        if (old) {
            request.put((byte) AF_INET).put((byte) 0).put((byte) 0).put((byte) ALL_EXTENSIONS);
            request.position(request.position() + 48);
            request.putInt(ALL_STATES).putInt(0);
        } else {
            request.put((byte) family).put((byte) (wide ? 0 : protocol)).put((byte) ALL_EXTENSIONS);
            request.put((byte) 0).putInt(ALL_STATES);
        }
        if (wide) {
            request.position(length - 8);
            request.putShort((short) 8).putShort((short) InetDiag.REQ_PROTOCOL).putInt(protocol);
        }
        return request.array();
    }

    @Override
    public void close() {
        if (fd >= 0) {
            Libc.close(fd);
            fd = -1;
        }
    }
}
