package io.tcpsnap.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tcpsnap.archive.Documents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Any tar file whose checksums are right, which mutation alone would hardly find. */
class TarFuzzTest {
    @TempDir
    static Path folder;

    @FuzzTest
    void anyTar(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("any.tar"), Documents.withChecksums(bytes));
        try {
            Contract.read(file);
        } catch (IOException e) {
            assertThat(e).hasMessageStartingWith(file.toString()).hasMessageNotContaining("\n");
        }
    }
}
