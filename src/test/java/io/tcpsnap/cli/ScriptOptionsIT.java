package io.tcpsnap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcpsnap.archive.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options of the recorder in shell, and how it refuses them. */
class ScriptOptionsIT {
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
            Program.Result result = ShellRecorder.of(script, shell).run(args);
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
            assertThat(ShellRecorder.of(script, shell)
                            .run("-o", rec, "--once", "--sources", list)
                            .code())
                    .isZero();
            assertThat(new ShellRecording(rec).query("SELECT string_agg(source, ' ') FROM snapshot_source"))
                    .isEqualTo(paths + "\n");
        }
    }

    /** From standard input, as ssh hands it over, for as long as is said. */
    @Test
    void overAPipeAndForADuration() throws Exception {
        Path rec = folder.resolve("rec");
        Shell.run("sh", "-c", "dash -s -- -o \"$0\" --interval 0.2 --duration 0.8s <\"$1\"", rec, script);
        assertThat(new ShellRecording(rec).query("SELECT count(*) + sum(missed) <= 4, count(*) > 0 FROM snapshot"))
                .isEqualTo("true,true\n");
        assertThat(new ShellRecording(rec).query("SELECT interval_ms FROM recording"))
                .isEqualTo("200\n");
    }

    @Test
    void shellcheckHasNothingToSay() throws Exception {
        assumeTrue(Shell.has("shellcheck"), "needs shellcheck");
        assertThat(Shell.run("shellcheck", "-s", "sh", script)).isEmpty();
    }
}
