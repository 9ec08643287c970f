package io.tcpsnap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcpsnap.archive.Shell;
import io.tcpsnap.lab.KeyedListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kernel shows keys of TCP-MD5 to root, and ss writes them: the recorder in shell stores none. */
class ScriptKeysIT {
    @TempDir
    private static Path shared;

    private static Path script;

    @TempDir
    private Path folder;

    @BeforeAll
    static void print() throws Exception {
        script = ShellRecorder.print(shared);
    }

    @Test
    void keysOfMd5AreNeverInTheArchive() throws Exception {
        assumeTrue(Shell.isRoot() && Shell.has("ss"), "needs root, whom ss shows the keys, and ss");
        assumeTrue(KeyedListener.isPossible(), "needs a kernel with CONFIG_TCP_MD5SIG");
        Path rec = folder.resolve("rec");
        try (KeyedListener listener = new KeyedListener()) {
            assertThat(Shell.run("sh", "-c", "ss -tanemi -D - | tr -d '\\0'")).contains(KeyedListener.KEY);
            assertThat(ShellRecorder.of(script, "dash").run("-o", rec, "--once").code())
                    .isZero();
        }
        assertThat(new ShellRecording(rec).query("SELECT count(*) > 0 FROM tcp_info"))
                .isEqualTo("true\n");
        Path out = Files.createDirectory(folder.resolve("out"));
        Shell.run("tar", "-xf", new ShellRecording(rec).onlyFile(), "-C", out);
        assertThat(Shell.tryRun("grep", "-r", KeyedListener.KEY, out)).isEqualTo(1);
    }

    /** Where nothing can take the privilege away, ss is not run at all. */
    @Test
    void withoutAWayToHideKeysNoDumpIsTaken() throws Exception {
        assumeTrue(Shell.isRoot() && Shell.has("ss"), "needs root and ss");
        Path rec = folder.resolve("rec");
        List<String> programs = new ArrayList<>(ShellRecorder.PROGRAMS);
        programs.add("ss");
        ShellRecorder recorder = ShellRecorder.of(script, "dash").withOnly(folder.resolve("bin"), programs, false);
        Program.Result result = recorder.run("-o", rec, "--once", "--sources", "diag,dev");
        assertThat(result.err()).startsWith("tcpsnap: diag: not recorded: nothing here gives up the privilege");
        assertThat(result.code()).isZero();
        assertThat(new ShellRecording(rec).query("SELECT source, error FROM snapshot_source"))
                .isEqualTo("proc/net/dev,\n");
    }
}
