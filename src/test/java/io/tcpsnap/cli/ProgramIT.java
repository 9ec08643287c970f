package io.tcpsnap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcpsnap.archive.Recordings;
import io.tcpsnap.archive.Shell;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole program on this machine's own kernel. */
class ProgramIT {
    @TempDir
    private static Path shared;

    private static Path recording;

    @TempDir
    private Path folder;

    @BeforeAll
    static void record() throws Exception {
        recording = shared.resolve("rec");
        Program.Result result = Program.run("record", "-o", recording, "--interval", "50ms", "--count", 8);
        assertThat(result.err()).endsWith(" bytes\n").contains(": 8 ticks, ");
        assertThat(result.out()).isEmpty();
        assertThat(result.code()).isZero();
    }

    private static Path segment(Path folder) throws IOException {
        try (Stream<Path> files = Recordings.segments(folder)) {
            return files.findFirst().orElseThrow();
        }
    }

    private static String query(String sql) throws IOException, InterruptedException {
        Program.Result result = Program.run("query", recording, "--format", "csv", "-c", sql);
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        return result.out();
    }

    @Test
    void recordingIsSoundAndHasNoProblems() throws Exception {
        Program.Result verify = Program.run("verify", recording);
        assertThat(verify.out())
                .isEqualTo("sound: 8 whole ticks, 0 damaged places, 0 segments without their end,"
                        + " 0 problems in rows\n");
        assertThat(verify.code()).isZero();
        assertThat(query("select count(*) as n from problem")).isEqualTo("n\n0\n");
    }

    @Test
    void rowsAreAsManyAsLines() throws Exception {
        assumeTrue(Shell.has("tar") && Shell.has("zstd"), "needs tar and zstd");
        Shell.run("tar", "--zstd", "-xf", segment(recording), "-C", folder);
        StringBuilder expected = new StringBuilder("n\n");
        try (Stream<Path> ticks = Files.list(folder)) {
            for (Path tick : ticks.filter(Files::isDirectory).sorted().toList()) {
                int lines = Files.readAllLines(tick.resolve("proc/net/tcp")).size()
                        + Files.readAllLines(tick.resolve("proc/net/tcp6")).size()
                        - 2;
                expected.append(lines).append('\n');
            }
        }
        assertThat(query("select count(t.snapshot_id) as n from snapshot s left join tcp t using (snapshot_id)"
                        + " group by s.snapshot_id order by s.snapshot_id"))
                .isEqualTo(expected.toString());
    }

    @Test
    void everyTableAndColumnHasAComment() throws Exception {
        assertThat(query("select count(*) as n from duckdb_columns() where not internal and comment is null"))
                .isEqualTo("n\n0\n");
        assertThat(query("select count(*) as n from duckdb_tables() where not internal and comment is null"))
                .isEqualTo("n\n0\n");
        assertThat(query("select comment from duckdb_columns() where table_name = 'tcp' and column_name = 'ssthresh'"))
                .isEqualTo(
                        "comment\n\"Slow start threshold. Unit: segments. NULL: a time_wait or request row, which ends"
                                + " before, or of netstat; or a listener; never reduced, see in_initial_slowstart. Kernel:"
                                + " tcp_in_initial_slowstart(tp) ? -1 : tp->snd_ssthresh.\"\n");
    }

