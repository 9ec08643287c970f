package io.tcpsnap.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentTest {
    private static final int SIZE = 3000;

    @TempDir
    private Path folder;

    private final List<Damage> damage = new ArrayList<>();

    private static List<Integer> upTo(int n) {
        return IntStream.range(0, n).boxed().toList();
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Path file = Recordings.segment(folder.resolve("new"), 130, SIZE);

        assertThat(Recordings.read(damage, SIZE, file)).isEqualTo(upTo(130));
        assertThat(damage).isEmpty();
        Segment segment = ArchiveSet.open(List.of(file.toString())).segments().get(0);
        assertThat(segment.manifest()).isEqualTo(Recordings.manifest("lab"));
        assertThat(segment.closed()).isTrue();
        assertThat(file.getFileName()).hasToString("lab-20261118T110640Z.tar.zst");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void aSecondSegmentOfTheSameSecondGetsANumber() throws IOException {
        Recordings.segment(folder, 1, SIZE);
        assertThat(Recordings.segment(folder, 1, SIZE).getFileName()).hasToString("lab-20261118T110640Z-1.tar.zst");
    }

    @Test
    void seekTableAndWalkFindTheSameFrames() throws IOException {
        Path file = frames(5);
        try (FileChannel channel = FileChannel.open(file)) {
            List<Frame> table = SeekTable.read(channel);
            FrameWalk walk = new FrameWalk(file, channel, damage::add);
            assertThat(table).hasSize(5).isEqualTo(walk.frames());
            assertThat(walk.torn()).isFalse();
        }
    }

    /** A segment of many frames: each tick is larger than the window was made for. */
    private Path frames(int count) throws IOException {
        Path file = folder.resolve("frames.tar.zst");
        try (OutputStream out = Files.newOutputStream(file)) {
            long[] lengths = new long[count];
            for (int i = 0; i < count; i++) {
                Path part = folder.resolve("part" + i);
                try (SegmentWriter writer = SegmentWriter.create(part, Recordings.manifest("lab"), Recordings.START)) {
                    Recordings.write(writer, 10 * i, 10, SIZE);
                    writer.close();
                    try (FileChannel channel = FileChannel.open(writer.path())) {
                        lengths[i] = SeekTable.read(channel).get(0).length();
                    }
                    out.write(Files.readAllBytes(writer.path()), 0, (int) lengths[i]);
                }
            }
            out.write(table(lengths));
        }
        return file;
    }

    private static byte[] table(long[] lengths) {
        java.nio.ByteBuffer table =
                java.nio.ByteBuffer.allocate(8 + 8 * lengths.length + 9).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        table.putInt(SeekTable.SKIPPABLE_MAGIC).putInt(8 * lengths.length + 9);
        for (long length : lengths) {
            table.putInt((int) length).putInt(0);
        }
        return table.putInt(lengths.length)
                .put((byte) 0)
                .putInt(SeekTable.MAGIC)
                .array();
    }

    @Test
    void anyRunOfFramesIsAnArchive() throws IOException {
        Path file = frames(5);
        List<Frame> all =
                ArchiveSet.open(List.of(file.toString())).segments().get(0).frames();
        byte[] bytes = Files.readAllBytes(file);
        Path slice = folder.resolve("slice.tar.zst");
        Files.write(slice, Arrays.copyOfRange(bytes, (int) all.get(1).offset(), (int)
                all.get(3).offset()));

        assertThat(Recordings.read(damage, SIZE, slice))
                .isEqualTo(IntStream.range(10, 30).boxed().toList());
        assertThat(damage).isEmpty();
    }

    @Test
    void anAbandonedTickLeavesNoTrace() throws IOException {
        try (SegmentWriter writer = SegmentWriter.create(folder, Recordings.manifest("lab"), Recordings.START)) {
            Recordings.write(writer, 0, 2, SIZE);
            writer.begin(1);
            writer.entry("proc/net/tcp", new byte[100], 0, 100);
            Recordings.write(writer, 2, 1, SIZE);
            writer.begin(2);
            writer.entry("proc/net/tcp", new byte[100], 0, 100);
        }
        assertThat(Recordings.read(damage, SIZE, folder)).isEqualTo(upTo(3));
        assertThat(damage).isEmpty();
    }

    @Test
    void aSegmentWithoutATickIsAnArchive() throws IOException {
        SegmentWriter.create(folder, Recordings.manifest("lab"), Recordings.START)
                .close();
        assertThat(Recordings.read(damage, SIZE, folder)).isEmpty();
        assertThat(damage).isEmpty();
    }

    @Test
    void cutAnywhereItLosesNoTickBeforeTheCut() throws IOException {
        Path file;
        List<Long> sizes;
        try (SegmentWriter writer = SegmentWriter.create(folder, Recordings.manifest("lab"), Recordings.START)) {
            sizes = Recordings.write(writer, 0, 60, SIZE);
            file = writer.path();
        }
        byte[] bytes = Files.readAllBytes(file);
        Random random = new Random(7);
        for (int i = 0; i < 1000; i++) {
            int cut = i < sizes.size() ? Math.toIntExact(sizes.get(i)) : 200 + random.nextInt(bytes.length - 200);
            Path torn = folder.resolve("torn");
            Files.write(torn, Arrays.copyOf(bytes, cut));
            int whole = (int) sizes.stream().filter(size -> size <= cut).count();
            damage.clear();
            List<Integer> seen;
            try {
                seen = Recordings.read(damage, SIZE, torn);
            } catch (CorruptArchiveException e) {
                // not even the manifest is whole
                seen = List.of();
            }
            // a cut inside the padding behind a tick leaves the tick
            assertThat(seen.size()).as("cut at %d", cut).isBetween(whole, whole + 1);
            assertThat(seen).isEqualTo(upTo(seen.size()));
            assertThat(damage.size()).as("cut at %d: %s", cut, damage).isLessThanOrEqualTo(1);
            if (whole < sizes.size() && seen.size() > 0) {
                Segment segment =
                        ArchiveSet.open(List.of(torn.toString())).segments().get(0);
                assertThat(segment.closed()).isFalse();
            }
        }
    }

    @Test
    void aFlippedBitNeverGivesWrongDataAndCostsOneFrameAtMost() throws IOException {
        Path file = frames(6);
        byte[] bytes = Files.readAllBytes(file);
        Random random = new Random(11);
        for (int i = 0; i < 300; i++) {
            byte[] flipped = bytes.clone();
            flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            Path broken = folder.resolve("broken");
            Files.write(broken, flipped);
            damage.clear();
            List<Integer> seen;
            try {
                seen = Recordings.read(damage, SIZE, broken);
            } catch (CorruptArchiveException e) {
                // the first bytes say what the file is
                continue;
            }
            assertThat(seen).as("flip %d, %s", i, damage).hasSizeGreaterThanOrEqualTo(40);
            assertThat(seen).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void zerosBehindTheLastTickAreNoTick() throws IOException {
        Path file;
        try (SegmentWriter writer = SegmentWriter.create(folder, Recordings.manifest("lab"), Recordings.START)) {
            Recordings.write(writer, 0, 5, SIZE);
            file = folder.resolve("zeros.tar.zst");
            Files.copy(writer.path(), file);
        }
        Files.write(file, new byte[4096], StandardOpenOption.APPEND);
        assertThat(Recordings.read(damage, SIZE, file)).isEqualTo(upTo(5));
    }

    @Test
    void extractedRepackedAndGzippedItIsTheSame() throws Exception {
        assumeTrue(Shell.has("tar") && Shell.has("zstd"), "needs tar and zstd");
        Path file = Recordings.segment(folder, 70, SIZE);
        Path tree = Files.createDirectory(folder.resolve("tree"));
        Shell.run("tar", "--zstd", "-xf", file, "-C", tree);
        Shell.run("zstd", "-q", "-t", file);
        Shell.run("tar", "-cf", folder.resolve("plain.tar"), "-C", tree, ".");
        Shell.run("tar", "-czf", folder.resolve("named.tgz"), "-C", folder, "tree");
        Shell.run("tar", "--zstd", "-cf", folder.resolve("again.tar.zst"), "-C", folder, "tree");

        for (String name : List.of("tree", "plain.tar", "named.tgz", "again.tar.zst")) {
            damage.clear();
            assertThat(Recordings.read(damage, SIZE, folder.resolve(name)))
                    .as(name)
                    .containsExactlyInAnyOrderElementsOf(upTo(70));
            assertThat(damage).as(name).isEmpty();
        }
        assertThat(Files.readAllBytes(tree.resolve("20261118T110641.123456789Z/proc/net/tcp")))
                .isEqualTo(Recordings.content(1, 0, SIZE));
    }

    @Test
    void aTornFileGivesStockToolsAllWholeTicks() throws Exception {
        assumeTrue(Shell.has("tar") && Shell.has("zstd"), "needs tar and zstd");
        Path torn = folder.resolve("torn.tar.zst");
        try (SegmentWriter writer = SegmentWriter.create(folder, Recordings.manifest("lab"), Recordings.START)) {
            Recordings.write(writer, 0, 20, SIZE);
            Files.copy(writer.path(), torn);
        }
        Path tree = Files.createDirectory(folder.resolve("tree"));
        Shell.tryRun("tar", "--zstd", "-xf", torn, "-C", tree);
        assertThat(tree.resolve("20261118T110659.123456789Z/tick.json")).exists();
    }

    @Test
    void aTickWhoseCopyDoesNotMatchItsCrcIsDamage() throws Exception {
        assumeTrue(Shell.has("tar") && Shell.has("zstd"), "needs tar and zstd");
        Path file = Recordings.segment(folder, 3, SIZE);
        Path tree = Files.createDirectory(folder.resolve("tree"));
        Shell.run("tar", "--zstd", "-xf", file, "-C", tree);
        Path copy = tree.resolve("20261118T110641.123456789Z/proc/net/dev");
        byte[] bytes = Files.readAllBytes(copy);
        bytes[100] ^= 1;
        Files.write(copy, bytes);
        Files.delete(tree.resolve("20261118T110642.123456789Z/tick.json"));

        assertThat(Recordings.read(damage, SIZE, tree)).containsExactly(0);
        assertThat(damage)
                .extracting(Damage::tick, Damage::reason)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "20261118T110641.123456789Z", "proc/net/dev does not match its CRC32"),
                        org.assertj.core.groups.Tuple.tuple(
                                "20261118T110642.123456789Z",
                                "no tick.json, its commit mark: the tick was not written to its end"));
    }

    @Test
    void whatIsNoArchiveIsRefusedInOneLine() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.tar.zst"));
        Path text = Files.writeString(folder.resolve("text.tar.zst"), "no archive at all\n");
        Path gzip = folder.resolve("gzip.tgz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
            out.write("no tar in it".getBytes(StandardCharsets.US_ASCII));
        }
        Path future = Files.createDirectory(folder.resolve("future"));
        Files.writeString(future.resolve("tcpsnap.json"), "{\"format\": 9}");
        Path none = Files.createDirectory(folder.resolve("none"));

        assertThatThrownBy(() -> open(empty)).hasMessage(empty + ": is empty: no tick was recorded into it");
        assertThatThrownBy(() -> open(text))
                .hasMessage(text + ": is no tcpsnap archive: it begins neither as zstd nor as gzip nor as tar");
        assertThatThrownBy(() -> open(gzip))
                .isInstanceOf(CorruptArchiveException.class)
                .hasMessageStartingWith(gzip + ": is no tcpsnap archive: ");
        assertThatThrownBy(() -> open(future))
                .hasMessage(future.resolve("tcpsnap.json")
                        + ": format 9 is newer than this program reads (1): use a newer tcpsnap");
        assertThatThrownBy(() -> open(none)).hasMessageStartingWith(none + ": holds no archive: ");
        assertThatThrownBy(() -> open(folder.resolve("missing"))).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> open(folder.resolve("*.nothing"))).isInstanceOf(NoSuchFileException.class);
    }

    private static ArchiveSet open(Path path) throws IOException {
        return ArchiveSet.open(List.of(path.toString()));
    }

    @Test
    void anyBytesAreReadOrRefused() throws IOException {
        Random random = new Random(3);
        byte[] sound = Files.readAllBytes(Recordings.segment(folder, 3, 600));
        for (int i = 0; i < 500; i++) {
            byte[] bytes = sound.clone();
            for (int k = random.nextInt(40); k >= 0; k--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            Path file = folder.resolve("fuzz");
            Files.write(file, bytes);
            try {
                Recordings.read(damage, 600, file);
            } catch (CorruptArchiveException e) {
                assertThat(e).hasMessageContaining(file.toString());
            }
        }
    }

    @Test
    void theWriterSurvivesAFullFileSystem() throws Exception {
        assumeTrue(Shell.has("mount") && Shell.isRoot(), "needs root, to mount a tmpfs");
        Path small = Files.createDirectory(folder.resolve("small"));
        Shell.run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small);
        try {
            Path ballast = small.resolve("ballast");
            Files.write(ballast, new byte[40 << 10]);
            SegmentWriter writer = SegmentWriter.create(small, Recordings.manifest("lab"), Recordings.START);
            int failed = 0;
            int done = 0;
            for (int i = 0; i < 30; i++) {
                try {
                    Recordings.write(writer, i, 1, 20_000);
                    done++;
                } catch (IOException e) {
                    failed++;
                    Files.deleteIfExists(ballast);
                }
            }
            try {
                writer.close();
            } catch (IOException e) {
                failed++;
            }
            assertThat(failed).isPositive();
            assertThat(done).isGreaterThan(1);
            List<Integer> seen = Recordings.read(damage, 20_000, writer.path());
            assertThat(seen).hasSize(done).isSorted();
        } finally {
            Shell.run("umount", small);
        }
    }
}
