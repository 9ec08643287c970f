package io.tcpsnap.lab;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.util.ArrayDeque;
import java.util.Deque;

/** Both ends of an MPTCP connection over loopback, and its listener: Java has no sockets of this protocol. */
public final class MptcpConnection implements AutoCloseable {
    private static final int AF_INET = 2;
    private static final int STREAM = 1 | 0x80000;
    private static final int IPPROTO_MPTCP = 262;
    private static final int ADDRESS = 16;

    static {
        Native.register(MptcpConnection.class, "c");
    }

    private static native int socket(int domain, int type, int protocol) throws LastErrorException;

    private static native int bind(int fd, Pointer address, int length) throws LastErrorException;

    private static native int listen(int fd, int backlog) throws LastErrorException;

    private static native int getsockname(int fd, Pointer address, Pointer length) throws LastErrorException;

    private static native int connect(int fd, Pointer address, int length) throws LastErrorException;

    private static native int accept(int fd, Pointer address, Pointer length) throws LastErrorException;

    private static native long send(int fd, Pointer from, long count, int flags) throws LastErrorException;

    private static native long recv(int fd, Pointer into, long count, int flags) throws LastErrorException;

    private static native int close(int fd) throws LastErrorException;

    private final Deque<Integer> open = new ArrayDeque<>();
    private final int port;

    private MptcpConnection(int bytes) {
        Memory address = new Memory(ADDRESS);
        address.clear();
        address.setShort(0, (short) AF_INET);
        address.setByte(4, (byte) 127);
        address.setByte(7, (byte) 1);
        Memory length = new Memory(4);
        length.setInt(0, ADDRESS);
        int listener = mptcp();
        bind(listener, address, ADDRESS);
        listen(listener, 5);
        getsockname(listener, address, length);
        port = (address.getByte(2) & 0xff) << 8 | address.getByte(3) & 0xff;
        int client = mptcp();
        connect(client, address, ADDRESS);
        int server = accept(listener, null, null);
        open.push(server);
        Memory data = new Memory(bytes);
        data.clear();
        send(client, data, bytes, 0);
        for (long left = bytes; left > 0; ) {
            left -= recv(server, data, bytes, 0);
        }
    }

    private int mptcp() {
        int fd = socket(AF_INET, STREAM, IPPROTO_MPTCP);
        open.push(fd);
        return fd;
    }

    /** Whether the kernel has MPTCP. */
    public static boolean available() {
        try {
            close(socket(AF_INET, STREAM, IPPROTO_MPTCP));
            return true;
        } catch (LastErrorException e) {
            return false;
        }
    }

    /** Connects, sends some bytes and receives them. */
    public static MptcpConnection open(int bytes) {
        return new MptcpConnection(bytes);
    }

    /** Of the listener. */
    public int port() {
        return port;
    }

    @Override
    public void close() {
        open.forEach(MptcpConnection::close);
    }
}
