package io.tcpsnap.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Any file, opened as an archive: zstd, gzip or tar. */
class ContainerFuzzTest {
    @TempDir
    static Path folder;

    @FuzzTest
    void anyFile(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("any.tar.zst"), bytes);
        try {
            Contract.read(file);
        } catch (IOException e) {
            assertThat(e).hasMessageStartingWith(file.toString()).hasMessageNotContaining("\n");
        }
    }
}
