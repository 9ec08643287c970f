package io.tcpsnap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcpsnap.archive.ArchiveSet;
import io.tcpsnap.duckdb.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** An archive that the recorder in shell made, as the built program sees it. */
record ShellRecording(Path archive) {
    /** Rows as CSV, without the header. */
    String query(String sql) throws IOException, InterruptedException {
        Program.Result result = Program.run("query", archive, "--format", "csv", "-c", sql);
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        return result.out().substring(result.out().indexOf('\n') + 1);
    }

    /** What {@code tcpsnap verify} says. */
    void assertSound(int ticks) throws IOException {
        List<String> said = new ArrayList<>();
        Verification verification = new Verification(place -> said.add(place.toString()));
        verification.run(ArchiveSet.open(List.of(archive.toString())));
        assertThat(said).isEmpty();
        assertThat(verification.summary())
                .isEqualTo("sound: " + ticks + " whole ticks, 0 damaged places, 0 segments without their end,"
                        + " 0 problems in rows");
    }

    /** The segment, where nothing else is in the folder. */
    Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(archive)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }
}
