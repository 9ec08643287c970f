package io.tcpsnap.lab;

import io.tcpsnap.capture.Handing;
import io.tcpsnap.capture.OwnSockets;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import jdk.net.ExtendedSocketOptions;

/**
 * A process that holds four TCP sockets on the loopback of this namespace: for each family a listener, and a connection to
 * the test, with options set; five bytes of the test wait in each connection's queue.
 */
public final class Holder implements AutoCloseable {
    private static Handing recorder;

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

    /**
     * Makes it do something and returns its answer: {@code look} gives what it sees of its sockets, as {@link OwnSockets};
     * {@code read} takes the waiting bytes of each connection and gives them; {@code refuse} starts a connection that
     * fails, and {@code error} gives its error; {@code close} closes the connections; {@code linger N} sets SO_LINGER;
     * {@code fill} sends until no more is taken; {@code hand PATH} hands all sockets to the recorder there and gives its
     * answer; {@code part PATH} hands them over and closes the connections without waiting for the answer;
     * {@code answer} waits for it, and {@code answered} gives whether it came.
     */
    public String ask(String command) throws IOException {
        process.outputWriter(StandardCharsets.UTF_8)
                .append(command)
                .append('\n')
                .flush();
        return answers.readLine();
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
            ProtocolFamily family = i == 0 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
            SocketChannel connection = SocketChannel.open(family);
            connection.setOption(StandardSocketOptions.SO_RCVBUF, 50_000);
            connection.setOption(StandardSocketOptions.TCP_NODELAY, true);
            connection.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            connection.setOption(StandardSocketOptions.SO_LINGER, 7);
            connection.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, 77);
            connection.connect(new InetSocketAddress(args[i], Integer.parseInt(args[i + 1])));
            connections.add(connection);
            listeners.add(ServerSocketChannel.open(family).bind(new InetSocketAddress(args[i], 0), 5));
        }
        System.out.println("ready with " + listeners.size() + " listeners");
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        List<SocketChannel> refused = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            System.out.println(answer(line, connections, refused));
        }
    }

    private static Handing recorder(String path) throws IOException {
        if (recorder == null) {
            recorder = new Handing(Path.of(path));
        }
        return recorder;
    }

    private static String answer(String command, List<SocketChannel> connections, List<SocketChannel> refused)
            throws IOException {
        StringBuilder answer = new StringBuilder();
        String[] words = command.split(" ", 2);
        switch (words[0]) {
            case "look" -> answer.append(OwnSockets.look());
            case "read" -> {
                for (SocketChannel connection : connections) {
                    ByteBuffer bytes = ByteBuffer.allocate(100);
                    connection.read(bytes);
                    answer.append(new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII));
                }
            }
            case "refuse" -> {
                refused.add(SocketChannel.open(StandardProtocolFamily.INET));
                refused.get(0).configureBlocking(false);
                refused.get(0).connect(new InetSocketAddress("127.0.0.1", 1));
            }
            case "error" -> {
                try {
                    answer.append(refused.get(0).finishConnect());
                } catch (ConnectException e) {
                    answer.append(e.getMessage());
                }
            }
            case "close" -> {
                for (SocketChannel connection : connections) {
                    connection.close();
                }
            }
            case "linger" -> {
                for (SocketChannel connection : connections) {
                    connection.setOption(StandardSocketOptions.SO_LINGER, Integer.parseInt(words[1]));
                }
            }
            case "fill" -> {
                for (SocketChannel connection : connections) {
                    connection.configureBlocking(false);
                    while (connection.write(ByteBuffer.allocate(1 << 16)) > 0) {
                        continue;
                    }
                }
            }
            case "hand" -> answer.append(recorder(words[1]).hand(OwnSockets.descriptors()));
            case "answer" -> answer.append(recorder.answer());
            case "answered" -> answer.append(recorder.isAnswered());
            case "part" -> {
                recorder(words[1]).send(".", 0, OwnSockets.descriptors());
                for (SocketChannel connection : connections) {
                    connection.close();
                }
            }
            default -> throw new IllegalArgumentException(command);
        }
        return answer.toString();
    }
}