    @Test
    void tableFunctionsReadAPathWithoutLoading() throws Exception {
        assertThat(query("select count(distinct snapshot_id) as n from read_net_dev('" + recording + "')"))
                .isEqualTo("n\n8\n");
        Program.Result missing = Program.run("query", "--unsafe", recording, "-c", "from read_tcp('/no/such')");
        assertThat(missing.err()).contains("/no/such: no such file or folder").doesNotContain("\tat ");
        assertThat(missing.code()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void aSignalFinishesTheTickAndClosesTheArchive(String signal) throws Exception {
        Process recorder = start("--interval", "10ms");
        Path segment = waitForTicks();
        Shell.run("kill", "-" + signal, recorder.pid());
        assertThat(recorder.waitFor()).isZero();
        assertThat(Program.run("verify", segment).code()).isZero();
    }

    /** The disk takes nothing, the tick that was asked for cannot be taken: that must not wait for better times. */
    @Test
    void onAFullDiskItEndsAndSaysSo() throws Exception {
        assumeTrue(Shell.isRoot() && Shell.has("mount"), "needs root to mount a tmpfs");
        assumeTrue(
                Shell.tryRun("mount", "-t", "tmpfs", "-o", "mode=700,size=40k", "tmpfs", folder) == 0,
                "needs the right to mount a tmpfs");
        try {
            Program.Result filled = Program.run("record", "-o", folder, "--interval", "10ms", "--count", 300);
            assertThat(filled.err())
                    .contains(folder + "")
                    .containsPattern(": (No space left on device|[0-9,]+ bytes free on the disk, of which)")
                    .doesNotContain("\tat ");
            assertThat(filled.code()).isEqualTo(3);
            assertThat(Program.run("verify", folder).out()).contains(" whole ticks, 0 damaged places, ");
            Shell.run("sh", "-c", "cat /dev/zero >\"$0/ballast\" 2>/dev/null || true", folder);
            Program.Result full = Program.run("record", "-o", folder, "--once");
            assertThat(full.err()).contains(": No space left on device\n").hasLineCount(1);
            assertThat(full.code()).isEqualTo(3);
        } finally {
            Shell.run("umount", folder);
        }
    }

    /** A script's shell has what it starts with & ignore SIGINT. */
    @Test
    void itHeedsAnInterruptThatItsParentIgnored() throws Exception {
        String script = "\"$0\" record -o \"$1\" --interval 20ms 2>\"$1.err\" & "
                + "while ! test -s \"$1\"/*.zst; do sleep 0.05; done; "
                + "kill -INT $!; wait $!";
        Path rec = folder.resolve("rec");
        Shell.run("env", "JAVA_HOME=" + System.getProperty("java.home"), "sh", "-c", script, Program.LAUNCHER, rec);
        assertThat(Program.run("verify", rec).code()).isZero();
    }

    private Process start(Object... options) throws IOException {
        ProcessBuilder builder = Program.builder("record", "-o", folder);
        Stream.of(options).map(String::valueOf).forEach(builder.command()::add);
        return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    /** Waits until the segment has a tick: until it grows, since it begins with its manifest. */
    private Path waitForTicks() throws Exception {
        long begun = 0;
        while (true) {
            try (Stream<Path> files = Recordings.segments(folder)) {
                List<Path> segments = files.toList();
                long size = segments.isEmpty() ? 0 : Files.size(segments.get(0));
                if (begun > 0 && size > begun) {
                    return segments.get(0);
                }
                begun = begun == 0 ? size : begun;
            }
            Thread.sleep(1);
        }
    }

    @Test
    void killedItLosesTheTickBeingWrittenAtMost() throws Exception {
        Process recorder = start("--interval", "10ms");
        Path segment = waitForTicks();
        recorder.destroyForcibly().waitFor();

        Program.Result verify = Program.run("verify", segment);
        assertThat(verify.out()).contains("not closed: the recorder was killed").contains(" 0 problems in rows");
        assertThat(verify.code()).isEqualTo(3);
        Program.Result query = Program.run(
                "query", segment, "--format", "csv", "-c", "select count(*) = max(seq) + 1 as dense from snapshot");
        assertThat(query.out()).isEqualTo("dense\ntrue\n");
        assertThat(query.code()).isZero();
    }

    @Test
    void filesAreForTheirOwnerOnly() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(recording)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(segment(recording))))
                .isEqualTo("rw-------");
    }

