package io.tcpsnap.capture;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import java.util.HashMap;
import java.util.Map;

/**
 * Which sockets are TCP, by inode. The kernel tells by the attribute system.sockprotoname of the socket's inode, since 3.7
 * (net/socket.c sockfs_xattr_get()): no descriptor is opened or duplicated. Where it does not, the socket is taken for TCP.
 */
final class SocketKinds {
    private static final int MAX_KNOWN = 1 << 17;
    private static final Memory NAME = new Memory(64);

    private final Map<Long, Boolean> known = new HashMap<>();

    /** @param fd a descriptor of the process {@code pid} that the socket was just seen behind */
    boolean isTcp(long inode, int pid, int fd) {
        Boolean is = known.get(inode);
        if (is == null) {
            is = ask("/proc/" + pid + "/fd/" + fd);
            if (known.size() == MAX_KNOWN) {
                known.clear();
            }
            known.put(inode, is);
        }
        return is;
    }

    /** TCP, TCPv6, MPTCP, MPTCPv6, against UDP, UNIX-STREAM, NETLINK ... */
    private static boolean ask(String path) {
        try {
            int length = (int) ProcessCalls.getxattr(path, "system.sockprotoname", NAME, NAME.size());
            String name = new String(NAME.getByteArray(0, length), java.nio.charset.StandardCharsets.ISO_8859_1);
            return name.startsWith("TCP") || name.startsWith("MPTCP");
        } catch (LastErrorException e) {
            return e.getErrorCode() != Errno.ENOENT;
        }
    }
}
