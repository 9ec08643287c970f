package io.tcpsnap.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcpsnap.Golden;
import io.tcpsnap.cli.Program;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The picture in the README is what the built program draws. */
class ReadmePicturesIT {
    @Test
    void timeline() throws Exception {
        String command = ".timeline 10.99.0.2:5432";
        Program.Result result = Program.runWithInput(command + "\n", "shell", "samples/loss.tar.zst");
        assertThat(result.code()).isZero();
        assertThat(result.err()).isEqualTo("1 connection:\n  10.99.0.1:48502 10.99.0.2:5432, 60 ticks\n");
        Golden.checkRegion(
                Path.of("README.md"),
                "transcript timeline",
                "```console\ntcpsnap> " + command + '\n' + result.out() + "```\n");
    }
}
