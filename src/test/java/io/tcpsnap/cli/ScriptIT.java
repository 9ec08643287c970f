package io.tcpsnap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcpsnap.archive.Shell;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The recorder in shell, on this machine's kernel, under each shell that is there. */
class ScriptIT {
    @TempDir
    private static Path shared;

    private static Path script;

    @TempDir
    private Path folder;

    @BeforeAll
    static void print() throws Exception {
        script = ShellRecorder.print(shared);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh", "mksh", "yash"})
    void recordsWhatTheKernelShows(String shell) throws Exception {
        ShellRecorder recorder = ShellRecorder.of(script, shell);
        Path rec = folder.resolve("rec");
        Path elsewhere = Files.createDirectory(folder.resolve("cwd"));
        ServerSocket server = new ServerSocket(0, 9, InetAddress.getByName("127.0.0.1"));
        List<Socket> sockets = new ArrayList<>();
        try (server) {
            for (int i = 0; i < 3; i++) {
                sockets.add(new Socket(server.getInetAddress(), server.getLocalPort()));
                sockets.add(server.accept());
            }
            ProcessBuilder builder = recorder.builder("-o", rec, "--count", 4, "--interval", "250ms")
                    .directory(elsewhere.toFile());
            builder.environment().put("TMPDIR", elsewhere.toString());
            Program.Result result = Program.run(builder, "");
            assertThat(result.err())
                    .startsWith(rec + "/")
                    .contains(": 4 ticks, ")
                    .hasLineCount(1);
            assertThat(result.out()).isEmpty();
            assertThat(result.code()).isZero();

            int port = server.getLocalPort();
            String last = " WHERE snapshot_id = (SELECT max(snapshot_id) FROM snapshot) AND " + port
                    + " IN (local_port, remote_port)";
            assertThat(new ShellRecording(rec)
                            .query(
                                    "SELECT format('{:04X} {:04X} {} {}', local_port, remote_port, state, inode) AS row FROM tcp"
                                            + last)
                            .lines())
                    .containsExactlyInAnyOrderElementsOf(proc(port))
                    .hasSize(7);
            if (Shell.has("ss")) {
                assertThat(new ShellRecording(rec).query("SELECT count(*) FROM tcp_info" + last))
                        .isEqualTo("7\n");
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        new ShellRecording(rec).assertSound(4);
        assertThat(elsewhere).isEmptyDirectory();
        Path segment = new ShellRecording(rec).onlyFile();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(rec)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(segment)))
                .isEqualTo("rw-------");
        assertThat(
                        new ShellRecording(rec)
                                .query(
                                        "SELECT host, kernel, machine, byte_order, boot_id, clk_tck, interval_ms, netns FROM recording"))
                .isEqualTo(host());
    }

    /** Rows of /proc/net/tcp and tcp6 that have the port, as this process sees them. */
    private static List<String> proc(int port) throws IOException {
        List<String> rows = new ArrayList<>();
        String hex = String.format(":%04X", port);
        for (String file : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            for (String line : Files.readAllLines(Path.of(file))) {
                String[] words = line.strip().split("\\s+", -1);
                if (words[1].endsWith(hex) || words[2].endsWith(hex)) {
                    String state = words[3].equals("0A") ? "LISTEN" : words[3].equals("01") ? "ESTABLISHED" : words[3];
                    rows.add(words[1].replaceAll(".*:", "") + " " + words[2].replaceAll(".*:", "") + " " + state + " "
                            + words[9]);
                }
            }
        }
        return rows;
    }

    private static String host() throws Exception {
        return String.join(
                        ",",
                        Files.readString(Path.of("/proc/sys/kernel/hostname")).strip(),
                        Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip(),
                        Shell.run("uname", "-m").strip(),
                        java.nio.ByteOrder.nativeOrder() == java.nio.ByteOrder.LITTLE_ENDIAN ? "little" : "big",
                        Files.readString(Path.of("/proc/sys/kernel/random/boot_id"))
                                .strip(),
                        Shell.run("getconf", "CLK_TCK").strip(),
                        "250",
                        Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString())
                + "\n";
    }

    /** On a host that has hardly anything, and what there is is busybox. */
    @ParameterizedTest
    @CsvSource({
        "dash, true, gzip, .tar.gz",
        "busybox sh, true, gzip, .tar.gz",
        "bash, false, gzip, .tar.gz",
        "dash, false, zstd, .tar.zst",
        "dash, true, , .tar",
        "busybox sh, false, , .tar",
    })
    void packedWithWhatThereIs(String shell, boolean busybox, String packer, String suffix) throws Exception {
        assumeTrue(!busybox || Shell.has("busybox"), "needs busybox");
        assumeTrue(packer == null || Shell.has(packer), "needs " + packer);
        List<String> programs = new ArrayList<>(ShellRecorder.PROGRAMS);
        programs.removeIf(program -> busybox && program.equals("getconf"));
        if (packer != null) {
            programs.add(packer);
        }
        Path rec = folder.resolve("rec");
        ShellRecorder recorder = ShellRecorder.of(script, shell).withOnly(folder.resolve("bin"), programs, busybox);
        Program.Result result = recorder.run("-o", rec, "--count", 3, "--interval", "1s");
        assertThat(result.err()).startsWith(rec + "/").contains(": 3 ticks, ").hasLineCount(1);
        assertThat(result.code()).isZero();
        new ShellRecording(rec).assertSound(3);
        Path segment = new ShellRecording(rec).onlyFile();
        assertThat(segment.toString()).endsWith(suffix);
        assertThat(new ShellRecording(rec).query("SELECT count(*) > 0, count(DISTINCT snapshot_id) FROM tcp"))
                .isEqualTo("true,3\n");
        assertThat(new ShellRecording(rec).query("SELECT count(*) FROM tcp_info"))
                .isEqualTo("0\n");
        assertThat(new ShellRecording(rec)
                        .query("SELECT min(interval_s) > 0.5, count(DISTINCT clock_ns) FROM net_dev_rate, tick"))
                .isEqualTo("true,3\n");
        String extract = ".tar.gz".equals(suffix) ? "-xzf" : "-xf";
        assertOpens(segment, "tar", extract);
        assertOpens(segment, "bsdtar", extract);
        if (!suffix.equals(".tar.zst")) {
            assertOpens(segment, "busybox", "tar", extract);
        }
    }

    /** Stock programs see the ticks, without a word of theirs about the archive. */
    private void assertOpens(Path segment, String... command) throws Exception {
        assumeTrue(Shell.has(command[0]), "needs " + command[0]);
        Path out = Files.createDirectory(folder.resolve(command[0]));
        List<Object> words = new ArrayList<>(List.of(command));
        words.addAll(List.of(segment, "-C", out));
        assertThat(Shell.run(words.toArray())).isEmpty();
        new ShellRecording(out).assertSound(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void ratesAreOfTheTimeThatPassed(String shell) throws Exception {
        assumeTrue(Shell.has("ss"), "needs ss");
        Path rec = folder.resolve("rec");
        ProcessBuilder builder =
                ShellRecorder.of(script, shell).builder("-o", rec, "--count", 5, "--interval", "300ms");
        try (ServerSocket server = new ServerSocket(0, 9, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket accepted = server.accept()) {
            Process recording =
                    builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
            while (recording.isAlive()) {
                client.getOutputStream().write(new byte[1000]);
                accepted.getInputStream().readNBytes(1000);
                Thread.sleep(10);
            }
            String where = " WHERE remote_port = " + server.getLocalPort();
            String sent = new ShellRecording(rec)
                    .query(
                            "SELECT max(bytes_sent) - min(bytes_sent) AS sent, (max(ts) - min(ts)) > INTERVAL 1 SECOND FROM tcp_info"
                                    + where);
            assertThat(sent).endsWith(",true\n").doesNotStartWith("0,");
            assertThat(new ShellRecording(rec)
                            .query(
                                    "SELECT sum(bytes_sent_delta)::BIGINT AS sent, abs(sum(interval_s) - sum(bytes_sent_delta / bytes_sent_per_s)) < 0.001"
                                            + " FROM connection_rate" + where))
                    .isEqualTo(sent);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void oddNamesOfHostAndFolder(String shell) throws Exception {
        assumeTrue(Shell.isRoot() && Shell.has("unshare"), "needs root and unshare, to be another host");
        Path rec = folder.resolve("a $(b) 'c' \"d\"\n*e");
        ProcessBuilder builder = ShellRecorder.of(script, shell).builder("-o", rec, "--once");
        List<String> command = new ArrayList<>(List.of(
                "unshare",
                "-u",
                "sh",
                "-c",
                "printf 'we\"ird\\\\ \\303\\251/$x' >/proc/sys/kernel/hostname; exec \"$@\"",
                "sh"));
        command.addAll(builder.command());
        Program.Result result = Program.run(builder.command(command), "");
        assertThat(result.err()).contains(": 1 ticks, ");
        assertThat(result.code()).isZero();
        Path segment = new ShellRecording(rec).onlyFile();
        assertThat(segment.getFileName().toString()).matches("we_ird_{6}x-\\d{8}T\\d{6}Z\\.tar\\..*");
        new ShellRecording(segment).assertSound(1);
        assertThat(new ShellRecording(segment).query("SELECT host FROM recording"))
                .isEqualTo("\"we\"\"ird\\ __/$x\"\n");
    }
}
