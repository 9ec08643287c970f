package io.tcpsnap.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcpsnap.archive.Pack.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packing changes the size of a segment and nothing that a reader sees. */
class PackTest {
    private static final int SIZE = 20_000;

    @TempDir
    private Path folder;

    private static Pack.Result pack(Path segment) throws IOException {
        return new Pack(segment, done -> {}, () -> {}).run();
    }

    private static byte[] content(Path segment) throws IOException {
        try (var in = Packing.ZSTD.unpack(Files.newInputStream(segment), false)) {
            return in.readAllBytes();
        }
    }

    @Test
    void theContentIsTheSameInLessBytes() throws Exception {
        Path segment = Path.of("samples/loss.tar.zst");
        Path copy = Files.copy(segment, folder.resolve("a.tar.zst"));
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r-----"));
        FileTime time = FileTime.fromMillis(1_795_000_000_000L);
        Files.setLastModifiedTime(copy, time);
        int frames = ArchiveSet.open(List.of(copy.toString()))
                .segments()
                .get(0)
                .frames()
                .size();

        Pack.Result result = pack(copy);
        assertThat(result.outcome()).isEqualTo(Outcome.PACKED);
        assertThat(result.after()).isEqualTo(Files.size(copy)).isLessThan(result.before() * 9 / 10);
        assertThat(content(copy)).isEqualTo(content(segment));
        Segment packed = ArchiveSet.open(List.of(copy.toString())).segments().get(0);
        assertThat(packed.frames()).hasSize(frames);
        assertThat(packed.closed()).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rw-r-----");
        assertThat(Files.getLastModifiedTime(copy)).isEqualTo(time);
        assertThat(folder.toFile().list()).containsExactly("a.tar.zst");

        assertThat(pack(copy).outcome()).isEqualTo(Outcome.WAS_PACKED);
        assumeTrue(Shell.has("zstd") && Shell.has("tar"), "the rest needs zstd and tar");
        Shell.run("zstd", "-q", "-t", copy);
        assertThat(Shell.run("tar", "--zstd", "-tf", copy)).isEqualTo(Shell.run("tar", "--zstd", "-tf", segment));
    }

    @Test
    void whatIsNotSoundIsLeftAlone() throws Exception {
        Path segment = Recordings.segment(folder, 80, SIZE);
        byte[] bytes = Files.readAllBytes(segment);
        byte[] cut = java.util.Arrays.copyOf(bytes, bytes.length / 2);
        byte[] flipped = bytes.clone();
        flipped[bytes.length / 3] ^= 1;
        for (byte[] bad : List.of(cut, flipped)) {
            Path file = Files.write(folder.resolve("bad.tar.zst"), bad);
            Pack.Result result = pack(file);
            assertThat(result.outcome()).isEqualTo(Outcome.LEFT_ALONE);
            assertThat(result.reason()).matches("is (not closed|damaged): .*");
            assertThat(file).hasBinaryContent(bad);
        }
        assertThat(folder.toFile().list())
                .containsExactlyInAnyOrder(segment.getFileName().toString(), "bad.tar.zst");
    }

    @Test
    void aSegmentBeingWrittenIsLeftAlone() throws Exception {
        try (SegmentWriter writer = SegmentWriter.create(folder, Recordings.manifest("lab"), Recordings.START)) {
            Recordings.write(writer, 0, 3, SIZE);
            assertThat(pack(writer.path()).outcome()).isEqualTo(Outcome.LEFT_ALONE);
            Recordings.write(writer, 3, 3, SIZE);
            writer.close();
            List<Damage> damage = new ArrayList<>();
            assertThat(Recordings.read(damage, SIZE, writer.path())).hasSize(6);
            assertThat(pack(writer.path()).outcome()).isEqualTo(Outcome.PACKED);
            assertThat(Recordings.read(damage, SIZE, writer.path())).hasSize(6);
            assertThat(damage).isEmpty();
        }
    }

    @Test
    void interruptedItLeavesTheOldFileAndTheNextRunPacks() throws Exception {
        Path segment = Recordings.segment(folder, 80, SIZE);
        byte[] before = Files.readAllBytes(segment);
        Pack interrupted = new Pack(
                segment,
                done -> {
                    throw new IllegalStateException("stopped");
                },
                () -> {});
        assertThatThrownBy(interrupted::run).hasMessage("stopped");
        assertThat(segment).hasBinaryContent(before);
        Files.write(folder.resolve("." + segment.getFileName() + ".tmp"), new byte[10]); // as a kill leaves it
        assertThat(pack(segment).outcome()).isEqualTo(Outcome.PACKED);
        assertThat(folder.toFile().list()).hasSize(1);
    }
}
