package io.tcpsnap.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that other programs packed, and archives of ours that other programs unpack. */
class ForeignArchiveTest {
    private static final int SIZE = 2000;
    private static final int TICKS = 5;

    @TempDir
    private Path folder;

    private Path tree;
    private final List<Damage> damage = new ArrayList<>();

    /** The folders are deep, so that names need what each format has for long ones. */
    @BeforeEach
    void extract() throws Exception {
        assumeTrue(Shell.has("tar") && Shell.has("zstd"), "needs tar and zstd");
        Path file = Recordings.segment(Files.createDirectory(folder.resolve("own")), TICKS, SIZE);
        String deep = "a-folder-whose-name-is-rather-long-as-they-are-in-support-cases";
        tree = Files.createDirectories(
                folder.resolve("case").resolve(deep).resolve(deep).resolve("rec"));
        Shell.run("tar", "--zstd", "-xf", file, "-C", tree);
    }

    private void assertSame(Path archive) throws IOException {
        assertThat(Recordings.read(damage, SIZE, archive))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, TICKS).boxed().toList());
        assertThat(damage).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gnu", "oldgnu", "pax", "ustar"})
    void gnuTarInEachOfItsFormats(String format) throws Exception {
        Path packed = folder.resolve("packed.tar");
        Shell.run("tar", "--format=" + format, "-cf", packed, "-C", folder, "case");
        assertSame(packed);
    }

    @Test
    void unixV7Tar() throws Exception {
        Path packed = folder.resolve("packed.tar");
        Shell.run("tar", "--format=v7", "-cf", packed, "-C", tree, ".");
        assertSame(packed);
    }

    @Test
    void bsdtar() throws Exception {
        assumeTrue(Shell.has("bsdtar"), "needs bsdtar");
        Path packed = folder.resolve("packed.tgz");
        Shell.run("bsdtar", "-czf", packed, "-C", folder, "case");
        assertSame(packed);
        Path out = Files.createDirectory(folder.resolve("out"));
        Shell.run("bsdtar", "-xf", own(), "-C", out);
        assertSame(out);
    }

    @Test
    void busybox() throws Exception {
        assumeTrue(Shell.has("busybox"), "needs busybox");
        Path packed = folder.resolve("packed.tar");
        Shell.run("busybox", "tar", "-cf", packed, "-C", folder, "case");
        assertSame(packed);
        Path out = Files.createDirectory(folder.resolve("out"));
        Shell.run("sh", "-c", "zstd -dc " + own() + " | busybox tar -x -C " + out);
        assertSame(out);
    }

    @Test
    void python() throws Exception {
        assumeTrue(Shell.has("python3"), "needs python3");
        Path packed = folder.resolve("packed.tar.gz");
        Shell.run("python3", "-m", "tarfile", "-c", packed, tree);
        assertSame(packed);
    }

    @Test
    void zstdAloneAndAPipe() throws Exception {
        Shell.run("zstd", "-q", "-t", own());
        Path out = Files.createDirectory(folder.resolve("out"));
        Shell.run("sh", "-c", "zstd -dc " + own() + " | tar -x -C " + out);
        assertSame(out);
    }

    private Path own() throws IOException {
        return ArchiveSet.open(List.of(folder.resolve("own").toString()))
                .segments()
                .get(0)
                .path();
    }

    /** What a script without this program makes: a gzip member a tick, no clocks, no lengths, no CRCs. */
    @Test
    void aShellScript() throws Exception {
        Path script = Files.writeString(folder.resolve("record.sh"), """
                set -e
                out=$1; tmp=$2; cd "$tmp"
                echo '{"format": 1, "host": "router", "future": {"a": [1, null]}}' > tcpsnap.json
                tar -cf - tcpsnap.json | gzip > "$out"
                for t in 20261122T074200Z 20261122T074201Z; do
                  mkdir -p "$t/proc/net"
                  cat /proc/net/dev > "$t/proc/net/dev"
                  echo '{}' > "$t/tick.json"
                  tar -cf - "$t" | gzip >> "$out"
                done
                """);
        Path archive = folder.resolve("router.tgz");
        Path work = Files.createDirectory(folder.resolve("work"));
        Shell.run("sh", script, archive, work);
        for (Path path : List.of(archive, work)) {
            List<Tick> ticks = ticks(path);
            assertThat(ticks).extracting(Tick::name).containsExactly("20261122T074200Z", "20261122T074201Z");
            Tick tick = ticks.get(1);
            assertThat(tick.manifest().host()).isEqualTo("router");
            assertThat(tick.manifest().kernel()).isNull();
            assertThat(tick.record().realtimeNanos()).isEqualTo(1_795_333_321_000_000_000L);
            assertThat(tick.record().monotonicNanos()).isEqualTo(-1);
            assertThat(tick.record().missed()).isEqualTo(-1);
            assertThat(tick.record().sources()).isEmpty();
            assertThat(tick.entry("proc/net/dev").length()).isPositive();
            assertThat(damage).isEmpty();
        }
    }

    private List<Tick> ticks(Path path) throws IOException {
        List<Tick> ticks = new ArrayList<>();
        for (Segment segment : ArchiveSet.open(List.of(path.toString())).segments()) {
            for (Frame frame : segment.frames()) {
                try (TickReader reader = segment.read(frame, damage::add)) {
                    for (Tick tick = reader.next(); tick != null; tick = reader.next()) {
                        ticks.add(tick);
                    }
                }
            }
        }
        return ticks;
    }
}
