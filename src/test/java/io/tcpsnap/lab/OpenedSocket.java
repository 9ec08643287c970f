package io.tcpsnap.lab;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A channel and the descriptor that it has, for what Java has no word for. */
final class OpenedSocket<C extends Closeable> {
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_CONGESTION = 13;
    private static final int TCP_FASTOPEN = 23;
    private static final int TCP_FASTOPEN_CONNECT = 30;

    static {
        Native.register("c");
    }

    private final C channel;
    /** In /proc/self/fd. */
    private final Path descriptor;

    private OpenedSocket(C channel, Path descriptor) {
        this.channel = channel;
        this.descriptor = descriptor;
    }

    private static native int setsockopt(int fd, int level, int name, byte[] value, int length)
            throws LastErrorException;

    /** Opens something that has one socket. */
    @FunctionalInterface
    interface Opening<C> {
        C open() throws IOException;
    }

    /** No other thread may open sockets meanwhile. */
    static <C extends Closeable> OpenedSocket<C> of(Opening<C> opening) throws IOException {
        SocketChannel.open().close(); // the first one opens others, which stay
        Set<Path> before = sockets();
        C channel = opening.open();
        Set<Path> after = sockets();
        after.removeAll(before);
        if (after.size() != 1) {
            throw new IllegalStateException("not one new socket: " + after);
        }
        return new OpenedSocket<>(channel, after.iterator().next());
    }

    private static Set<Path> sockets() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(OpenedSocket::isSocket).collect(Collectors.toCollection(HashSet::new));
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            return false; // the listing's own descriptor, closed by now
        }
    }

    C channel() {
        return channel;
    }

    /** fchown() of a socket changes the uid that the kernel reports. */
    void owner(int uid) throws IOException {
        Files.setAttribute(descriptor, "unix:uid", uid);
    }

    /** Any that the kernel has: the sysctl of a new namespace takes only those that are allowed to everybody. */
    void congestion(String name) {
        set(TCP_CONGESTION, name.getBytes(StandardCharsets.US_ASCII));
    }

    /** A listener takes data in SYNs, of so many connections at once. */
    void fastOpenQueue(int length) {
        set(TCP_FASTOPEN, number(length));
    }

    /** connect() sends no SYN: the first write does, with the data, once the peer's cookie is known. */
    void fastOpenConnect() {
        set(TCP_FASTOPEN_CONNECT, number(1));
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.nativeOrder())
                .putInt(value)
                .array();
    }

    private void set(int option, byte[] value) {
        int fd = Integer.parseInt(descriptor.getFileName().toString());
        setsockopt(fd, IPPROTO_TCP, option, value, value.length);
    }
}
