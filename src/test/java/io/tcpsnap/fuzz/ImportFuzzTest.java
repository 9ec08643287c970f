package io.tcpsnap.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tcpsnap.archive.Documents;
import io.tcpsnap.importer.Import;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Any file, imported, alone or in a tar file under a name that its first byte chooses; what was made of it is sound. */
class ImportFuzzTest {
    private static final List<String> NAMES = List.of(
            "-",
            "x",
            "net/tcp",
            "net/dev",
            "3/net/tcp6",
            "20261122T074200Z/sock_diag/tcp",
            "sock_diag/destroy",
            "netns/blue/ss/tcp",
            "tcpsnap.json",
            "uname",
            "date",
            "x/proc/sys/kernel/hostname",
            "sos_commands/networking/ss_-peaonmi",
            "sos_commands/networking/netstat_-s",
            "x.tar",
            "version.txt");

    @TempDir
    static Path folder;

    @FuzzTest
    void anyFile(byte[] bytes) throws IOException {
        if (bytes.length == 0 || bytes.length > 1 && bytes[1] == (byte) 0xfd) {
            return; // what begins as xz starts a program
        }
        String name = NAMES.get(bytes[0] & 15);
        byte[] content = Arrays.copyOfRange(bytes, 1, bytes.length);
        boolean atTimeOfFile = (bytes[0] & 16) != 0;
        Import.Result result = new Import(
                        new Import.Options(
                                folder,
                                List.of(Import.STANDARD_INPUT),
                                atTimeOfFile ? null : Instant.parse("2026-11-22T07:42:00Z"),
                                null,
                                null,
                                null,
                                0,
                                "test"),
                        new ByteArrayInputStream(name.equals("-") ? content : Documents.tar(name, content)),
                        note -> assertThat(note).doesNotContain("\n"))
                .run();
        result.refused().forEach(line -> assertThat(line).doesNotContain("\n"));
        for (Path segment : result.segments()) {
            assertThat(Contract.read(segment)).isEmpty();
            Files.delete(segment);
        }
    }
}
