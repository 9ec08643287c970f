package io.tcpsnap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcpsnap.archive.Shell;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the recorder in shell ends, by signals and without room; and what it says of ticks that it could not take. */
class ScriptStopIT {
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
    @CsvSource({"dash, INT", "dash, TERM", "bash, INT", "bash, HUP", "busybox sh, INT", "busybox sh, TERM"})
    void aSignalEndsItAtOnceAndWell(String shell, String signal) throws Exception {
        Path rec = folder.resolve("rec");
        ShellRecorder recorder = ShellRecorder.of(script, shell);
        ProcessBuilder builder = recorder.builder("-o", rec, "--interval", "1d").redirectErrorStream(true);
        // a shell cannot trap what the build was started to ignore, as nohup and a job in the background are
        builder.command().addAll(0, List.of("env", "--default-signal"));
        Process process = builder.start();
        Growth.await(rec, 2, process);
        Shell.run("kill", "-" + signal, process.pid());
        assertThat(process.waitFor()).isZero();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains(": 1 ticks, 0 missed, ")
                .hasLineCount(1);
        new ShellRecording(rec).assertSound(1);
        new ShellRecording(rec).onlyFile();
    }

    @Test
    void ticksWhoseTimePassedAreCounted() throws Exception {
        Path rec = folder.resolve("rec");
        Process process = ShellRecorder.of(script, "dash")
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
        assertThat(new ShellRecording(rec).query("SELECT max(missed) >= 5, max(seq) + 1 = count(*) FROM snapshot"))
                .isEqualTo("true,true\n");
        assertThat(
                        new ShellRecording(rec)
                                .query(
                                        "SELECT abs((max(clock_ns) - min(clock_ns)) / 2e8 - (max(scheduled) - min(scheduled))) < 3 FROM tick"))
                .isEqualTo("true\n");
    }

    @Test
    void onAFullDiskItGoesOnAndSaysSo() throws Exception {
        assumeTrue(Shell.isRoot() && Shell.has("mount"), "needs root to mount a tmpfs");
        assumeTrue(
                Shell.tryRun("mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", folder) == 0,
                "needs the right to mount a tmpfs");
        try {
            Program.Result result = ShellRecorder.of(script, "dash")
                    .run("-o", folder, "--interval", "100ms", "--count", 40, "--sources", "-diag");
            assertThat(result.err()).contains(": cannot be written").doesNotContain(": 40 ticks, ");
            assertThat(result.code()).isEqualTo(3);
            assertThat(Program.run("verify", folder).out()).contains(" 0 problems in rows");
            new ShellRecording(folder).onlyFile();
        } finally {
            Shell.run("umount", folder);
        }
    }
}
