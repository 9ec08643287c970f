package io.tcpsnap.capture;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;

/** Netlink sockets, by descriptor. What fails throws {@link LastErrorException}. */
final class NetlinkSocket {
    /** {@code struct sockaddr_nl}: u16 family, u16 pad, u32 port, u32 groups. */
    private static final int ADDRESS = 12;
    /** SO_MEMINFO: nine u32, the last is sk_drops (include/uapi/linux/sock_diag.h). */
    private static final int MEMINFO = 36;

    private static final int MEMINFO_DROPS = 32;
    static final int NETLINK_LISTEN_ALL_NSID = 8;
    /** Made once: sockets are opened in other namespaces, where no thread may start, as that of the memory's cleaner. */
    private static final Memory TIMEVAL = new Memory(16);

    private NetlinkSocket() {}

    /** @param protocol NETLINK_SOCK_DIAG, NETLINK_ROUTE */
    static int open(int protocol) {
        return Libc.socket(Libc.AF_NETLINK, Libc.SOCK_RAW | Libc.SOCK_CLOEXEC, protocol);
    }

    /** recv() fails with EAGAIN after this time. */
    static void timeout(int fd, long seconds) {
        TIMEVAL.setLong(0, seconds);
        TIMEVAL.setLong(8, 0);
        Libc.setsockopt(fd, Libc.SOL_SOCKET, Libc.SO_RCVTIMEO, TIMEVAL, 16);
    }

    /** Messages of multicast groups come from every network namespace that has an id in the socket's own, too; since 4.2. */
    static void listenAll(int fd) {
        Memory on = new Memory(4);
        on.setInt(0, 1);
        Libc.setsockopt(fd, Libc.SOL_NETLINK, NETLINK_LISTEN_ALL_NSID, on, 4);
    }

    /** As large as asked with CAP_NET_ADMIN, else as net.core.rmem_max allows. */
    static void receiveBuffer(int fd, int bytes) {
        Memory size = new Memory(4);
        size.setInt(0, bytes);
        try {
            Libc.setsockopt(fd, Libc.SOL_SOCKET, Libc.SO_RCVBUFFORCE, size, 4);
        } catch (LastErrorException e) {
            Libc.setsockopt(fd, Libc.SOL_SOCKET, Libc.SO_RCVBUF, size, 4);
        }
    }

    /** Subscribes to multicast groups below 32. */
    static void join(int fd, int... groups) {
        int mask = 0;
        for (int group : groups) {
            mask |= 1 << group - 1;
        }
        Memory address = new Memory(ADDRESS);
        address.clear();
        address.setShort(0, (short) Libc.AF_NETLINK);
        address.setInt(8, mask);
        Libc.bind(fd, address, ADDRESS);
    }

    /** How many messages the kernel dropped since the receive buffer was full; 0 before 4.12, which does not say. */
    static long drops(int fd) {
        Memory info = new Memory(MEMINFO + 4);
        info.clear();
        info.setInt(MEMINFO, MEMINFO);
        try {
            Libc.getsockopt(fd, Libc.SOL_SOCKET, Libc.SO_MEMINFO, info, info.share(MEMINFO));
        } catch (LastErrorException e) {
            return 0;
        }
        return Integer.toUnsignedLong(info.getInt(MEMINFO_DROPS));
    }
}
