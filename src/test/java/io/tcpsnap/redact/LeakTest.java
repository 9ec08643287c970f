package io.tcpsnap.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcpsnap.archive.ArchiveBytes;
import io.tcpsnap.archive.ArchiveSet;
import io.tcpsnap.archive.ArchiveWriter;
import io.tcpsnap.archive.Entry;
import io.tcpsnap.archive.Shell;
import io.tcpsnap.archive.TickRecord;
import io.tcpsnap.kernel.SockoptEntry;
import io.tcpsnap.kernel.TextAddress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** None of a thousand secrets is left, in any form, in what stock tools unpack. */
class LeakTest {
    private static final Key KEY = new Key("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));

    @TempDir
    Path folder;

    /** Unpacked by zstd, a character for each byte. */
    private String unpacked(Path archive) throws Exception {
        Path tar = folder.resolve("unpacked.tar");
        Shell.run("sh", "-c", "zstd -dcq \"$0\" >\"$1\"", archive, tar);
        return Files.readString(tar, StandardCharsets.ISO_8859_1);
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] swapped(byte[] bytes) {
        byte[] swapped = bytes.clone();
        for (int i = 0; i < bytes.length; i += 4) {
            for (int k = 0; k < 4; k++) {
                swapped[i + k] = bytes[i + 3 - k];
            }
        }
        return swapped;
    }

    /** All that is found of secrets. */
    private static List<String> found(Planted secrets, String content) throws IOException {
        String lower = content.toLowerCase(Locale.ROOT);
        List<String> found = new ArrayList<>();
        for (String word : secrets.words) {
            String text = word.toLowerCase(Locale.ROOT);
            if (lower.contains(text)
                    || lower.contains(HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII)))) {
                found.add(word);
            }
        }
        for (String address : secrets.addresses) {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            boolean there = lower.contains(address)
                    || lower.contains(HexFormat.of().formatHex(bytes))
                    || lower.contains(HexFormat.of().formatHex(swapped(bytes)))
                    || content.contains(latin(bytes))
                    || content.contains(latin(swapped(bytes)))
                    || lower.contains(TextAddress.format(bytes));
            if (there) {
                found.add(address);
            }
        }
        return found;
    }

    @Test
    void noneOfAThousandSecretsIsLeft() throws Exception {
        Planted secrets = new Planted();
        Path archive = secrets.write(folder);
        assertThat(secrets.words.size() + secrets.addresses.size()).isGreaterThan(1000);
        assertThat(found(secrets, unpacked(archive))).hasSameSizeAs(all(secrets));

        Redaction redaction = new Redaction(KEY, Policy.byDefault(), "test", damage -> {});
        Path out = redaction
                .run(ArchiveSet.open(List.of(archive.toString())), folder.resolve("out"))
                .get(0);
        assertThat(found(secrets, unpacked(out))).isEmpty();
        assertThat(found(secrets, out.getFileName().toString())).isEmpty();
        assertThat(redaction.account().counts()).containsEntry("copies of unknown sources", 2L);
        assertThat(unpacked(out)).contains("\"left out copies of unknown sources\" : \"2\"");
    }

    @Test
    void zeroedAttributesAndEverythingRenamedLeaveNothingEither() throws Exception {
        Planted secrets = new Planted();
        Path archive = secrets.write(folder);
        Policy policy = new Policy(EnumSet.allOf(Policy.Kind.class), EnumSet.noneOf(AddressClass.class), true);
        Path out = new Redaction(KEY, policy, "test", damage -> {})
                .run(ArchiveSet.open(List.of(archive.toString())), folder.resolve("all.tgz"))
                .get(0);
        Shell.run("sh", "-c", "gzip -dc \"$0\" | zstd -q >\"$1\"", out, folder.resolve("all.tar.zst"));
        assertThat(found(secrets, unpacked(folder.resolve("all.tar.zst")))).isEmpty();
        assertThat(unpacked(folder.resolve("all.tar.zst"))).doesNotContain("20261118T"); // the day was moved
    }

    private static List<String> all(Planted secrets) {
        List<String> all = new ArrayList<>(secrets.words);
        all.addAll(secrets.addresses);
        return all;
    }

    @Test
    void theProgramsOwnSearchFindsEachSecretInItsForm() throws Exception {
        Planted secrets = new Planted();
        Path archive = secrets.write(folder);
        List<String> some = all(secrets).subList(0, 40);
        for (String secret : some) {
            assertThat(new Search(List.of(secret)).in(ArchiveBytes.open(archive)))
                    .as(secret)
                    .isNotEmpty();
        }
        assertThat(new Search(List.of("is-not-there", "192.0.2.77")).in(ArchiveBytes.open(archive)))
                .isEmpty();
    }

    @Test
    void itsSearchKnowsTextsWithEscapes() throws IOException {
        String copies = "1 2 3 my\\x20own\\x5c-proc /a\n{\"host\": \"a\\\"b\"}";
        Search search = new Search(List.of("my own\\-proc", "a\"b", "own"));
        assertThat(search.in(new ByteArrayInputStream(copies.getBytes(StandardCharsets.US_ASCII))))
                .extracting(Search.Hit::pattern)
                .containsExactlyInAnyOrder("my own\\-proc", "a\"b", "own");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/zero", "/dev/null"})
    void aFileWithoutEndIsNoKey(Path file) {
        assertThatThrownBy(() -> Key.of(file)).isInstanceOf(IOException.class).hasMessageContaining("is no key");
    }

    /** Of a time no copy tells, nor a name, nor the number of a tick whose writer gave none. */
    @Test
    void noTimeIsLeftWhereTimesAreMoved() throws Exception {
        long seconds = 1_795_000_000L;
        long nanos = seconds * 1_000_000_000L;
        ByteBuffer times = ByteBuffer.allocate(16 + 48).order(ByteOrder.LITTLE_ENDIAN);
        times.putLong(16 + 48).putInt(1).putInt(37); // SOL_SOCKET, SCM_TIMESTAMPING: of the kernel, none, of the device
        times.putLong(seconds)
                .putLong(5)
                .putLong(0)
                .putLong(0)
                .putLong(seconds + 37)
                .putLong(6);
        ByteBuffer handed = ByteBuffer.allocate(8 + 24).order(ByteOrder.LITTLE_ENDIAN);
        handed.putShort((short) SockoptEntry.LEVEL).putShort((short) SockoptEntry.HANDED);
        handed.putShort((short) 0).putShort((short) SockoptEntry.HANDED_LENGTH);
        handed.putLong(4711).putInt(1).putInt(2).putLong(nanos);
        Map<String, byte[]> copies = Map.of(
                "opt_stats/cmsg", times.array(),
                "opt_stats/hex", ascii("2026-11-18T11:06:40Z " + HexFormat.of().formatHex(times.array()) + "\n"),
                "sockopt_handed", handed.array(),
                "events", ascii(nanos + " suspend +1.000 s\n"));
        List<Entry> entries = new ArrayList<>();
        copies.forEach((path, bytes) -> entries.add(new Entry(path, bytes, bytes.length)));
        Path archive = folder.resolve("times.tar.zst");
        try (ArchiveWriter writer = ArchiveWriter.create(archive)) {
            writer.manifest(Planted.manifest());
            writer.tick(
                    ArchiveWriter.tickName(nanos),
                    new TickRecord(nanos / 1000, nanos, 1, 1, 1, 1, 0, 1, List.of()),
                    entries);
            writer.finish();
        }
        List<String> forms = List.of(
                "1795000",
                "20261118T",
                "2026-11-18",
                Long.toOctalString(seconds).substring(0, 7), // of the tar
                latin(Arrays.copyOf(times.putLong(0, seconds).array(), 8)),
                latin(Arrays.copyOf(times.putLong(0, seconds + 37).array(), 8)),
                latin(Arrays.copyOf(times.putLong(0, nanos).array(), 8)),
                HexFormat.of().formatHex(Arrays.copyOf(times.putLong(0, seconds).array(), 8)));
        assertThat(unpacked(archive)).contains(forms);
        Policy policy = new Policy(EnumSet.allOf(Policy.Kind.class), EnumSet.noneOf(AddressClass.class), true);
        Path out = new Redaction(KEY, policy, "test", damage -> {})
                .run(ArchiveSet.open(List.of(archive.toString())), folder.resolve("out"))
                .get(0);
        assertThat(unpacked(out)).doesNotContain(forms).contains(copies.keySet());
        assertThat(out.getFileName().toString()).doesNotContain("20261118");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
