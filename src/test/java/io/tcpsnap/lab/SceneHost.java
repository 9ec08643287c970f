package io.tcpsnap.lab;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/** The recorded end of {@link RecordSamples}: a web host with several troubles. */
final class SceneHost {
    static final int API = 8080;
    /** The application accepts and never closes. */
    static final int LEAKY = 8081;
    /** The application accepts nothing. */
    static final int STUCK = 9000;

    private static SocketChannel quiet;

    private SceneHost() {}

    public static void main(String[] args) throws IOException {
        Lines.serve(line -> {
            switch (line) {
                case "listen" -> listen();
                case "idle" -> idle();
                case "connect" -> connect();
                case "leave" -> quiet.close();
                case "call nobody" -> SceneSockets.hold(Endpoint.V4.startConnect(Endpoint.V4.far(ScenePeer.NOBODY)));
                default -> throw new IllegalArgumentException(line);
            }
        });
    }

    private static void listen() throws IOException {
        for (Endpoint endpoint : Endpoint.FAMILIES) {
            SceneSockets.serve(endpoint.listen(endpoint.near(API), 64), SceneSockets::echo);
        }
        SceneSockets.serve(Endpoint.V4.listen(Endpoint.V4.near(LEAKY), 64), SceneSockets::drain);
        SceneSockets.hold(Endpoint.V4.listen(Endpoint.V4.near(STUCK), 2));
    }

    /** Connections that say nothing, one of them with keepalive on. */
    private static void idle() throws IOException {
        quiet = to(Endpoint.V6, ScenePeer.DATABASE);
        quiet.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        SceneSockets.hold(to(Endpoint.V4, ScenePeer.FEED)); // what it sends is never read
    }

    private static void connect() throws IOException {
        SceneSockets.go(to(Endpoint.V4, ScenePeer.BULK), SceneSockets::pour);
        SceneSockets.go(to(Endpoint.V6, ScenePeer.SLOW), SceneSockets::pour);
        SceneSockets.go(to(Endpoint.V4, ScenePeer.DATABASE), SceneSockets.ask(400, 150));
        SceneSockets.thread(() -> {
            while (true) {
                to(Endpoint.V4, ScenePeer.SHORT).close();
                Thread.sleep(1500);
            }
        });
    }

    private static SocketChannel to(Endpoint endpoint, int port) throws IOException {
        return endpoint.connect(endpoint.far(port));
    }
}
