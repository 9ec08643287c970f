package io.tcpsnap.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system that fills up and gets room again costs the ticks of that time, and nothing else. */
class FullDiskTest {
    private static final int SIZE = 20_000;

    @TempDir
    private Path folder;

    private final List<Damage> damage = new ArrayList<>();
    private final List<Integer> done = new ArrayList<>();

    @Test
    void afterAFullDiskTheSegmentIsStillSoundForEveryTool() throws Exception {
        assumeTrue(Shell.isRoot() && Shell.has("mount") && Shell.has("zstd"), "needs root to mount a tmpfs, and zstd");
        Path small = Files.createDirectory(folder.resolve("small"));
        assumeTrue(
                Shell.tryRun("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", small) == 0,
                "needs the right to mount a tmpfs");
        try {
            Path ballast = small.resolve("ballast");
            Path file;
            try (SegmentWriter writer = SegmentWriter.create(small, Recordings.manifest("lab"), Recordings.START)) {
                file = writer.path();
                write(writer, 0, 3);
                Files.write(ballast, new byte[200 << 10]);
                int failed = writeUntilFull(writer, 3);
                Files.delete(ballast);
                write(writer, failed + 2, 3);
            }
            assertThat(Recordings.read(damage, SIZE, file)).isEqualTo(done);
            assertThat(damage).isEmpty();
            Segment segment =
                    ArchiveSet.open(List.of(file.toString())).segments().get(0);
            assertThat(segment.closed()).isTrue();
            assertThat(segment.frames()).hasSize(2);
            Shell.run("zstd", "-q", "-t", file);
        } finally {
            Shell.run("umount", small);
        }
    }

    private void write(SegmentWriter writer, int from, int count) throws IOException {
        for (int i = from; i < from + count; i++) {
            Recordings.write(writer, i, 1, SIZE);
            done.add(i);
        }
    }

    /** Two failures one behind another; returns the number of the first tick that failed. */
    private int writeUntilFull(SegmentWriter writer, int from) throws IOException {
        for (int i = from; ; i++) {
            long size = writer.size();
            try {
                write(writer, i, 1);
            } catch (IOException e) {
                assertThat(Files.size(writer.path())).isEqualTo(size);
                int next = i + 1;
                org.assertj.core.api.Assertions.assertThatThrownBy(() -> write(writer, next, 1))
                        .isInstanceOf(IOException.class);
                assertThat(Files.size(writer.path())).isEqualTo(size);
                return i;
            }
        }
    }
}
