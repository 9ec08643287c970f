package io.tcpsnap.importer;

import static io.tcpsnap.importer.Imported.states;
import static io.tcpsnap.importer.Imported.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.Zstd;
import io.tcpsnap.archive.ArchiveSet;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trees of files: sosreports, extracted archives, hostile ones. */
class FolderImportTest {
    private static final String AT = "2020-01-01T00:00:00Z";
    private static final String HEADER = "Netid State Recv-Q Send-Q Local Address:Port Peer Address:Port Process\n";

    @TempDir
    private Path folder;

    private Path out() {
        return folder.resolve("out");
    }

    private static void run(Path where, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(where.toFile())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }

    private Path sosreport() throws IOException {
        Path root = folder.resolve("sosreport-db1-2026-11-22-abcdefg");
        write(root.resolve("sos_commands/host/hostname"), "db1.example.org\n");
        write(
                root.resolve("sos_commands/kernel/uname_-a"),
                "Linux db1 5.14.0-1.el9.s390x #1 SMP Mon Aug 1 00:00:00 EDT 2025 s390x s390x s390x GNU/Linux\n");
        write(root.resolve("sos_commands/date/date"), "Sun Nov 22 07:42:00 UTC 2026\n");
        write(root.resolve("proc/net/tcp"), states("tcp"));
        write(root.resolve("proc/net/unix"), "Num RefCount\n");
        write(root.resolve("sos_commands/networking/ss_-peaonmi"), HEADER);
        write(
                root.resolve("sos_commands/networking/netstat_-W_-neopa"),
                "Proto Recv-Q Send-Q Local Address Foreign Address\n");
        write(root.resolve("sos_commands/networking/namespaces/blue/ip_netns_exec_blue_ss_-peaonmi"), HEADER);
        write(root.resolve("var/log/messages"), "nothing of ours\n");
        return root;
    }

    private static void check(Imported imported) {
        assertThat(imported.ticks).hasSize(1);
        assertThat(imported.ticks.keySet().iterator().next()).startsWith("20261122T074200.");
        assertThat(imported.ticks.values().iterator().next().keySet())
                .containsExactlyInAnyOrder("proc/net/tcp", "ss/tcp", "netstat/tcp", "netns/blue/ss/tcp");
        assertThat(imported.manifest.host()).isEqualTo("db1.example.org");
        assertThat(imported.manifest.kernel()).isEqualTo("5.14.0-1.el9.s390x");
        assertThat(imported.manifest.machine()).isEqualTo("s390x");
        assertThat(imported.manifest.byteOrder()).isEqualTo(ByteOrder.BIG_ENDIAN);
        assertThat(imported.manifest.byteOrderFrom()).isEqualTo("deduced");
        assertThat(imported.manifest.clockTick()).isZero();
        assertThat(imported.result.refused()).isEmpty();
    }

    @Test
    void sosreportTellsItsHostAndTime() throws IOException {
        check(Imported.of(out(), null, sosreport()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tar", "tar.gz", "tar.xz"})
    void sosreportIsReadPacked(String suffix) throws Exception {
        Path root = sosreport();
        assumeTrue(!suffix.endsWith("xz") || Files.exists(Path.of("/usr/bin/xz")), "no xz");
        run(folder, "tar", "-caf", "case." + suffix, root.getFileName().toString());
        check(Imported.of(out(), null, folder.resolve("case." + suffix)));
    }

    @Test
    void damagedXzIsRefusedWithWhatXzSays() throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/bin/xz")), "no xz");
        Path file = write(folder.resolve("x.xz"), "\u00fd7zXZ\0 and no more of it");
        Imported imported = Imported.of(out(), AT, file);
        assertThat(imported.result.refused()).hasSize(1).first().asString().contains("xz");
    }

    @Test
    void extractedArchiveGivesTheSameCopiesAgain() throws Exception {
        Path extracted = Files.createDirectory(folder.resolve("x"));
        Path sample = Path.of("samples/loss.tar.zst").toAbsolutePath();
        run(extracted, "tar", "-xf", sample.toString());
        Imported imported = Imported.of(out(), null, extracted);
        Imported packed = Imported.of(folder.resolve("packed"), null, sample);
        assertThat(imported.ticks).hasSize(60);
        assertThat(packed.outline()).isEqualTo(imported.outline());
        for (String name : imported.ticks.keySet()) {
            imported.ticks
                    .get(name)
                    .forEach((entry, bytes) -> assertThat(bytes)
                            .isEqualTo(read(extracted.resolve(name).resolve(entry)))
                            .isEqualTo(packed.ticks.get(name).get(entry)));
        }
        var original =
                ArchiveSet.open(List.of(sample.toString())).segments().get(0).manifest();
        assertThat(imported.manifest.host()).isEqualTo(original.host());
        assertThat(imported.manifest.netns()).isEqualTo(original.netns());
        assertThat(imported.manifest.clockTick()).isEqualTo(original.clockTick());
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void namesThatClimbOutWriteNothingElsewhere() throws Exception {
        write(folder.resolve("net/tcp"), states("tcp"));
        Files.createDirectory(folder.resolve("deep"));
        run(folder.resolve("deep"), "tar", "-Pcf", "../evil.tar", "../net/tcp");
        Imported imported = Imported.of(out(), AT, folder.resolve("evil.tar"));
        assertThat(imported.outline()).containsExactly("000000 proc/net/tcp");
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("net", "deep", "evil.tar", "out");
        }
    }

    @Test
    void linksInFoldersAreNotFollowed() throws IOException {
        write(folder.resolve("secret"), states("tcp"));
        Path in = Files.createDirectory(folder.resolve("in"));
        Files.createSymbolicLink(in.resolve("tcp"), folder.resolve("secret"));
        assertThat(Imported.of(out(), AT, in).result.segments()).isEmpty();
    }

    @Test
    void bombIsRefused() throws IOException {
        byte[] zeros = new byte[160 << 20];
        Path bomb = Files.write(folder.resolve("tcp.zst"), Zstd.compress(zeros));
        Imported imported = Imported.of(out(), AT, bomb);
        assertThat(imported.result.segments()).isEmpty();
        assertThat(imported.result.refused()).first().asString().contains("larger than");
    }
}
