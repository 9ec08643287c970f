package io.tcpsnap.lab;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Both ends of a connection over loopback, and its listener, by system calls: Java has neither sockets of MPTCP nor the
 * error queue of those of TCP.
 */
public final class NativeConnection implements AutoCloseable {
    private static final int AF_INET = 2;
    private static final int STREAM = 1 | 0x80000;
    private static final int IPPROTO_MPTCP = 262;
    private static final int SOL_SOCKET = 1;
    private static final int SO_TIMESTAMPING = 37;
    /** OPT_STATS, OPT_TSONLY, OPT_ID, and software stamps of SCHED, SND and ACK; include/uapi/linux/net_tstamp.h. */
    private static final int STATS_OF_EVENTS = 1 << 12 | 1 << 11 | 1 << 7 | 1 << 4 | 1 << 8 | 1 << 1 | 1 << 9;

    private static final int MSG_ERRQUEUE = 0x2000;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int EAGAIN = 11;
    private static final int ADDRESS = 16;

    static {
        Native.register(NativeConnection.class, "c");
    }

    private static native int socket(int domain, int type, int protocol) throws LastErrorException;

    private static native int bind(int fd, Pointer address, int length) throws LastErrorException;

    private static native int listen(int fd, int backlog) throws LastErrorException;

    private static native int getsockname(int fd, Pointer address, Pointer length) throws LastErrorException;

    private static native int connect(int fd, Pointer address, int length) throws LastErrorException;

    private static native int accept(int fd, Pointer address, Pointer length) throws LastErrorException;

    private static native long send(int fd, Pointer from, long count, int flags) throws LastErrorException;

    private static native long recv(int fd, Pointer into, long count, int flags) throws LastErrorException;

    private static native int setsockopt(int fd, int level, int name, Pointer value, int length)
            throws LastErrorException;

    private static native long recvmsg(int fd, Pointer message, int flags) throws LastErrorException;

    private static native int close(int fd) throws LastErrorException;

    private final Deque<Integer> open = new ArrayDeque<>();
    private final int protocol;
    private final int client;
    private final int server;
    private final int port;

    private NativeConnection(int protocol) {
        this.protocol = protocol;
        Memory address = new Memory(ADDRESS);
        address.clear();
        address.setShort(0, (short) AF_INET);
        address.setByte(4, (byte) 127);
        address.setByte(7, (byte) 1);
        Memory length = new Memory(4);
        length.setInt(0, ADDRESS);
        int listener = socket();
        bind(listener, address, ADDRESS);
        listen(listener, 5);
        getsockname(listener, address, length);
        port = (address.getByte(2) & 0xff) << 8 | address.getByte(3) & 0xff;
        client = socket();
        connect(client, address, ADDRESS);
        server = accept(listener, null, null);
        open.push(server);
    }

    private int socket() {
        int fd = socket(AF_INET, STREAM, protocol);
        open.push(fd);
        return fd;
    }

    /** Whether the kernel has MPTCP. */
    public static boolean hasMptcp() {
        try {
            close(socket(AF_INET, STREAM, IPPROTO_MPTCP));
            return true;
        } catch (LastErrorException e) {
            return false;
        }
    }

    public static NativeConnection mptcp() {
        return new NativeConnection(IPPROTO_MPTCP);
    }

    public static NativeConnection tcp() {
        return new NativeConnection(0);
    }

    /** Of the listener. */
    public int port() {
        return port;
    }

    /** Sends bytes from the client and receives them. */
    public void send(int bytes) {
        Memory data = new Memory(bytes);
        data.clear();
        send(client, data, bytes, 0);
        for (long left = bytes; left > 0; ) {
            left -= recv(server, data, bytes, 0);
        }
    }

    /** Has the kernel tell the client of events, with statistics. */
    public void askForEvents() {
        Memory flags = new Memory(4);
        flags.setInt(0, STATS_OF_EVENTS);
        setsockopt(client, SOL_SOCKET, SO_TIMESTAMPING, flags, 4);
    }

    /** The control buffer of the next event; null where there is none yet. */
    public byte[] nextEvent() {
        Memory control = new Memory(1024);
        Memory message = new Memory(56);
        message.clear();
        message.setPointer(32, control);
        message.setLong(40, control.size());
        try {
            recvmsg(client, message, MSG_ERRQUEUE | MSG_DONTWAIT);
        } catch (LastErrorException e) {
            if (e.getErrorCode() != EAGAIN) {
                throw e;
            }
            return null;
        }
        return control.getByteArray(0, (int) message.getLong(40));
    }

    @Override
    public void close() {
        open.forEach(NativeConnection::close);
    }
}
