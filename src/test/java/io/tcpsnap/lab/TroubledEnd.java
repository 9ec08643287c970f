package io.tcpsnap.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jdk.net.ExtendedSocketOptions;

/** The recorded end of {@link TroubleLab}. */
final class TroubledEnd {
    static final int BACKLOG = 16;
    private static final int FAST_OPEN_QUEUE = 5;
    private static final List<String> CONGESTION = List.of("cubic", "bbr", "reno");
    private static final Map<Endpoint, List<String>> READY =
            Map.of(Endpoint.V4, ready(0), Endpoint.V6, ready(0), Endpoint.MAPPED, ready(Ports.BOTH));

    private static final List<SocketChannel> LOSSY = new ArrayList<>();

    private TroubledEnd() {}

    public static void main(String[] args) throws IOException {
        Lines.serve(line -> {
            switch (line) {
                case "listen" -> listen();
                case "connect" -> {
                    connect();
                    States.await(States.everywhere(List.of(Ports.ZERO_WINDOW + " 01 04 full backoff")));
                }
                case "pour" -> LOSSY.forEach(channel -> SceneSockets.go(channel, TroubledEnd::send));
                case "without cookies" -> Sysctl.set("tcp_syncookies", 0);
                case "with cookies" -> Sysctl.set("tcp_syncookies", 1);
                case "fast open" -> fastOpen();
                case "settle" -> States.await(READY);
                default -> throw new IllegalArgumentException(line);
            }
        });
    }

    /** @param both how far the ports of listeners are from those of one family */
    private static List<String> ready(int both) {
        return List.of(
                Ports.LOSSY + " 01 01 full",
                Ports.ZERO_WINDOW + " 01 04 full probes",
                Ports.GONE + " 01 02 full probes",
                Ports.FAST_OPEN_FAR + " 01 00 full",
                Ports.FAST_OPEN_FAR + " 02 00 full",
                (Ports.FLOOD + both) + " 03 01 short retrans",
                (Ports.COOKIES + both) + " 03 01 short retrans",
                (Ports.COOKIES + both) + " 01 00 full",
                (Ports.FULL + both) + " 01 00 full",
                (Ports.FAST_OPEN + both) + " 01 00 full",
                (Ports.FAST_OPEN + both) + " 03 01 full retrans");
    }

    private static void listen() throws IOException {
        for (int port : List.of(Ports.FLOOD, Ports.COOKIES, Ports.FULL, Ports.FAST_OPEN)) {
            List<OpenedSocket.Opening<ServerSocketChannel>> openings = List.of(
                    () -> Endpoint.V4.listen(Endpoint.V4.near(port), BACKLOG),
                    () -> Endpoint.V6.listen(Endpoint.V6.near(port), BACKLOG),
                    () -> listenForBoth(port + Ports.BOTH));
            for (OpenedSocket.Opening<ServerSocketChannel> opening : openings) {
                OpenedSocket<ServerSocketChannel> listener = OpenedSocket.of(opening);
                SceneSockets.hold(listener);
                if (port == Ports.FAST_OPEN) {
                    listener.fastOpenQueue(FAST_OPEN_QUEUE);
                }
            }
        }
    }

    private static ServerSocketChannel listenForBoth(int port) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.INET6);
        return channel.bind(new InetSocketAddress(InetAddress.getByName("::"), port), BACKLOG);
    }

    private static void connect() throws IOException {
        for (Endpoint endpoint : Endpoint.values()) {
            for (String congestion : CONGESTION) {
                OpenedSocket<SocketChannel> socket = OpenedSocket.of(endpoint::open);
                socket.congestion(congestion);
                socket.channel().connect(endpoint.far(Ports.LOSSY));
                LOSSY.add(socket.channel());
            }
            SocketChannel full = endpoint.connect(endpoint.far(Ports.ZERO_WINDOW));
            SceneSockets.hold(full);
            SceneSockets.fill(full);
            SocketChannel gone = endpoint.connect(endpoint.far(Ports.GONE));
            SceneSockets.hold(gone);
            gone.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, 1);
            gone.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, 1);
            gone.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, 100);
            gone.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        }
    }

    /** Not as fast as it goes: that would take all of a CPU. */
    private static void send(SocketChannel channel) throws IOException, InterruptedException {
        while (true) {
            Endpoint.write(channel, 1 << 14);
            Thread.sleep(10);
        }
    }

    /** The first connection fetches the cookie, the second sends data in its SYN, the third has nothing to send. */
    private static void fastOpen() throws IOException {
        for (Endpoint endpoint : Endpoint.values()) {
            for (int i = 0; i < 3; i++) {
                OpenedSocket<SocketChannel> socket = OpenedSocket.of(endpoint::open);
                SceneSockets.hold(socket);
                socket.fastOpenConnect();
                socket.channel().connect(endpoint.far(Ports.FAST_OPEN_FAR));
                if (i < 2) {
                    Endpoint.write(socket.channel(), 100);
                }
            }
        }
    }
}
