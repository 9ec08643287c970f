package io.tcpsnap.bench;

import io.tcpsnap.capture.SourceProbe;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * One copy of each source from this kernel, with {@link #connections} loopback connections of this process open; the
 * baseline is what {@code cat /proc/net/tcp} would do in this process, and for comparison also for the dump.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CaptureBenchmark {
    /** A source. */
    @State(Scope.Thread)
    public static class OneSource {
        @Param({"tcp", "tcp6", "dev", "snmp", "netstat", "snmp6", "sockstat", "sockstat6", "softnet", "diag"})
        private String source;

        private SourceProbe probe;

        @Setup
        public void setup() {
            probe = new SourceProbe(source);
        }
    }

    @Param("500")
    private int connections;

    private final List<Socket> open = new ArrayList<>();
    private ServerSocket server;

    @Setup
    public void setup() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        for (int i = 0; i < connections; i++) {
            open.add(new Socket(server.getInetAddress(), server.getLocalPort()));
            open.add(server.accept());
        }
    }

    @TearDown
    public void tearDown() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
        server.close();
    }

    @Benchmark
    public void take(OneSource one, Blackhole sink) throws IOException {
        sink.consume(one.probe.take());
    }

    @Benchmark
    public void baselineReadProcNetTcp(Blackhole sink) throws IOException {
        try (InputStream in = Files.newInputStream(Path.of("/proc/self/net/tcp"))) {
            sink.consume(in.readAllBytes());
        }
    }
}