    @Test
    void needsNoRoot() throws Exception {
        assumeTrue(Shell.isRoot() && Shell.has("setpriv"), "needs root and setpriv, to become somebody else");
        Path open = Files.createTempDirectory("tcpsnap-nobody");
        try {
            Shell.run("chown", "65534:65534", open);
            String out = Shell.run(
                    "setpriv",
                    "--reuid=65534",
                    "--regid=65534",
                    "--clear-groups",
                    "env",
                    "HOME=/nonexistent",
                    "JAVA_HOME=" + System.getProperty("java.home"),
                    Program.copyForAll(),
                    "record",
                    "-o",
                    open.resolve("rec"),
                    "--once");
            assertThat(out).contains(": 1 ticks, 0 missed");
            assertThat(Program.run("verify", open.resolve("rec")).code()).isZero();
        } finally {
            Shell.run("rm", "-rf", open, open.resolveSibling("tcpsnap-all"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "record --once | 2 | Missing required option: '-o=DIR'",
                "record -o x --interval 5ms | 2 | --interval must be at least 10ms",
                "record -o x --interval soon | 2 | is no time: write 10ms, 1s, 5m, 24h or 7d",
                "record -o x --interval 2d | 2 | --interval must be at most 1d",
                "record -o x --duration 0s | 2 | --duration must be longer than nothing",
                "record -o pom.xml --once | 3 | tcpsnap: pom.xml: is a file, not a folder",
                "record -o x --sources tpc | 2 | --sources: unknown source 'tpc': there are tcp, tcp6,",
                "query | 2 | Missing required parameter: 'ARCHIVE'",
                "query nowhere -c x | 3 | tcpsnap: nowhere: no such file or folder",
                "query REC | 2 | say what to ask: -c SQL, -f FILE or -n NAME",
                "query REC -c nonsense | 1 | tcpsnap: Parser Error: syntax error at or near",
                "query REC -n nosuch | 2 | no query 'nosuch'; there are",
                "query REC -n states -p top=1 | 2 | query 'states' has no parameter 'top'",
                "query REC -f nofile | 3 | tcpsnap: nofile: no such file or folder",
                "query REC --format xml -c x | 2 | unknown format 'xml'",
                "info nowhere | 3 | tcpsnap: nowhere: no such file or folder",
                "verify nowhere | 3 | tcpsnap: nowhere: no such file or folder",
                "quary REC | 2 | Did you mean: tcpsnap query",
                "./nowhere | 3 | tcpsnap: ./nowhere: no such file or folder",
            })
    void failuresAreOneClearLineAndACode(String line, int code, String message) throws Exception {
        Object[] args = Stream.of(line.split(" ", -1))
                .map(word -> word.equals("REC") ? recording.toString() : word)
                .toArray();
        Program.Result result = Program.run(args);
        assertThat(result.err()).contains(message).doesNotContain("\tat ");
        assertThat(result.err().lines().count()).as(result.err()).isLessThanOrEqualTo(4);
        assertThat(result.out()).isEmpty();
        assertThat(result.code()).isEqualTo(code);
    }

    @Test
    void questionsAreAskedInTheOrderOfTheCommandLine() throws Exception {
        Path script = Files.writeString(folder.resolve("b.sql"), "select 'b' as b");
        Program.Result result = Program.run(
                "query", "-c", "select 'a' as a", recording, "-f", script, "-c", "select 'c' as c", "--format", "csv");
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualTo("a\na\nb\nb\nc\nc\n");
    }

    @Test
    void anErrorInTheMiddleOfAScriptEndsItThere() throws Exception {
        Path script = Files.writeString(
                folder.resolve("s.sql"),
                "select 1 as a;\n\n-- no such table\nselect *\nfrom nowhere;\nselect 2 as b;\n");
        Program.Result result = Program.run("query", recording, "--format", "csv", "-f", script);
        assertThat(result.out()).isEqualTo("a\n1\n");
        assertThat(result.err())
                .startsWith("tcpsnap: " + script + ":4: Catalog Error: Table with name nowhere")
                .hasLineCount(1);
        assertThat(result.err()).doesNotContain("\tat ");
        assertThat(result.code()).isEqualTo(1);
    }

    @Test
    void archivesThatAreNoneAreNamed() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty.tar.zst"));
        Path text = Files.writeString(folder.resolve("text"), "hello");
        Path none = Files.createDirectory(folder.resolve("none"));
        for (Path path : List.of(empty, text, none)) {
            Program.Result result = Program.run("query", path, "-c", "select 1");
            assertThat(result.err()).startsWith("tcpsnap: " + path + ": ").hasLineCount(1);
            assertThat(result.code()).isEqualTo(3);
        }
    }

    @Test
    void aCutFileIsReadUpToItsLastWholeTick() throws Exception {
        Path torn = Files.copy(segment(recording), folder.resolve("torn.tar.zst"));
        try (RandomAccessFile file = new RandomAccessFile(torn.toFile(), "rw")) {
            file.setLength(file.length() - 100);
        }
        Program.Result query =
                Program.run("query", torn, "--format", "csv", "-c", "select count(*) >= 7 as most from snapshot");
        assertThat(query.out()).isEqualTo("most\ntrue\n");
        assertThat(query.code()).isZero();
    }

    @Test
    void scriptsComeFromStandardInputToo() throws Exception {
        assertThat(Program.runWithInput("select 40 + 2 as x", "query", recording, "-f", "-", "--format", "jsonl")
                        .out())
                .isEqualTo("{\"x\":42}\n");
        Program.Result shell = Program.runWithInput(".mode csv\nselect 1 as a;\nselect\n 2 as b\n", "shell", recording);
        assertThat(shell.out()).isEqualTo("a\n1\nb\n2\n");
        assertThat(shell.code()).isZero();
        Program.Result wrong = Program.runWithInput("select 1;\n\nselct 2;\n", "shell", recording);
        assertThat(wrong.err()).startsWith("tcpsnap: standard input:3: Parser Error");
        assertThat(wrong.code()).isEqualTo(1);
    }
}
