package io.tcpsnap.lab;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What both ends of a recorded scene do with their sockets, each in a thread of its own until the end. */
final class SceneSockets {
    /** Something that goes on with one connection. */
    @FunctionalInterface
    interface Behaviour {
        void serve(SocketChannel channel) throws IOException, InterruptedException;
    }

    /** Keeps channels from being collected, which would close them. */
    private static final List<Object> HELD = Collections.synchronizedList(new ArrayList<>());

    private SceneSockets() {}

    static void hold(Object channel) {
        HELD.add(channel);
    }

    static void serve(ServerSocketChannel server, Behaviour behaviour) {
        hold(server);
        thread(() -> {
            while (true) {
                go(server.accept(), behaviour);
            }
        });
    }

    static void go(SocketChannel channel, Behaviour behaviour) {
        hold(channel);
        thread(() -> behaviour.serve(channel));
    }

    static void thread(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException | InterruptedException e) {
                System.err.println("scene: " + e);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    /** Something that goes on. */
    @FunctionalInterface
    interface Task {
        void run() throws IOException, InterruptedException;
    }

    /** Reads whatever comes. */
    static void drain(SocketChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        while (channel.read(buffer.clear()) >= 0) {}
    }

    /** Sends as fast as the connection takes it. */
    static void pour(SocketChannel channel) throws IOException {
        while (true) {
            Endpoint.write(channel, 1 << 14);
        }
    }

    /** Sends until the peer's window and our buffer are full. */
    static void fill(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        while (channel.write(buffer) > 0) {
            buffer.clear();
        }
    }

    /** Sends back what it gets. */
    static void echo(SocketChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 14);
        while (channel.read(buffer.clear()) >= 0) {
            buffer.flip();
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }
    }

    /** Asks with {@code bytes} and waits for as many, again and again. */
    static Behaviour ask(int bytes, long pauseMillis) {
        return channel -> {
            ByteBuffer buffer = ByteBuffer.allocate(bytes);
            while (true) {
                Endpoint.write(channel, bytes);
                for (int got = 0; got < bytes; ) {
                    got += Math.max(0, channel.read(buffer.clear().limit(bytes - got)));
                }
                Thread.sleep(pauseMillis);
            }
        };
    }
}
