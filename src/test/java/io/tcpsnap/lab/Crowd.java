package io.tcpsnap.lab;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Thousands of connections over loopback, both ends in this process, each with a history of its own. */
public final class Crowd {
    private static final int BACKLOG = 4096;
    private static final Random RANDOM = new Random(7);
    private static final List<SocketChannel> HELD = new ArrayList<>();

    private Crowd() {}

    /** Holds as many connections as each line says more. */
    public static void main(String[] args) throws IOException {
        Lines.serve(line -> connect(Integer.parseInt(line)));
    }

    private static void connect(int connections) throws IOException {
        try (ServerSocketChannel v4 = listen(StandardProtocolFamily.INET, "127.0.0.1");
                ServerSocketChannel v6 = listen(StandardProtocolFamily.INET6, "::1")) {
            for (int i = 0; i < connections; i++) {
                boolean first = i % 2 == 0;
                ServerSocketChannel server = first ? v4 : v6;
                SocketChannel client =
                        SocketChannel.open(first ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
                client.connect(server.getLocalAddress());
                SocketChannel accepted = server.accept();
                HELD.add(client);
                HELD.add(accepted);
                live(client, accepted);
            }
        }
    }

    private static ServerSocketChannel listen(StandardProtocolFamily family, String address) throws IOException {
        return ServerSocketChannel.open(family).bind(new InetSocketAddress(address, 0), BACKLOG);
    }

    /** Something is said, answered, left unread or half closed. */
    private static void live(SocketChannel client, SocketChannel accepted) throws IOException {
        client.setOption(StandardSocketOptions.SO_KEEPALIVE, RANDOM.nextInt(3) == 0);
        for (int i = RANDOM.nextInt(4); i > 0; i--) {
            int bytes = 1 + RANDOM.nextInt(3000);
            Endpoint.write(client, bytes);
            ByteBuffer read = ByteBuffer.allocate(RANDOM.nextInt(4) == 0 ? bytes / 2 + 1 : bytes);
            while (read.hasRemaining()) {
                accepted.read(read);
            }
            Endpoint.write(accepted, 1 + RANDOM.nextInt(500));
        }
        if (RANDOM.nextInt(10) == 0) {
            client.shutdownOutput();
        }
    }
}
