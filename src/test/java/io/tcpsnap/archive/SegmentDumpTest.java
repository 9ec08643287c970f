package io.tcpsnap.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dump of segments that are closed and of one that goes on: every tick once, for our reader and for stock tools. */
class SegmentDumpTest {
    private static final int SIZE = 5000;
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    private Path folder;

    private final List<Damage> damage = new ArrayList<>();

    private Path dump(int from, List<Extent> segments) throws IOException {
        return new SegmentDump(Recordings.manifest("lab"), Recordings.START + from * SECOND)
                .write(folder.resolve("dumps"), SegmentName.of("lab", Recordings.START), segments);
    }

    private Extent closed(int from, int ticks) throws IOException {
        try (SegmentWriter writer = begun(from)) {
            Recordings.write(writer, from, ticks, SIZE);
            Path path = writer.path();
            writer.close();
            return new Extent(path, -1, Files.size(path));
        }
    }

    private SegmentWriter begun(int from) throws IOException {
        return SegmentWriter.create(folder, Recordings.manifest("lab"), Recordings.START + from * SECOND);
    }

    @Test
    void closedSegmentsAndTheOpenOneAreOneArchive() throws Exception {
        List<Extent> segments = new ArrayList<>(List.of(closed(0, 5), closed(5, 7)));
        try (SegmentWriter writer = begun(12)) {
            Recordings.write(writer, 12, 4, SIZE);
            segments.add(writer.extent());
            Recordings.write(writer, 16, 3, SIZE); // while the dump is made
            Path dump = dump(0, segments);
            assertThat(Recordings.read(damage, SIZE, dump))
                    .isEqualTo(IntStream.range(0, 16).boxed().toList());
            assertThat(damage).isEmpty();
            assertThat(ArchiveSet.open(List.of(dump.toString()))
                            .segments()
                            .get(0)
                            .closed())
                    .isTrue();
            assumeTrue(Shell.has("zstd") && Shell.has("tar"), "the rest needs zstd and tar");
            String names = Shell.run("tar", "--zstd", "-tf", dump);
            assertThat(names.lines().filter(name -> name.endsWith("/tick.json")))
                    .hasSize(16);
        }
        assertThat(Recordings.read(damage, SIZE, segments.get(2).path())).hasSize(7);
    }

    @Test
    void itBeginsWithTheFrameOfTheTimeAskedFor() throws Exception {
        List<Extent> segments = List.of(closed(0, 5), closed(5, 5), closed(10, 5));
        assertThat(Recordings.read(damage, SIZE, dump(7, segments)))
                .isEqualTo(IntStream.range(5, 15).boxed().toList());
        assertThat(Recordings.read(damage, SIZE, dump(100, segments)))
                .as("the newest frame, always")
                .isEqualTo(IntStream.range(10, 15).boxed().toList());
        assertThat(damage).isEmpty();
        assertThat(folder.resolve("dumps").toFile().list()).hasSize(2);
    }

    @Test
    void aSegmentWhoseEndTheDiskDidNotTake() throws Exception {
        Extent whole = closed(0, 5);
        try (SegmentWriter writer = begun(5)) {
            Recordings.write(writer, 5, 5, SIZE);
            Path torn = folder.resolve("torn");
            Files.write(torn, java.util.Arrays.copyOf(Files.readAllBytes(writer.path()), (int) writer.size()));
            List<Extent> segments = List.of(whole, new Extent(torn, -1, writer.size()), closed(10, 2));
            assertThat(Recordings.read(damage, SIZE, dump(0, segments)))
                    .isEqualTo(IntStream.range(0, 12).boxed().toList());
            assertThat(damage).isEmpty();
        }
    }

    @Test
    void aSegmentThatHasNoTickYet() throws Exception {
        List<Extent> segments = new ArrayList<>(List.of(closed(0, 5)));
        try (SegmentWriter writer = begun(5)) {
            segments.add(writer.extent());
            assertThat(Recordings.read(damage, SIZE, dump(0, segments))).hasSize(5);
            assertThat(damage).isEmpty();
        }
    }
}
