package io.tcpsnap.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;

/** Both ends of a {@link Link} as sockets of one kind see them; listeners are of their family only, not dual-stack. */
enum Endpoint {
    V4(StandardProtocolFamily.INET, "10.99.0.1", "10.99.0.2"),
    V6(StandardProtocolFamily.INET6, "fd99::1", "fd99::2"),
    /** IPv6 sockets with IPv4 addresses, {@code ::ffff:10.99.0.1}: clients of what listens for {@link #V4}. */
    MAPPED(StandardProtocolFamily.INET6, "10.99.0.1", "10.99.0.2");

    /** Those that listen, on addresses of their own. */
    static final List<Endpoint> FAMILIES = List.of(V4, V6);

    private final ProtocolFamily family;
    private final String near;
    private final String far;

    Endpoint(ProtocolFamily family, String near, String far) {
        this.family = family;
        this.near = near;
        this.far = far;
    }

    InetSocketAddress near(int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByName(near), port);
    }

    InetSocketAddress far(int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByName(far), port);
    }

    SocketChannel open() throws IOException {
        return SocketChannel.open(family);
    }

    SocketChannel connect(InetSocketAddress to) throws IOException {
        SocketChannel channel = open();
        channel.connect(to);
        return channel;
    }

    /** Sends a SYN and does not wait for an answer. */
    SocketChannel startConnect(InetSocketAddress to) throws IOException {
        SocketChannel channel = open();
        channel.configureBlocking(false);
        channel.connect(to);
        return channel;
    }

    ServerSocketChannel listen(InetSocketAddress at, int backlog) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open(family);
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        // small windows fill soon
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 8192);
        return channel.bind(at, backlog);
    }

    static void write(SocketChannel channel, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
