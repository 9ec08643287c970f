package io.tcpsnap.lab;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Thousands of connections over loopback, both ends in this process, each with a history of its own. */
public final class Crowd {
    private static final int BACKLOG = 4096;
    private static final Random RANDOM = new Random(7);
    private static final int ROUNDS = 50;
    private static final List<SocketChannel> HELD = new CopyOnWriteArrayList<>();

    private Crowd() {}

    /**
     * Holds as many connections as each line says more.
     *
     * @param args the share of them on which something is said and answered in each second; none for silence
     */
    public static void main(String[] args) throws IOException {
        if (args.length > 0) {
            talk(Double.parseDouble(args[0]));
        }
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

    private static void talk(double share) {
        Random random = new Random(8);
        Executors.newSingleThreadScheduledExecutor(Crowd::daemon)
                .scheduleAtFixedRate(
                        () -> {
                            for (double n = share * HELD.size() / 2 / ROUNDS + random.nextDouble(); n >= 1; n--) {
                                exchange(random.nextInt(HELD.size() / 2));
                            }
                        },
                        0,
                        1000 / ROUNDS,
                        TimeUnit.MILLISECONDS);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "talk");
        thread.setDaemon(true);
        return thread;
    }

    private static void exchange(int connection) {
        SocketChannel client = HELD.get(2 * connection);
        SocketChannel accepted = HELD.get(2 * connection + 1);
        ByteBuffer bytes = ByteBuffer.allocate(100 + connection % 2000);
        try {
            client.write(bytes);
            accepted.read(bytes.clear());
            accepted.write(bytes.clear());
            client.read(bytes.clear());
        } catch (IOException e) {
            // a half of it was closed
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
