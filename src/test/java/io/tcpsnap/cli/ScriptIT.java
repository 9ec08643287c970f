package io.tcpsnap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcpsnap.archive.Shell;
import io.tcpsnap.lab.KeyedListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The recorder in shell, on this machine's kernel, under each shell that is there. */
class ScriptIT {
    private static final String SOUND =
            "sound: %d whole ticks, 0 damaged places, 0 segments without their end, 0 problems in rows\n";

    @TempDir
    private static Path shared;

    private static Path script;

    @TempDir
    private Path folder;

    @BeforeAll
    static void print() throws Exception {
        script = ShellRecorder.print(shared);
    }

    private static ShellRecorder recorder(String shell) throws Exception {
        String program = shell.split(" ", -1)[0];
        assumeTrue(Shell.has(program), "needs " + program);
        return new ShellRecorder(script, shell);
    }

    private static void assertSound(Path archive, int ticks) throws Exception {
        assertThat(Program.run("verify", archive).out()).isEqualTo(SOUND.formatted(ticks));
    }

    private static String query(Path archive, String sql) throws Exception {
        Program.Result result = Program.run("query", archive, "--format", "csv", "-c", sql);
        assertThat(result.err()).isEmpty();
        return result.out().substring(result.out().indexOf('\n') + 1);
    }

