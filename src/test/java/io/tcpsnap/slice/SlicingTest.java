package io.tcpsnap.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcpsnap.archive.ArchiveSet;
import io.tcpsnap.archive.Damage;
import io.tcpsnap.archive.Entry;
import io.tcpsnap.archive.Frame;
import io.tcpsnap.archive.Recordings;
import io.tcpsnap.archive.Segment;
import io.tcpsnap.archive.Shell;
import io.tcpsnap.archive.Tick;
import io.tcpsnap.archive.TickReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Slices hold the ticks that were asked for, as they were, and stock tools open them. */
class SlicingTest {
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    Path folder;

    private final List<Damage> damage = new ArrayList<>();

    private static Wanted between(long from, long to) {
        return new Wanted(
                Recordings.START + from * SECOND,
                Recordings.START + to * SECOND,
                null,
                null,
                null,
                Map.of("from", "x"));
    }

    private Slicing.Result slice(Path archive, Wanted wanted, Path out, long most) throws IOException {
        return new Slicing("test", damage::add).run(ArchiveSet.open(List.of(archive.toString())), wanted, out, most);
    }

    private record Content(long seq, String name, String entries) {}

    /** All ticks, with all their bytes. */
    private List<Content> contents(Path archive) throws IOException {
        List<Content> contents = new ArrayList<>();
        for (Segment segment : ArchiveSet.open(List.of(archive.toString())).segments()) {
            for (Frame frame : segment.frames()) {
                try (TickReader reader = segment.read(frame, damage::add)) {
                    for (Tick tick = reader.next(); tick != null; tick = reader.next()) {
                        StringBuilder entries = new StringBuilder();
                        for (Entry entry : tick.entries()) {
                            entries.append(entry.path())
                                    .append(new String(entry.bytes(), 0, entry.length(), StandardCharsets.ISO_8859_1));
                        }
                        contents.add(new Content(tick.record().seq(), tick.name(), entries.toString()));
                    }
                }
            }
        }
        assertThat(damage).isEmpty();
        return contents;
    }

    private static List<Long> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> (long) i).toList();
    }

    @Test
    void framesAreCopiedAsTheyAreAndTheRestIsTheSame() throws Exception {
        Path recording = Recordings.segment(folder, 200, 3000);
        Path all = folder.resolve("all.tar.zst");
        assertThat(slice(recording, between(0, 500), all, Long.MAX_VALUE).ticks())
                .isEqualTo(200);
        assertThat(contents(all)).isEqualTo(contents(recording));

        Path part = folder.resolve("part.tar.zst");
        Slicing.Result result = slice(all, between(30, 150), part, Long.MAX_VALUE);
        assertThat(result).isEqualTo(new Slicing.Result(121, 1, 0)); // 60 to 119
        assertThat(contents(part)).isEqualTo(contents(recording).subList(30, 151));

        Path again = folder.resolve("again.tgz");
        slice(part, between(100, 140), again, Long.MAX_VALUE);
        Path direct = folder.resolve("direct.tar.zst");
        slice(recording, between(100, 140), direct, Long.MAX_VALUE);
        assertThat(contents(again))
                .isEqualTo(contents(direct))
                .extracting(Content::seq)
                .isEqualTo(numbers(100, 140));

        Shell.run("zstd", "-q", "-t", part);
        assertThat(Shell.run("tar", "--zstd", "-tf", part).lines().filter(name -> name.endsWith("tick.json")))
                .hasSize(121);
        assertThat(Shell.run("tar", "-tzf", again).lines().filter(name -> name.endsWith("tick.json")))
                .hasSize(41);
        Path tar = folder.resolve("again.tar");
        Shell.run("sh", "-c", "gzip -dc \"$0\" >\"$1\"", again, tar);
        byte[] bytes = Files.readAllBytes(tar);
        for (int i = bytes.length - 1024; i < bytes.length; i++) {
            assertThat(bytes[i]).isZero();
        }
    }

    @Test
    void theNewestTicksThatFitAreWritten() throws Exception {
        Path recording = Recordings.segment(folder, 200, 3000);
        Path whole = folder.resolve("whole.tar.zst");
        slice(recording, between(0, 500), whole, Long.MAX_VALUE);
        long most = Files.size(whole) / 3;
        Path small = folder.resolve("small.tar.zst");
        Slicing.Result result = slice(recording, between(0, 500), small, most);
        assertThat(Files.size(small)).isLessThanOrEqualTo(most);
        assertThat(result.ticks()).isBetween(10, 199);
        assertThat(result.dropped()).isEqualTo(200 - result.ticks());
        assertThat(contents(small)).extracting(Content::seq).isEqualTo(numbers(result.dropped(), 199));
        assertThat(Shell.run("tar", "--zstd", "-xOf", small, "tcpsnap.json"))
                .contains("\"ticks left out for the size\" : \"" + result.dropped() + "\"");
        assertThatThrownBy(() -> slice(recording, between(0, 500), folder.resolve("no.tar.zst"), 100))
                .hasMessageContaining("not even one tick fits");
        assertThat(folder.resolve("no.tar.zst")).doesNotExist();
    }

    @Test
    void whatIsNotThereIsSaidAndNothingIsReplaced() throws Exception {
        Path recording = Recordings.segment(folder, 5, 100);
        Path out = Files.writeString(folder.resolve("mine.tar.zst"), "mine");
        assertThatThrownBy(() -> slice(recording, between(0, 9), out, Long.MAX_VALUE))
                .isInstanceOf(java.nio.file.FileAlreadyExistsException.class);
        assertThat(out).hasContent("mine");
        assertThatThrownBy(() -> slice(recording, between(10, 20), folder.resolve("x.tar.zst"), Long.MAX_VALUE))
                .hasMessage("the archives have no such tick");
        Wanted other = new Wanted(0, Long.MAX_VALUE, Set.of("other"), null, null, Map.of());
        assertThatThrownBy(() -> slice(recording, other, folder.resolve("x.tar.zst"), Long.MAX_VALUE))
                .hasMessage("the archives have no such tick");
        try (java.util.stream.Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "mine.tar.zst", recording.getFileName().toString());
        }
    }
}
