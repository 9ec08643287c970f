package io.tcpsnap.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import io.tcpsnap.Allocation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any bytes end in ticks, damage or an IOException: no other exception, no hang, no memory that the input does not have. */
class HostileInputTest {
    private static final int SIZE = 300;
    private static final byte[] ZEROS = new byte[1 << 16];

    @TempDir
    private Path folder;

    private final List<Damage> damage = new ArrayList<>();

    @Test
    void anyTar() throws IOException {
        byte[] sound = Frames.tar(folder, 3, SIZE);
        Random random = new Random(41);
        for (int i = 0; i < 3000; i++) {
            byte[] bytes = mutate(sound, random);
            try (TarReader tar = new TarReader(new ByteArrayInputStream(bytes))) {
                while (tar.next()) {
                    assertThat(tar.name()).isNotNull();
                    if (tar.size() < 1 << 20) {
                        tar.content(new byte[0]);
                    }
                }
            } catch (IOException e) {
                assertThat(e).hasMessageNotContaining("\n");
            }
        }
    }

    @Test
    void anyGzip() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        for (int i = 0; i < 3; i++) {
            try (OutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write(Recordings.content(i, 0, 500));
            }
        }
        Random random = new Random(43);
        for (int i = 0; i < 3000; i++) {
            try (InputStream in = new GzipMembers(new ByteArrayInputStream(mutate(packed.toByteArray(), random)))) {
                assertThat(in.readAllBytes().length).isLessThan(1 << 20);
            } catch (IOException e) {
                assertThat(e).hasMessageNotContaining("\n");
            }
        }
    }

    @Test
    void anyManifestAndAnyTickRecord() {
        byte[] manifest = Recordings.manifest("lab").toJson();
        byte[] record = record();
        Random random = new Random(47);
        for (int i = 0; i < 20_000; i++) {
            byte[] a = mutate(manifest, random);
            byte[] b = mutate(record, random);
            try {
                assertThat(Manifest.parse(a, a.length)).isNotNull();
            } catch (IOException e) {
                assertThat(e).hasMessageNotContaining("\n");
            }
            try {
                assertThat(TickRecord.parse(b, b.length, 1)).isNotNull();
            } catch (IOException e) {
                assertThat(e).hasMessageNotContaining("\n");
            }
        }
    }

    private static byte[] record() {
        return new TickRecord(7, 1, 2, 3, 4, 5, 6, 7, List.of(new SourceRecord("proc/net/tcp", 1, 2, 3, 4, "EIO")))
                .toJson();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "1",
                "{\"seq\": [",
                "{\"seq\": \"1\"}",
                "{\"seq\": 1e5}",
                "{\"seq\": 99999999999999999999}",
                "{\"sources\": {}}",
                "{\"sources\": [1]}",
                "{\"sources\": [{}]}",
                "{\"sources\": [{\"path\": 3}]}"
            })
    void aRecordThatIsNoneIsRefused(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> TickRecord.parse(bytes, bytes.length, 1)).isInstanceOf(IOException.class);
    }

    /** Unlike a copy, whose CRC stands in the record, a changed digit of the record itself would otherwise pass. */
    @Test
    void noDigitOfARecordOrManifestChangesUnseen() {
        for (byte[] sound : List.of(record(), Recordings.manifest("lab").toJson())) {
            for (int at = 0; at < sound.length; at++) {
                if (sound[at] >= '0' && sound[at] <= '9') {
                    byte[] bytes = sound.clone();
                    bytes[at] = (byte) (sound[at] == '9' ? '8' : sound[at] + 1);
                    boolean manifest = sound.length != record().length;
                    // digits of the name "crc32" make it another name
                    if (new String(sound, StandardCharsets.US_ASCII).startsWith("crc32", at - 4)
                            || new String(sound, StandardCharsets.US_ASCII).startsWith("crc32", at - 3)) {
                        continue;
                    }
                    assertThatThrownBy(() -> {
                                if (manifest) {
                                    Manifest.parse(bytes, bytes.length);
                                } else {
                                    TickRecord.parse(bytes, bytes.length, 1);
                                }
                            })
                            .as(new String(bytes, StandardCharsets.US_ASCII))
                            .isInstanceOf(IOException.class);
                }
            }
        }
    }

    @Test
    void randomBytesBehindEachMagicAreRefused() throws IOException {
        Random random = new Random(53);
        for (byte[] magic : new byte[][] {
            {}, {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd}, {0x1f, (byte) 0x8b, 8}, {0x50, 0x2a, 0x4d, 0x18}
        }) {
            for (int i = 0; i < 300; i++) {
                byte[] bytes = new byte[magic.length + random.nextInt(3000)];
                random.nextBytes(bytes);
                System.arraycopy(magic, 0, bytes, 0, magic.length);
                Path file = Files.write(folder.resolve("random"), bytes);
                assertThatThrownBy(() -> Recordings.read(damage, SIZE, file))
                        .isInstanceOf(CorruptArchiveException.class)
                        .hasMessageStartingWith(file + ": ")
                        .hasMessageNotContaining("\n");
            }
        }
    }

    /** Some kilobytes that unpack to more than a tick may take: one file, the manifest, the mark, a tick of many files. */
    @ParameterizedTest
    @ValueSource(strings = {"20261122T074200Z/proc/net/tcp", "20261122T074200Z/tick.json", "other"})
    void aBombIsDamageAndTheTicksAroundItStay(String name) throws IOException {
        long size = TickBuilder.MAX_BYTES + (1 << 20);
        Path file = folder.resolve("bomb.tar.zst");
        try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(file), 1)) {
            byte[] tar = Frames.tar(folder, 2, SIZE);
            out.write(tar, 0, tar.length - 1024);
            entry(out, name, size);
            entry(out, "20261122T074201Z/x", 100);
            entry(out, "20261122T074201Z/tick.json", "{}");
            out.write(new byte[1024]);
        }
        assertThat(Files.size(file)).isLessThan(4 << 20);
        List<Tick> ticks = new ArrayList<>();
        Segment segment = ArchiveSet.open(List.of(file.toString())).segments().get(0);
        try (TickReader reader = segment.read(segment.frames().get(0), damage::add)) {
            for (Tick tick = reader.next(); tick != null; tick = reader.next()) {
                ticks.add(tick);
            }
        }
        assertThat(ticks).hasSize(3);
        assertThat(damage)
                .hasSize(name.equals("other") ? 0 : 1)
                .allSatisfy(place -> assertThat(place.reason()).contains("of " + size + " bytes", "-Xmx"));
    }

    /** The beginning of a frame again and again, each with a block that leads far away. */
    @ParameterizedTest
    @ValueSource(ints = {0, 10, 100_000})
    void beginningsOfFramesCostNoMoreThanTheirBytes(int block) throws IOException {
        byte[] begin = {
            0x28,
            (byte) 0xb5,
            0x2f,
            (byte) 0xfd,
            0,
            0x58,
            (byte) (block << 3),
            (byte) (block >> 5),
            (byte) (block >> 13)
        };
        byte[] bytes = new byte[begin.length << 15];
        for (int at = 0; at < bytes.length; at += begin.length) {
            System.arraycopy(begin, 0, bytes, at, begin.length);
        }
        Path file = Files.write(folder.resolve("beginnings.tar.zst"), bytes);
        Allocation.assertAtMost(100L * bytes.length, () -> {
            try (FileChannel channel = FileChannel.open(file)) {
                assertThat(new FrameWalk(file, channel, damage::add).frames()).hasSize(1 << 15);
            }
        });
    }

    /** One file that would be passed over, and zeros between files: minutes of nothing in a few kilobytes. */
    @ParameterizedTest
    @ValueSource(strings = {"other", ""})
    void whatUnpacksWithoutEndIsGivenUp(String name) throws IOException {
        byte[] tar = Frames.tar(folder, 2, SIZE);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new ZstdOutputStream(packed, 1)) {
            out.write(tar, 0, tar.length - 1024);
            if (!name.isEmpty()) {
                byte[] block = new byte[Ustar.BLOCK];
                Ustar.write(block, 0, name, 6L << 30, 0);
                out.write(block);
            }
            for (long rest = 6L << 30; rest > 0; rest -= ZEROS.length) {
                out.write(ZEROS);
            }
        }
        Path file = Files.write(folder.resolve("bomb.tar.zst"), packed.toByteArray());
        assertThat(Recordings.read(damage, SIZE, file)).hasSize(2);
        assertThat(damage)
                .singleElement()
                .satisfies(place ->
                        assertThat(place.reason()).contains("unpacks to more than", "more than any recording"));
    }

    /** Values of two and three bytes, of which each takes twenty times as much in memory. */
    @ParameterizedTest
    @ValueSource(strings = {"{},", "[],", "1,", "{\"\":1},"})
    void aRecordOfTooManyValuesIsRefusedBeforeItTakesTheMemory(String value) throws IOException {
        byte[] json = ("{\"sources\":[" + value.repeat((15 << 20) / value.length()) + "1]}")
                .getBytes(StandardCharsets.US_ASCII);
        Allocation.assertAtMost(
                300L << 20,
                () -> assertThatThrownBy(() -> TickRecord.parse(json, json.length, 1))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("values"));
    }

    /** A tick that is a link leads to somebody's home. */
    @Test
    void anExtractedArchiveLeadsNowhereElse() throws IOException {
        Path rec = Files.createDirectory(folder.resolve("rec"));
        Path home = Files.createDirectory(folder.resolve("home"));
        Files.writeString(rec.resolve(Manifest.ENTRY), "{\"format\": 1}");
        for (Path tick : List.of(rec.resolve("20261122T074200Z"), home)) {
            Files.createDirectories(tick);
            Files.writeString(tick.resolve(TickRecord.ENTRY), "{}");
            Files.writeString(tick.resolve("secret"), "secret");
        }
        Files.createSymbolicLink(rec.resolve("20261122T074201Z"), home);
        Segment segment = ArchiveSet.open(List.of(rec.toString())).segments().get(0);
        try (TickReader reader = segment.read(segment.frames().get(0), damage::add)) {
            assertThat(reader.next().name()).isEqualTo("20261122T074200Z");
            assertThat(reader.next()).isNull();
        }
        assertThat(damage)
                .singleElement()
                .satisfies(place -> assertThat(place.tick()).isEqualTo("20261122T074201Z"));
    }

    /** Names out of pax headers: as long as nobody's own are, and written again. */
    @Test
    void aNameOfAnyLengthIsWrittenAgain() throws Exception {
        for (int length : new int[] {90, 91, 983, 984, 985, 5000}) {
            String path = "netns/" + "n".repeat(length) + "/proc/net/tcp";
            Path file = folder.resolve(length + ".tgz");
            try (ArchiveWriter writer = ArchiveWriter.create(file)) {
                writer.manifest(Recordings.manifest("lab"));
                writer.tick(
                        "20261122T074200Z",
                        new TickRecord(0, 1, -1, -1, -1, -1, -1, -1, List.of()),
                        List.of(new Entry(path, new byte[] {1, 2}, 2)));
                writer.finish();
            }
            assertThat(Shell.run("tar", "-tzf", file)).contains("20261122T074200Z/" + path + "\n");
            Segment segment =
                    ArchiveSet.open(List.of(file.toString())).segments().get(0);
            try (TickReader reader = segment.read(segment.frames().get(0), damage::add)) {
                assertThat(reader.next().entries()).extracting(Entry::path).containsExactly(path);
            }
        }
        assertThat(damage).isEmpty();
    }

    @Test
    void aManifestWithoutEndIsRefused() throws IOException {
        Path file = folder.resolve("bomb.tar.zst");
        try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(file), 1)) {
            entry(out, Manifest.ENTRY, 1L << 30);
        }
        assertThatThrownBy(() -> ArchiveSet.open(List.of(file.toString())))
                .isInstanceOf(CorruptArchiveException.class)
                .hasMessageContaining("tcpsnap.json of 1073741824 bytes: too large");
    }

    private static void entry(OutputStream out, String name, String content) throws IOException {
        byte[] block = new byte[2 * Ustar.BLOCK];
        Ustar.write(block, 0, name, content.length(), 0);
        System.arraycopy(content.getBytes(StandardCharsets.US_ASCII), 0, block, Ustar.BLOCK, content.length());
        out.write(block);
    }

    private static void entry(OutputStream out, String name, long size) throws IOException {
        byte[] block = new byte[Ustar.BLOCK];
        Ustar.write(block, 0, name, size, 0);
        out.write(block);
        for (long rest = Ustar.padded(size); rest > 0; rest -= ZEROS.length) {
            out.write(ZEROS, 0, (int) Math.min(rest, ZEROS.length));
        }
    }

    private static byte[] mutate(byte[] sound, Random random) {
        byte[] bytes = java.util.Arrays.copyOf(sound, 1 + random.nextInt(sound.length));
        for (int k = random.nextInt(4); k >= 0; k--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    /** A header whose checksum is right may say anything else. */
    @Test
    void anyHeaderWithARightChecksum() throws IOException {
        Random random = new Random(59);
        for (int i = 0; i < 3000; i++) {
            byte[] block = new byte[3 * Ustar.BLOCK];
            Ustar.write(block, 0, "20261122T074200Z/x", 1 + random.nextInt(900), 0);
            byte[] types = {'0', 'L', 'x', 'g', 'K', '5', '7', 'S', 0};
            block[156] = types[random.nextInt(types.length)];
            for (int k = random.nextInt(20); k >= 0; k--) {
                block[random.nextInt(block.length)] = (byte) random.nextInt();
            }
            byte[] sum = "%06o\0 ".formatted(Ustar.checksum(block, 0)).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(sum, 0, block, 148, 8);
            assertThat(Ustar.isHeader(block)).isTrue();
            try (TarReader tar = new TarReader(new ByteArrayInputStream(block))) {
                while (tar.next()) {
                    EntryName.parse(tar.name());
                    if (tar.size() < 1 << 20) {
                        tar.content(new byte[0]);
                    }
                }
            } catch (IOException e) {
                assertThat(e).hasMessageNotContaining("\n");
            }
        }
    }
}