    private static Path onlyFile(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh", "mksh", "yash"})
    void recordsWhatTheKernelShows(String shell) throws Exception {
        ShellRecorder recorder = recorder(shell);
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
            assertThat(query(
                                    rec,
                                    "SELECT format('{:04X} {:04X} {} {}', local_port, remote_port, state, inode) AS row FROM tcp"
                                            + last)
                            .lines())
                    .containsExactlyInAnyOrderElementsOf(proc(port))
                    .hasSize(7);
            if (Shell.has("ss")) {
                assertThat(query(rec, "SELECT count(*) FROM tcp_info" + last)).isEqualTo("7\n");
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        assertSound(rec, 4);
        assertThat(elsewhere).isEmptyDirectory();
        Path segment = onlyFile(rec);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(rec)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(segment)))
                .isEqualTo("rw-------");
        assertThat(
                        query(
                                rec,
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
        ShellRecorder recorder = recorder(shell).withOnly(folder.resolve("bin"), programs, busybox);
        Program.Result result = recorder.run("-o", rec, "--count", 3, "--interval", "1s");
        assertThat(result.err()).startsWith(rec + "/").contains(": 3 ticks, ").hasLineCount(1);
        assertThat(result.code()).isZero();
        assertSound(rec, 3);
        Path segment = onlyFile(rec);
        assertThat(segment.toString()).endsWith(suffix);
        assertThat(query(rec, "SELECT count(*) > 0, count(DISTINCT snapshot_id) FROM tcp"))
                .isEqualTo("true,3\n");
        assertThat(query(rec, "SELECT count(*) FROM tcp_info")).isEqualTo("0\n");
        assertThat(query(rec, "SELECT min(interval_s) > 0.5, count(DISTINCT clock_ns) FROM net_dev_rate, tick"))
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
        assertSound(out, 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void ratesAreOfTheTimeThatPassed(String shell) throws Exception {
        assumeTrue(Shell.has("ss"), "needs ss");
        Path rec = folder.resolve("rec");
        ProcessBuilder builder = recorder(shell).builder("-o", rec, "--count", 5, "--interval", "300ms");
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
            String sent = query(
                    rec,
                    "SELECT max(bytes_sent) - min(bytes_sent) AS sent, (max(ts) - min(ts)) > INTERVAL 1 SECOND FROM tcp_info"
                            + where);
            assertThat(sent).endsWith(",true\n").doesNotStartWith("0,");
            assertThat(query(
                            rec,
                            "SELECT sum(bytes_sent_delta)::BIGINT AS sent, abs(sum(interval_s) - sum(bytes_sent_delta / bytes_sent_per_s)) < 0.001"
                                    + " FROM connection_rate" + where))
                    .isEqualTo(sent);
        }
    }

    @ParameterizedTest
    @CsvSource({"dash, INT", "dash, TERM", "bash, INT", "bash, HUP", "busybox sh, INT", "busybox sh, TERM"})
    void aSignalEndsItAtOnceAndWell(String shell, String signal) throws Exception {
        Path rec = folder.resolve("rec");
        ShellRecorder recorder = recorder(shell);
        Process process = recorder.builder("-o", rec, "--interval", "1d")
                .redirectErrorStream(true)
                .start();
        Growth.await(rec, 2, process);
        Shell.run("kill", "-" + signal, process.pid());
        assertThat(process.waitFor()).isZero();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains(": 1 ticks, 0 missed, ")
                .hasLineCount(1);
        assertSound(rec, 1);
        onlyFile(rec);
    }

    @Test
    void ticksWhoseTimePassedAreCounted() throws Exception {
        Path rec = folder.resolve("rec");
        Process process = recorder("dash")
                .builder("-o", rec, "--interval", "200ms")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Growth.await(rec, 3, process);
        Shell.run("kill", "-STOP", process.pid());
        Thread.sleep(1500);
        Shell.run("kill", "-CONT", process.pid());
        Growth.await(rec, 3, process);
        process.destroy();
        assertThat(process.waitFor()).isZero();
        assertThat(query(rec, "SELECT max(missed) >= 5, max(seq) + 1 = count(*) FROM snapshot"))
                .isEqualTo("true,true\n");
        assertThat(
                        query(
                                rec,
                                "SELECT abs((max(clock_ns) - min(clock_ns)) / 2e8 - (max(scheduled) - min(scheduled))) < 3 FROM tick"))
                .isEqualTo("true\n");
    }

    @Test
    void keysOfMd5AreNeverInTheArchive() throws Exception {
        assumeTrue(Shell.isRoot() && Shell.has("ss"), "needs root, whom ss shows the keys, and ss");
        assumeTrue(KeyedListener.isPossible(), "needs a kernel with CONFIG_TCP_MD5SIG");
        Path rec = folder.resolve("rec");
        try (KeyedListener listener = new KeyedListener()) {
            assertThat(Shell.run("sh", "-c", "ss -tanemi -D - | tr -d '\\0'")).contains(KeyedListener.KEY);
            assertThat(recorder("dash").run("-o", rec, "--once").code()).isZero();
        }
        assertThat(query(rec, "SELECT count(*) > 0 FROM tcp_info")).isEqualTo("true\n");
        Path out = Files.createDirectory(folder.resolve("out"));
        Shell.run("tar", "-xf", onlyFile(rec), "-C", out);
        assertThat(Shell.tryRun("grep", "-r", KeyedListener.KEY, out)).isEqualTo(1);
    }

    /** Where nothing can take the privilege away, ss is not run at all. */
    @Test
    void withoutAWayToHideKeysNoDumpIsTaken() throws Exception {
        assumeTrue(Shell.isRoot() && Shell.has("ss"), "needs root and ss");
        Path rec = folder.resolve("rec");
        List<String> programs = new ArrayList<>(ShellRecorder.PROGRAMS);
        programs.add("ss");
        ShellRecorder recorder = recorder("dash").withOnly(folder.resolve("bin"), programs, false);
        Program.Result result = recorder.run("-o", rec, "--once", "--sources", "diag,dev");
        assertThat(result.err()).startsWith("tcpsnap: diag: not recorded: nothing here gives up the privilege");
        assertThat(result.code()).isZero();
        assertThat(query(rec, "SELECT source, error FROM snapshot_source")).isEqualTo("proc/net/dev,\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void oddNamesOfHostAndFolder(String shell) throws Exception {
        assumeTrue(Shell.isRoot() && Shell.has("unshare"), "needs root and unshare, to be another host");
        Path rec = folder.resolve("a $(b) 'c' \"d\"\n*e");
        ProcessBuilder builder = recorder(shell).builder("-o", rec, "--once");
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
        Path segment = onlyFile(rec);
        assertThat(segment.getFileName().toString()).matches("we_ird_{6}x-\\d{8}T\\d{6}Z\\.tar\\..*");
        assertSound(segment, 1);
        assertThat(query(segment, "SELECT host FROM recording")).isEqualTo("\"we\"\"ird\\ __/$x\"\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--once | 2 | Missing required option: '-o=DIR'",
                "-o | 2 | Missing required parameter for option '-o'",
                "-o DIR/x --interval 50ms | 2 | --interval must be at least 100ms",
                "-o DIR/x --interval soon | 2 | --interval: 'soon' is no time: write 500ms, 1s, 5m, 24h or 7d",
                "-o DIR/x --interval=2d | 2 | --interval must be at most 1d",
                "-o DIR/x --duration 0s | 2 | --duration must be longer than nothing",
                "-o DIR/x --count 0 | 2 | --count must be at least 1",
                "-o DIR/x --count many | 2 | --count: 'many' is no number",
                "-o DIR/x --once --count 2 | 2 | --once is one tick: leave --count and --duration out",
                "-o DIR/x --sources tpc | 2 | --sources: unknown source 'tpc': there are tcp tcp6",
                "-o DIR/x --sources +owner | 2 | --sources: 'owner' needs tcpsnap record",
                "-o DIR/x --sources tcp,-tcp | 2 | --sources: no source is left to record",
                "-o DIR/x --fast | 2 | Unknown option: '--fast'",
                "-o DIR/file --once | 3 | file: is no folder and cannot be made",
                "-o DIR/file/x --once | 3 | file/x: is no folder and cannot be made",
                "-o /proc/self --once | 3 | /proc/self: cannot be written",
            })
    void failuresAreOneClearLineAndACode(String line, int code, String message) throws Exception {
        Files.createFile(folder.resolve("file"));
        Object[] args = line.replace("DIR", folder.toString()).split(" ", -1);
        for (String shell : ShellRecorder.SHELLS.split(", ", -1)) {
            Program.Result result = recorder(shell).run(args);
            assertThat(result.err()).as(shell).startsWith("tcpsnap: ").contains(message);
            assertThat(result.err()).hasLineCount(code == 2 ? 2 : 1);
            assertThat(result.out()).isEmpty();
            assertThat(result.code()).isEqualTo(code);
        }
        assertThat(folder.resolve("x")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tcp6,dev | proc/net/tcp6 proc/net/dev",
                "softnet,+tcp,-softnet | proc/net/tcp",
                "-tcp,-tcp6,-snmp,-netstat,-snmp6,-sockstat,-sockstat6,-diag,-destroy | proc/net/dev proc/net/softnet_stat",
            })
    void sourcesAreChosenAsInTheRecorder(String list, String paths) throws Exception {
        for (String shell : ShellRecorder.SHELLS.split(", ", -1)) {
            Path rec = folder.resolve(shell);
            assertThat(recorder(shell)
                            .run("-o", rec, "--once", "--sources", list)
                            .code())
                    .isZero();
            assertThat(query(rec, "SELECT string_agg(source, ' ') FROM snapshot_source"))
                    .isEqualTo(paths + "\n");
        }
    }

    /** From standard input, as ssh hands it over, for as long as is said. */
    @Test
    void overAPipeAndForADuration() throws Exception {
        Path rec = folder.resolve("rec");
        Shell.run("sh", "-c", "dash -s -- -o \"$0\" --interval 0.2 --duration 0.8s <\"$1\"", rec, script);
        assertThat(query(rec, "SELECT count(*) + sum(missed) <= 4, count(*) > 0 FROM snapshot"))
                .isEqualTo("true,true\n");
        assertThat(query(rec, "SELECT interval_ms FROM recording")).isEqualTo("200\n");
    }

    @Test
    void onAFullDiskItGoesOnAndSaysSo() throws Exception {
        assumeTrue(Shell.isRoot() && Shell.has("mount"), "needs root to mount a tmpfs");
        assumeTrue(
                Shell.tryRun("mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", folder) == 0,
                "needs the right to mount a tmpfs");
        try {
            Program.Result result =
                    recorder("dash").run("-o", folder, "--interval", "100ms", "--count", 40, "--sources", "-diag");
            assertThat(result.err()).contains(": cannot be written").doesNotContain(": 40 ticks, ");
            assertThat(result.code()).isEqualTo(3);
            assertThat(Program.run("verify", folder).out()).contains(" 0 problems in rows");
            onlyFile(folder);
        } finally {
            Shell.run("umount", folder);
        }
    }

    @Test
    void shellcheckHasNothingToSay() throws Exception {
        assumeTrue(Shell.has("shellcheck"), "needs shellcheck");
        assertThat(Shell.run("shellcheck", "-s", "sh", script)).isEmpty();
    }
}
