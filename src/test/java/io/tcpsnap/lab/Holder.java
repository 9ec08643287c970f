package io.tcpsnap.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A process that holds four TCP sockets on the loopback of this namespace: for each family a listener, and a connection to
 * the test, with options set; five bytes of the test wait in each connection's queue. Any line makes it close the
 * connections, and answer.
 */
public final class Holder implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;
    private final List<ServerSocket> servers = new ArrayList<>();
    private final List<Socket> peers = new ArrayList<>();

    private Holder(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Returns once all sockets are there. */
    public static Holder start() throws IOException {
        List<ServerSocket> servers = new ArrayList<>();
        List<String> command = Child.java(Holder.class);
        for (String address : List.of("127.0.0.1", "::1")) {
            ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName(address));
            servers.add(server);
            command.add(address);
            command.add("" + server.getLocalPort());
        }
        Holder holder = new Holder(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        holder.servers.addAll(servers);
        for (ServerSocket server : servers) {
            Socket peer = server.accept();
            peer.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
            holder.peers.add(peer);
        }
        holder.answers.readLine();
        return holder;
    }

    public long pid() {
        return process.pid();
    }

    /** Our ends of its connections. */
    public List<Socket> peers() {
        return peers;
    }

    /** Makes it close its connections. */
    public void closeConnections() throws IOException {
        process.outputWriter(StandardCharsets.UTF_8).append("close\n").flush();
        answers.readLine();
    }

    /** Inodes of its TCP sockets, by its descriptors and by /proc/net. */
    public List<Long> inodes() throws IOException {
        List<Long> tcp = new ArrayList<>();
        for (String file : List.of("tcp", "tcp6")) {
            Files.readAllLines(Path.of("/proc/net/" + file)).stream()
                    .skip(1)
                    .forEach(line -> tcp.add(Long.parseLong(line.strip().split(" +", -1)[9])));
        }
        List<Long> inodes = new ArrayList<>();
        try (Stream<Path> links = Files.list(Path.of("/proc/" + pid() + "/fd"))) {
            for (Path link : links.toList()) {
                String target = Files.readSymbolicLink(link).toString();
                if (target.startsWith("socket:[")) {
                    inodes.add(Long.parseLong(target.replaceAll("\\D", "")));
                }
            }
        }
        inodes.retainAll(tcp);
        return inodes;
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        process.onExit().join();
        for (Socket peer : peers) {
            peer.close();
        }
        for (ServerSocket server : servers) {
            server.close();
        }
    }

    public static void main(String[] args) throws IOException {
        List<SocketChannel> connections = new ArrayList<>();
        List<ServerSocketChannel> listeners = new ArrayList<>();
        for (int i = 0; i < args.length; i += 2) {
            InetSocketAddress address = new InetSocketAddress(args[i], Integer.parseInt(args[i + 1]));
            SocketChannel connection = SocketChannel.open();
            connection.setOption(StandardSocketOptions.SO_RCVBUF, 50_000);
            connection.setOption(StandardSocketOptions.TCP_NODELAY, true);
            connection.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            connection.setOption(StandardSocketOptions.SO_LINGER, 7);
            connection.setOption(jdk.net.ExtendedSocketOptions.TCP_KEEPIDLE, 77);
            connection.connect(address);
            connections.add(connection);
            listeners.add(ServerSocketChannel.open().bind(new InetSocketAddress(args[i], 0), 5));
        }
        System.out.println("ready with " + listeners.size() + " listeners");
        Lines.serve(line -> {
            for (SocketChannel connection : connections) {
                connection.close();
            }
        });
    }
}
