package io.tcpsnap.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Connections over loopback that live for a moment, one after the other, in both families; the client closes first in one
 * half, the server in the other. Arguments: how many in all, and how many a second. Prints how many there were.
 */
public final class ShortConnections {
    public static final int SERVERS = 8;

    private final ByteBuffer data = ByteBuffer.allocateDirect(100);

    private ShortConnections() {}

    /** How to start it. */
    public static List<String> command(int count, int aSecond) {
        List<String> command = Child.java(ShortConnections.class);
        command.addAll(List.of(String.valueOf(count), String.valueOf(aSecond)));
        return command;
    }

    public static void main(String[] args) throws IOException {
        int count = Integer.parseInt(args[0]);
        long gap = 1_000_000_000L / Integer.parseInt(args[1]);
        List<ServerSocketChannel> servers = new ArrayList<>();
        for (int i = 0; i < SERVERS; i++) {
            InetAddress address = InetAddress.getByName(i % 2 == 0 ? "127.0.0.1" : "::1");
            servers.add(ServerSocketChannel.open(family(i)).bind(new InetSocketAddress(address, 0)));
        }
        ShortConnections connections = new ShortConnections();
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            connections.once(family(i), servers.get(i % SERVERS), i / SERVERS % 2 == 0);
            LockSupport.parkNanos(start + (i + 1) * gap - System.nanoTime());
        }
        long millis = (System.nanoTime() - start) / 1_000_000;
        System.out.println(count + " connections in " + millis + " ms");
    }

    private static ProtocolFamily family(int i) {
        return i % 2 == 0 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
    }

    private void once(ProtocolFamily family, ServerSocketChannel server, boolean clientFirst) throws IOException {
        try (SocketChannel client = connect(family, server);
                SocketChannel accepted = server.accept()) {
            SocketChannel first = clientFirst ? client : accepted;
            SocketChannel second = clientFirst ? accepted : client;
            first.write(data.clear());
            first.close();
            while (second.read(data.clear()) >= 0) {
                // to the FIN
            }
        }
    }

    private static SocketChannel connect(ProtocolFamily family, ServerSocketChannel server) throws IOException {
        SocketChannel client = SocketChannel.open(family);
        client.connect(server.getLocalAddress());
        return client;
    }
}
