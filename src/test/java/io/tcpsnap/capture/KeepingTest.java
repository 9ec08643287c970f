package io.tcpsnap.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcpsnap.archive.OwnSegments;
import io.tcpsnap.archive.Recordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which segments go, and which files never do. */
class KeepingTest {
    private static final long HOUR = 3_600_000_000_000L;

    @TempDir
    private Path folder;

    private final List<String> events = new ArrayList<>();

    private Keeping keeping(Storage.Limit limit) {
        return new Keeping(new OwnSegments(folder, "lab"), limit, (kind, detail) -> events.add(kind + " " + detail));
    }

    private List<Path> segments(int count) throws IOException {
        List<Path> segments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            segments.add(Recordings.segment(folder, 2, 1000));
        }
        return segments;
    }

    @Test
    void theOldestGoUntilAllFit() throws Exception {
        List<Path> all = segments(12); // lab-...Z, then -1 to -11: not the order of their names as text
        long each = Files.size(all.get(0));
        Path current = all.get(11);
        keeping(new Storage.Limit(Long.MAX_VALUE, 4 * each + each / 2)).enforce(current);
        assertThat(all.stream().filter(Files::exists)).isEqualTo(all.subList(8, 12));
        assertThat(events).hasSize(8);
        assertThat(events.get(0)).startsWith("dropped_segment " + all.get(0).getFileName() + ", " + each + " bytes");
    }

    @Test
    void theOldGoButNeverTheOneBeingWritten() throws Exception {
        List<Path> all = segments(3);
        for (Path segment : all) {
            Files.setLastModifiedTime(segment, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        }
        Files.setLastModifiedTime(all.get(1), FileTime.from(Instant.now()));
        keeping(new Storage.Limit(HOUR, Long.MAX_VALUE)).enforce(all.get(2));
        assertThat(all.stream().filter(Files::exists)).isEqualTo(all.subList(1, 3));
    }

    @Test
    void whatOnlyHasTheNameIsNeitherDeletedNorCounted() throws Exception {
        List<Path> all = segments(2);
        List<Path> others = List.of(
                Files.write(folder.resolve("lab-20200101T000000Z.tar.zst"), new byte[1 << 20]),
                Files.write(folder.resolve("lab-20200101T000000Z.tar.zst.part"), new byte[1 << 20]),
                Files.copy(all.get(0), folder.resolve("other-20200101T000000Z.tar.zst")),
                Files.copy(all.get(0), folder.resolve("incident.tar.zst")),
                Files.createDirectory(folder.resolve("lab-20200102T000000Z.tar.zst")));
        Path link = Files.createSymbolicLink(folder.resolve("lab-20200103T000000Z.tar.zst"), all.get(0));
        keeping(new Storage.Limit(Long.MAX_VALUE, 1 << 19)).enforce(all.get(1));
        assertThat(all).allMatch(Files::exists);
        Keeping none = keeping(new Storage.Limit(Long.MAX_VALUE, 1));
        none.enforce(all.get(1));
        assertThat(all.stream().filter(Files::exists)).isEqualTo(all.subList(1, 2));
        assertThat(none.dropOldest(all.get(1))).isFalse();
        assertThat(others).allMatch(Files::exists);
        assertThat(Files.isSymbolicLink(link)).isTrue();
    }
}
