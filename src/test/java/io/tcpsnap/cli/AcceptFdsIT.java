package io.tcpsnap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcpsnap.archive.Recordings;
import io.tcpsnap.archive.Shell;
import io.tcpsnap.capture.Handing;
import io.tcpsnap.capture.OwnSockets;
import io.tcpsnap.lab.Command;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code record --accept-fds} of the built program, and what the README says of it. */
class AcceptFdsIT {
    private static final List<String> NOBODY =
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "env", "HOME=/nonexistent");
    /** What the example takes for granted. */
    private static final String BEFORE = """
            import socket
            server = socket.create_server(("127.0.0.1", 0))
            connection = socket.create_connection(server.getsockname())
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 123)
            """;

    private Path folder;
    private Process recorder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("tcpsnap-fds");
    }

    @AfterEach
    void end() throws Exception {
        recorder.destroyForcibly().waitFor();
        Shell.run("rm", "-rf", folder, folder.resolveSibling("tcpsnap-all"));
    }

    /** Starts a recorder in the folder; returns once it listens and writes there. */
    private void record(List<String> prefix, Path program) throws Exception {
        List<String> words = new ArrayList<>(prefix);
        words.addAll(List.of(program.toString(), "record", "-o", "rec", "--interval", "50ms"));
        words.addAll(List.of("--accept-fds", "tcpsnap.sock"));
        ProcessBuilder builder = Program.builder().command(words).directory(folder.toFile());
        recorder = builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
        Path socket = folder.resolve("tcpsnap.sock");
        while (!Files.exists(socket) || !canConnect(socket) || size() == 0) {
            assertThat(recorder.isAlive()).as("the recorder runs").isTrue();
            Thread.sleep(20);
        }
    }

    private static boolean canConnect(Path socket) {
        try {
            new Handing(socket).close();
            return true;
        } catch (IOException e) {
            return false; // it does not listen yet
        }
    }

    /** The program text between the mark and the end of its block. */
    private static String example() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String mark = "<!-- accept-fds example -->\n```python\n";
        int from = readme.indexOf(mark) + mark.length();
        assertThat(from).isGreaterThan(mark.length());
        return readme.substring(from, readme.indexOf("```", from));
    }

    private String query(String sql) throws Exception {
        recorder.destroy();
        assertThat(recorder.waitFor()).isZero();
        assertThat(folder.resolve("tcpsnap.sock")).doesNotExist();
        Program.Result result = Program.run("query", folder.resolve("rec"), "--format", "csv", "-c", sql);
        assertThat(result.err()).isEmpty();
        return result.out();
    }

    private void theExampleRuns(List<String> prefix) throws Exception {
        Path script = Files.writeString(folder.resolve("example.py"), BEFORE + example());
        List<String> words = new ArrayList<>(prefix);
        words.addAll(List.of("sh", "-c", "cd " + folder + " && exec /usr/bin/env python3 " + script));
        long before = System.currentTimeMillis();
        assertThat(Command.run(words)).isEmpty();
        long after = System.currentTimeMillis() + 1;
        awaitTick();
        assertThat(query("SELECT source, tcp_keepidle, fd, pid > 0 AS known, inode > 0 AS named,"
                        + " read_ts BETWEEN epoch_ms(" + before + ") AND epoch_ms(" + after
                        + ") AS timely FROM sockopt"))
                .isEqualTo("source,tcp_keepidle,fd,known,named,timely\nsockopt_handed,123,,true,true,true\n");
    }

    /** A tick that began after now is whole: each is one write. */
    private void awaitTick() throws Exception {
        for (int i = 0; i < 2; i++) {
            long before = size();
            while (size() == before) {
                Thread.sleep(10);
            }
        }
    }

    private long size() throws IOException {
        if (!Files.isDirectory(folder.resolve("rec"))) {
            return 0;
        }
        try (var segments = Recordings.segments(folder.resolve("rec"))) {
            return segments.mapToLong(segment -> segment.toFile().length()).sum();
        }
    }

    @Test
    void theExampleOfTheReadmeRunsWordForWord() throws Exception {
        assumeTrue(Command.works("python3", "-c", "import socket; socket.send_fds"), "needs Python 3.9");
        record(List.of(), Program.LAUNCHER);
        theExampleRuns(List.of());
    }

    @Test
    void needsNoRootOnEitherSide() throws Exception {
        assumeTrue(Shell.isRoot() && Shell.has("setpriv"), "needs root and setpriv, to become somebody else");
        List<String> python = new ArrayList<>(NOBODY);
        python.addAll(List.of("PATH=/usr/bin:/bin", "python3", "-c", "import socket; socket.send_fds"));
        assumeTrue(Command.works(python.toArray(String[]::new)), "needs a Python 3.9 that everybody may run");
        Shell.run("chown", "65534:65534", folder);
        List<String> prefix = new ArrayList<>(NOBODY);
        prefix.add("PATH=/usr/bin:/bin");
        record(prefix, Program.copyForAll());
        theExampleRuns(prefix);
    }

    /** Eight threads send descriptors as fast as they can to a recorder that may open 512. */
    @Test
    void aFloodTakesNothingFromTheRecorder() throws Exception {
        record(List.of("sh", "-c", "ulimit -n 512 && exec \"$@\"", "sh"), Program.LAUNCHER);
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertThat(server.isBound()).isTrue();
            int[] full = new int[253];
            Arrays.fill(full, OwnSockets.descriptors()[0]);
            List<Thread> senders = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                senders.add(new Thread(() -> flood(full)));
            }
            senders.forEach(Thread::start);
            for (Thread sender : senders) {
                sender.join();
            }
        }
        awaitTick();
        String errors = "count(*) FILTER (error NOT LIKE '%lost')";
        String lost = "coalesce(sum(regexp_extract(error, '(\\d+) lost', 1)::BIGINT), 0)";
        assertThat(query("SELECT (SELECT count(*) FROM sockopt) + " + lost + " AS sockets, " + errors
                        + " AS errors FROM snapshot_source"))
                .isEqualTo("sockets,errors\n" + 8 * 40 * 253 + ",0\n");
    }

    private void flood(int[] descriptors) {
        try (Handing handing = new Handing(folder.resolve("tcpsnap.sock"))) {
            for (int i = 0; i < 40; i++) {
                handing.hand(descriptors);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
