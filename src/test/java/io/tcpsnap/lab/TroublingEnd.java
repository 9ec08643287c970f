package io.tcpsnap.lab;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** The end of {@link TroubleLab} that is not recorded. */
final class TroublingEnd {
    private static final int FLOOD = 4 * TroubledEnd.BACKLOG;

    private static int deaf = Ports.DEAF;

    private TroublingEnd() {}

    public static void main(String[] args) throws IOException {
        Lines.serve(line -> {
            switch (line) {
                case "listen" -> listen();
                case "flood" -> flood(Ports.FLOOD);
                case "flood with cookies" -> floodWithCookies();
                case "fill" -> fill();
                case "fast open" -> fastOpen();
                default -> throw new IllegalArgumentException(line);
            }
        });
    }

    private static void listen() throws IOException {
        for (Endpoint endpoint : Endpoint.FAMILIES) {
            SceneSockets.serve(endpoint.listen(endpoint.far(Ports.LOSSY), 64), SceneSockets::drain);
            SceneSockets.serve(endpoint.listen(endpoint.far(Ports.ZERO_WINDOW), 64), SceneSockets::hold);
            SceneSockets.serve(endpoint.listen(endpoint.far(Ports.GONE), 64), SceneSockets::hold);
            OpenedSocket<ServerSocketChannel> server =
                    OpenedSocket.of(() -> endpoint.listen(endpoint.far(Ports.FAST_OPEN_FAR), 64));
            server.fastOpenQueue(64);
            SceneSockets.serve(server.channel(), SceneSockets::hold);
        }
    }

    /** SYNs whose answers are lost. */
    private static void flood(int port) throws IOException {
        for (Endpoint endpoint : Endpoint.values()) {
            for (int i = 0; i < FLOOD; i++) {
                SocketChannel channel = deaf(endpoint);
                SceneSockets.hold(channel);
                channel.configureBlocking(false);
                channel.connect(near(endpoint, port));
            }
        }
    }

    /** Behind the flood, one that hears the answer, a cookie, and so gets through. */
    private static void floodWithCookies() throws IOException {
        flood(Ports.COOKIES);
        for (Endpoint endpoint : Endpoint.values()) {
            SceneSockets.hold(endpoint.connect(near(endpoint, Ports.COOKIES)));
        }
    }

    private static void fill() throws IOException {
        for (Endpoint endpoint : Endpoint.values()) {
            for (int i = 0; i < FLOOD; i++) {
                SceneSockets.hold(endpoint.startConnect(near(endpoint, Ports.FULL)));
            }
        }
    }

    /** The first fetches the cookie; the second sends data with it, and hears no answer. */
    private static void fastOpen() throws IOException {
        for (Endpoint endpoint : Endpoint.values()) {
            OpenedSocket<SocketChannel> first = OpenedSocket.of(endpoint::open);
            SceneSockets.hold(first);
            first.fastOpenConnect();
            first.channel().connect(near(endpoint, Ports.FAST_OPEN));
            Endpoint.write(first.channel(), 100);
            OpenedSocket<SocketChannel> second = OpenedSocket.of(() -> deaf(endpoint));
            SceneSockets.hold(second);
            second.fastOpenConnect();
            second.channel().configureBlocking(false);
            second.channel().connect(near(endpoint, Ports.FAST_OPEN));
            second.channel().write(ByteBuffer.allocate(100));
        }
    }

    private static SocketChannel deaf(Endpoint endpoint) throws IOException {
        return endpoint.open().bind(endpoint.far(deaf++));
    }

    /** Of v4-mapped sockets, the recorded end has those of a listener for both families. */
    private static InetSocketAddress near(Endpoint endpoint, int port) throws IOException {
        return endpoint.near(endpoint == Endpoint.MAPPED ? port + Ports.BOTH : port);
    }
}
