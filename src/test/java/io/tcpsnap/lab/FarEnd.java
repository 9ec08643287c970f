package io.tcpsnap.lab;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The end that is not recorded: makes the near end's sockets reach their states. */
final class FarEnd {
    @FunctionalInterface
    private interface Behaviour {
        void serve(SocketChannel channel) throws IOException;
    }

    /** Keeps channels from being collected, which would close them. */
    private final List<SocketChannel> held = Collections.synchronizedList(new ArrayList<>());

    private final List<SocketChannel> closeLater = Collections.synchronizedList(new ArrayList<>());

    private FarEnd() {}

    public static void main(String[] args) throws IOException {
        FarEnd end = new FarEnd();
        Lines.serve(line -> {
            switch (line) {
                case "listen" -> end.listen();
                case "connect" -> end.connect();
                case "await connections" -> end.awaitConnections();
                case "close" -> end.close();
                default -> throw new IllegalArgumentException(line);
            }
        });
    }

    private void listen() throws IOException {
        for (Endpoint endpoint : Endpoint.FAMILIES) {
            serve(endpoint, Ports.HOLD, held::add);
            serve(endpoint, Ports.CLOSE, SocketChannel::close);
            serve(endpoint, Ports.SEND, this::send);
            serve(endpoint, Ports.CLOSE_AFTER, this::closeAfter);
            serve(endpoint, Ports.ECHO, this::echo);
            serve(endpoint, Ports.CUT_HOLD, held::add);
            serve(endpoint, Ports.CUT_CLOSE, SocketChannel::close);
            serve(endpoint, Ports.CUT_CLOSE_LATER, closeLater::add);
        }
    }

    private void serve(Endpoint endpoint, int port, Behaviour behaviour) throws IOException {
        ServerSocketChannel server = endpoint.listen(endpoint.far(port), 64);
        thread(() -> {
            while (true) {
                SocketChannel channel = server.accept();
                thread(() -> behaviour.serve(channel));
            }
        });
    }

    private void send(SocketChannel channel) throws IOException {
        held.add(channel);
        Endpoint.write(channel, Ports.UNREAD);
    }

    private void closeAfter(SocketChannel channel) throws IOException {
        try (channel) {
            channel.read(ByteBuffer.allocate(1));
        }
    }

    private void echo(SocketChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        while (channel.read(buffer) >= 0) {
            buffer.flip();
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            buffer.clear();
        }
    }

    private void connect() throws IOException {
        for (Endpoint endpoint : Endpoint.FAMILIES) {
            held.add(endpoint.connect(endpoint.near(Ports.QUEUE)));
            held.add(endpoint.connect(endpoint.near(Ports.QUEUE)));
            closeAfterConnecting(endpoint);
            closeAfterConnecting(endpoint);
            held.add(endpoint.startConnect(endpoint.near(Ports.HALF_OPEN)));
            held.add(endpoint.startConnect(endpoint.near(Ports.HALF_OPEN_DUAL)));
        }
    }

    /** The near end closes one connection to the dual-stack listener first, and so keeps it in TIME_WAIT. */
    private void closeAfterConnecting(Endpoint endpoint) throws IOException {
        SocketChannel channel = endpoint.connect(endpoint.near(Ports.DUAL));
        thread(() -> closeAfter(channel));
    }

    /** What is to be closed later must have been accepted by then: two from each kind of socket. */
    private void awaitConnections() throws InterruptedException {
        while (closeLater.size() < 2 * Endpoint.values().length) {
            Thread.sleep(5);
        }
    }

    private void close() throws IOException {
        for (SocketChannel channel : closeLater) {
            channel.close();
        }
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void thread(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException e) {
                System.err.println("far end: " + e);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
