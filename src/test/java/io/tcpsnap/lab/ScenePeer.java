package io.tcpsnap.lab;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** The end of {@link RecordSamples} that is not recorded: clients, servers, and what goes wrong with them. */
final class ScenePeer {
    static final int BULK = 5201;
    /** Reads until it is told to stall. */
    static final int SLOW = 5202;
    /** Sends what nobody reads. */
    static final int FEED = 5203;

    static final int SHORT = 5205;
    static final int DATABASE = 5432;
    /** Never answers. */
    static final int NOBODY = 7999;

    private static volatile boolean stalled;
    private static SocketChannel client;

    private ScenePeer() {}

    public static void main(String[] args) throws IOException {
        Lines.serve(line -> {
            switch (line) {
                case "listen" -> listen();
                case "connect" -> connect();
                case "stall" -> stalled = true;
                case "crowd" -> crowd();
                case "leave" -> client.shutdownOutput();
                default -> throw new IllegalArgumentException(line);
            }
        });
    }

    private static void listen() throws IOException {
        for (Endpoint endpoint : Endpoint.FAMILIES) {
            serve(endpoint, BULK, SceneSockets::drain);
            serve(endpoint, SLOW, ScenePeer::drainUntilStalled);
            serve(endpoint, FEED, channel -> Endpoint.write(channel, 50_000));
            serve(endpoint, DATABASE, SceneSockets::echo);
            serve(endpoint, SHORT, ScenePeer::closeAfter);
        }
    }

    private static void serve(Endpoint endpoint, int port, SceneSockets.Behaviour behaviour) throws IOException {
        SceneSockets.serve(endpoint.listen(endpoint.far(port), 64), behaviour);
    }

    private static void drainUntilStalled(SocketChannel channel) throws IOException, InterruptedException {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        while (!stalled && channel.read(buffer.clear()) >= 0) {
            Thread.sleep(20);
        }
    }

    private static void closeAfter(SocketChannel channel) throws IOException {
        try (channel) {
            SceneSockets.drain(channel);
        }
    }

    private static void connect() throws IOException {
        for (Endpoint endpoint : Endpoint.FAMILIES) {
            SceneSockets.go(to(endpoint, SceneHost.API), SceneSockets.ask(2000, 40));
        }
        client = to(Endpoint.V4, SceneHost.API);
        SceneSockets.hold(client);
        SceneSockets.thread(() -> {
            while (true) {
                try (SocketChannel channel = to(Endpoint.V4, SceneHost.LEAKY)) {
                    Endpoint.write(channel, 100);
                }
                Thread.sleep(2500);
            }
        });
    }

    /** More clients than the stuck listener's backlog holds. */
    private static void crowd() throws IOException {
        for (int i = 0; i < 6; i++) {
            SceneSockets.hold(Endpoint.V4.startConnect(Endpoint.V4.near(SceneHost.STUCK)));
        }
    }

    private static SocketChannel to(Endpoint endpoint, int port) throws IOException {
        return endpoint.connect(endpoint.near(port));
    }
}
