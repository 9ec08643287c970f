package io.tcpsnap.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The end that is recorded: holds a socket in each state, in each family. */
final class NearEnd {
    /** Set as the owner of some sockets, so that not every uid is 0. */
    private static final int UID = 12345;

    /** Keeps channels from being collected, which would close them. */
    private final List<Channel> held = new ArrayList<>();

    private final List<SocketChannel> closeOnceCut = new ArrayList<>();
    private final List<SocketChannel> shutOnceCut = new ArrayList<>();
    private final List<SocketChannel> writeOnceCut = new ArrayList<>();
    private ServerSocketChannel dual;
    private int connections;

    private NearEnd() {}

    public static void main(String[] args) throws IOException {
        NearEnd end = new NearEnd();
        Lines.serve(line -> {
            switch (line) {
                case "listen" -> end.listen();
                case "accept" -> end.accept();
                case "connect" -> end.connect();
                case "await close" -> States.await(States.everywhere(List.of(Ports.CUT_CLOSE + " 08 00 full")));
                case "cut" -> end.cut();
                case "orphan" -> end.orphan();
                case "settle" -> States.await(States.WANTED);
                default -> throw new IllegalArgumentException(line);
            }
        });
    }

    private void listen() throws IOException {
        for (Endpoint endpoint : Endpoint.FAMILIES) {
            held.add(endpoint.listen(endpoint.near(Ports.QUEUE), 7));
            held.add(endpoint.listen(endpoint.near(Ports.QUIET), 16));
            held.add(endpoint.listen(endpoint.near(Ports.HALF_OPEN), 16));
            SocketChannel bound = endpoint.open();
            held.add(bound.bind(endpoint.near(Ports.BOUND)));
        }
        dual = listenDual(Ports.DUAL);
        held.add(listenDual(Ports.HALF_OPEN_DUAL));
    }

    private static ServerSocketChannel listenDual(int port) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.INET6);
        return channel.bind(new InetSocketAddress(InetAddress.getByName("::"), port), 16);
    }

    /** Two connections from each family, in any order; the far end closes after us. */
    private void accept() throws IOException {
        Set<Class<?>> families = new HashSet<>();
        for (int i = 0; i < 2 * Endpoint.FAMILIES.size(); i++) {
            SocketChannel channel = dual.accept();
            InetSocketAddress remote = (InetSocketAddress) channel.getRemoteAddress();
            if (families.add(remote.getAddress().getClass())) {
                held.add(channel);
            } else {
                channel.close();
            }
        }
    }

    private void connect() throws IOException {
        for (Endpoint endpoint : Endpoint.values()) {
            established(endpoint);
            closing(endpoint);
            writeOnceCut.add(connect(endpoint, Ports.CUT_HOLD));
            closeOnceCut.add(connect(endpoint, Ports.CUT_HOLD));
            closeOnceCut.add(connect(endpoint, Ports.CUT_CLOSE));
            shutOnceCut.add(connect(endpoint, Ports.CUT_CLOSE_LATER));
            closeOnceCut.add(connect(endpoint, Ports.CUT_CLOSE_LATER));
            held.add(endpoint.startConnect(endpoint.far(Ports.SILENT)));
        }
    }

    private void established(Endpoint endpoint) throws IOException {
        connect(endpoint, Ports.HOLD); // idle
        connect(endpoint, Ports.HOLD).setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        connect(endpoint, Ports.HOLD).setOption(StandardSocketOptions.IP_TOS, 0x10);
        connect(endpoint, Ports.SEND); // unread data
        connect(endpoint, Ports.CLOSE); // CLOSE_WAIT
        SceneSockets.fill(connect(endpoint, Ports.HOLD));
        owned(endpoint, Ports.HOLD);
        talk(connect(endpoint, Ports.ECHO));
    }

    private void closing(Endpoint endpoint) throws IOException {
        connect(endpoint, Ports.HOLD).shutdownOutput(); // FIN_WAIT2
        connect(endpoint, Ports.CLOSE_AFTER).close(); // TIME_WAIT
    }

    /** FIN_WAIT2 without an owner keeps its full socket while its time-out is longer than TIME_WAIT's 60 s. */
    private void orphan() throws IOException, InterruptedException {
        Sysctl.set("tcp_fin_timeout", "120");
        for (Endpoint endpoint : Endpoint.values()) {
            connect(endpoint, Ports.HOLD).close();
        }
        States.await(States.FULL_ORPHAN);
        Sysctl.set("tcp_fin_timeout", "60");
        for (Endpoint endpoint : Endpoint.values()) {
            connect(endpoint, Ports.HOLD).close();
        }
    }

    /** A connection with the next of the congestion controls that the kernel lets a namespace choose. */
    private SocketChannel connect(Endpoint endpoint, int port) throws IOException {
        String[] controls = Sysctl.get("tcp_available_congestion_control").split(" ", -1);
        try {
            Sysctl.set("tcp_congestion_control", controls[connections++ % controls.length]);
        } catch (IOException e) {
            // restricted to the first namespace: the previous one stays
        }
        SocketChannel channel = endpoint.connect(endpoint.far(port));
        held.add(channel);
        return channel;
    }

    /** A socket that belongs to somebody else. */
    private void owned(Endpoint endpoint, int port) throws IOException {
        OpenedSocket.of(() -> connect(endpoint, port)).owner(UID);
    }

    /** Request and response for ever: counters that move while they are recorded. */
    private static void talk(SocketChannel channel) {
        Thread thread = new Thread(() -> {
            ByteBuffer buffer = ByteBuffer.allocate(4096);
            try {
                while (true) {
                    Endpoint.write(channel, 20_000);
                    for (int got = 0; got < 20_000; got += channel.read(buffer.clear())) {}
                    Thread.sleep(5);
                }
            } catch (IOException | InterruptedException e) {
                System.err.println("near end: " + e);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    /** Nothing that we send to the cut ports arrives any more. */
    private void cut() throws IOException {
        for (SocketChannel channel : writeOnceCut) {
            Endpoint.write(channel, 5000);
        }
        for (SocketChannel channel : closeOnceCut) {
            channel.close(); // FIN_WAIT1, LAST_ACK; CLOSING once the far end closes
        }
        for (SocketChannel channel : shutOnceCut) {
            channel.shutdownOutput(); // CLOSING with an owner
        }
    }
}
