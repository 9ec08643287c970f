package io.tcpsnap.importer;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.tcpsnap.kernel.Netlink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Binary copies: dumps of ss -D, captures of nlmon, files of tcp-info. */
class NetlinkImportTest {
    private static final String AT = "2026-11-22T07:42:00Z";
    private static final int DONE = 20;
    private static final long SECONDS = 1_795_333_320L;

    @TempDir
    private Path folder;

    private Path out() {
        return folder.resolve("out");
    }

    private Path file(String name, byte[]... parts) throws IOException {
        return Files.write(folder.resolve(name), join(parts));
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] dump(String family) throws IOException {
        byte[] messages = Imported.resource("/netlink/6.18/states." + family + ".bin");
        List<byte[]> all = messages(messages);
        boolean ends = ByteBuffer.wrap(all.get(all.size() - 1))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getShort(4)
                == 3;
        return ends ? messages : join(messages, DiagBytes.done(ByteOrder.LITTLE_ENDIAN));
    }

    private static byte[] withoutDone(byte[] dump) {
        return Arrays.copyOf(dump, dump.length - DONE);
    }

    private static List<byte[]> messages(byte[] dump) {
        List<byte[]> messages = new ArrayList<>();
        for (int at = 0; at < dump.length; ) {
            int length = ByteBuffer.wrap(dump).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
            messages.add(Arrays.copyOfRange(dump, at, at + length));
            at += Netlink.align(length);
        }
        return messages;
    }

    @Test
    void joinedDumpsAreOneCopyWithOneEnd() throws IOException {
        Imported imported = Imported.of(out(), AT, file("ss.bin", dump("v4"), dump("v6")));
        assertThat(imported.bytes(0, "sock_diag/tcp")).isEqualTo(join(withoutDone(dump("v4")), dump("v6")));
        assertThat(imported.manifest.byteOrder()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void dumpsOfBothFamiliesInOneFolderAreOneTick() throws IOException {
        Imported imported = Imported.of(out(), AT, file("four.bin", dump("v4")), file("six.bin", dump("v6")));
        assertThat(imported.bytes(0, "sock_diag/tcp")).isEqualTo(join(withoutDone(dump("v4")), dump("v6")));
        assertThat(imported.ticks).hasSize(1);
    }

    @Test
    void dumpThatIsCutShortStaysWithoutEnd() throws IOException {
        byte[] dump = dump("v4");
        Imported imported = Imported.of(out(), AT, file("ss.bin", Arrays.copyOf(dump, dump.length - DONE - 3)));
        byte[] kept = imported.bytes(0, "sock_diag/tcp");
        assertThat(kept).isEqualTo(Arrays.copyOf(dump, kept.length)).hasSizeLessThan(dump.length - DONE - 3);
        assertThat(imported.notes).anyMatch(note -> note.contains("no whole message"));
    }

    @Test
    void keysAreLeftOut() throws IOException {
        byte[] message = messages(dump("v4")).get(0);
        byte[] keyed = Arrays.copyOf(message, message.length + 104);
        ByteBuffer.wrap(keyed)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0, keyed.length)
                .putShort(message.length, (short) 104)
                .putShort(message.length + 2, (short) 18);
        byte[] done = DiagBytes.done(ByteOrder.LITTLE_ENDIAN);
        Imported imported = Imported.of(out(), AT, file("ss.bin", keyed, done));
        assertThat(imported.bytes(0, "sock_diag/tcp")).isEqualTo(join(message, done));
    }

    /** Each message a packet: a cooked header and the message, with its time. */
    private static byte[] pcap(ByteOrder order, long start, List<byte[]> messages) {
        ByteBuffer out = ByteBuffer.allocate(1 << 20).order(order);
        out.putInt(0xa1b2c3d4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(1 << 16)
                .putInt(253);
        for (byte[] message : messages) {
            out.putInt((int) start).putInt(250_000).putInt(16 + message.length).putInt(16 + message.length);
            out.put(cooked()).put(message);
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    private static byte[] cooked() {
        return new byte[] {0, 4, 3, 0x38, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4};
    }

    private static byte[] pcapng(long start, List<byte[]> messages) {
        ByteBuffer out = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0x0a0d0d0a)
                .putInt(28)
                .putInt(0x1a2b3c4d)
                .putInt(1)
                .putLong(-1)
                .putInt(28);
        out.putInt(1).putInt(32).putShort((short) 253).putShort((short) 0).putInt(0);
        out.putShort((short) 9).putShort((short) 1).putInt(9).putInt(0).putInt(32);
        long nanos = start * 1_000_000_000L + 250_000_000L;
        for (byte[] message : messages) {
            int size = 16 + message.length;
            int block = 32 + Netlink.align(size);
            out.putInt(6).putInt(block).putInt(0).putInt((int) (nanos >>> 32)).putInt((int) nanos);
            out.putInt(size).putInt(size).put(cooked()).put(message);
            out.position(Netlink.align(out.position()));
            out.putInt(block);
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    /** The request that a dump answers, as ss sends it. */
    private static byte[] request(byte[] reply, int protocol) {
        ByteBuffer request = ByteBuffer.allocate(72).order(ByteOrder.LITTLE_ENDIAN);
        request.putInt(72).putShort((short) 20).putShort((short) 0x301);
        request.putInt(ByteBuffer.wrap(reply).order(ByteOrder.LITTLE_ENDIAN).getInt(8));
        return request.put(16, (byte) 2).put(17, (byte) protocol).array();
    }

    /** The messages of a dump with an end that belongs to them. */
    private static List<byte[]> conversation(byte[] dump, int protocol) {
        List<byte[]> all = messages(dump);
        byte[] done = all.get(all.size() - 1);
        System.arraycopy(all.get(0), 8, done, 8, 8);
        all.add(0, request(all.get(0), protocol));
        return all;
    }

    @Test
    void captureOfBothFamiliesIsOneTick() throws IOException {
        List<byte[]> all = conversation(dump("v4"), 6);
        all.addAll(conversation(dump("v6"), 6));
        byte[] expected =
                join(withoutDone(dump("v4")), withoutDone(dump("v6")), DiagBytes.done(ByteOrder.LITTLE_ENDIAN));
        Imported imported = Imported.of(out(), AT, file("nl.pcap", pcap(ByteOrder.LITTLE_ENDIAN, SECONDS, all)));
        assertThat(imported.outline()).containsExactly("074200 sock_diag/tcp");
        assertThat(imported.bytes(0, "sock_diag/tcp")).isEqualTo(expected);
        Imported next = Imported.of(folder.resolve("ng"), AT, file("nl.pcapng", pcapng(SECONDS, all)));
        assertThat(next.bytes(0, "sock_diag/tcp")).isEqualTo(expected);
        assertThat(next.ticks.keySet()).isEqualTo(imported.ticks.keySet());
    }

    @Test
    void dumpsOfOneFamilyAreTicks() throws IOException {
        List<byte[]> all = conversation(dump("v4"), 6);
        byte[] first = pcap(ByteOrder.BIG_ENDIAN, SECONDS, all);
        byte[] second = pcap(ByteOrder.BIG_ENDIAN, SECONDS + 5, all);
        byte[] both = join(first, Arrays.copyOfRange(second, 24, second.length));
        Imported imported = Imported.of(out(), AT, file("nl.pcap", both));
        assertThat(imported.outline()).containsExactly("074200 sock_diag/tcp", "074205 sock_diag/tcp");
    }

    @Test
    void dumpOfAnotherProtocolIsNoneOfTcp() throws IOException {
        byte[] capture = pcap(ByteOrder.LITTLE_ENDIAN, SECONDS, conversation(dump("v4"), 17));
        assertThat(Imported.of(out(), AT, file("nl.pcap", capture)).result.segments())
                .isEmpty();
    }

    /** What ss -M asks: the protocol is too large for the request's byte. */
    @Test
    void dumpOfMptcpIsASourceOfItsOwn() throws IOException {
        byte[] dump = Imported.resource("/netlink/6.18/mptcp.bin");
        List<byte[]> all = conversation(dump, 0);
        ByteBuffer request = ByteBuffer.allocate(80).order(ByteOrder.LITTLE_ENDIAN);
        request.put(all.get(0))
                .putInt(0, 80)
                .putShort((short) 8)
                .putShort((short) 3)
                .putInt(262);
        all.set(0, request.array());
        all.addAll(conversation(dump("v4"), 6));
        Imported imported = Imported.of(out(), AT, file("nl.pcap", pcap(ByteOrder.LITTLE_ENDIAN, SECONDS, all)));
        assertThat(imported.outline()).containsExactly("074200 sock_diag/mptcp sock_diag/tcp");
        assertThat(imported.bytes(0, "sock_diag/mptcp"))
                .isEqualTo(join(withoutDone(dump), DiagBytes.done(ByteOrder.LITTLE_ENDIAN)));
        Path extracted = Files.createDirectories(folder.resolve("x/sock_diag")).resolve("mptcp");
        Files.write(extracted, dump);
        assertThat(Imported.of(folder.resolve("again"), AT, extracted).outline())
                .containsExactly("074200 sock_diag/mptcp");
    }

    @Test
    void broadcastsOfClosedSocketsAreKeptApart() throws IOException {
        byte[] closed = messages(dump("v4")).get(0).clone();
        ByteBuffer.wrap(closed).putShort(6, (short) 0).putLong(8, 0);
        Imported imported = Imported.of(
                out(), AT, file("nl.pcap", pcap(ByteOrder.LITTLE_ENDIAN, SECONDS, List.of(closed, closed))));
        assertThat(imported.outline()).containsExactly("074200 sock_diag/destroy");
        assertThat(imported.bytes(0, "sock_diag/destroy"))
                .isEqualTo(join(closed, closed, DiagBytes.done(ByteOrder.LITTLE_ENDIAN)));
    }

    @Test
    void tornCaptureGivesWhatIsWhole() throws IOException {
        byte[] capture = pcap(ByteOrder.LITTLE_ENDIAN, SECONDS, conversation(dump("v4"), 6));
        Imported imported = Imported.of(out(), AT, file("nl.pcap", Arrays.copyOf(capture, capture.length / 2)));
        assertThat(imported.outline()).containsExactly("074200 sock_diag/tcp");
        assertThat(imported.notes).anyMatch(note -> note.contains("ends inside a packet"));
    }

    /** A line as tcp-info writes it: payloads by the number of their attribute. */
    private static String line(String time, byte[] message) {
        ByteBuffer bytes = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        String[] payloads = new String[23];
        Arrays.fill(payloads, "null");
        for (int at = 88; at < message.length; at += Netlink.align(bytes.getShort(at))) {
            byte[] payload = Arrays.copyOfRange(message, at + 4, at + bytes.getShort(at));
            payloads[bytes.getShort(at + 2)] = '"' + Base64.getEncoder().encodeToString(payload) + '"';
        }
        return "{\"Timestamp\":\"" + time + "\",\"RawIDM\":\""
                + Base64.getEncoder().encodeToString(Arrays.copyOfRange(message, 16, 88)) + "\",\"Attributes\":["
                + String.join(",", payloads) + "]}\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"Timestamp\":\"2026-"})
    void tcpInfoSnapshotsAreTicks(String torn) throws IOException {
        byte[] message = messages(dump("v4")).stream()
                .filter(one -> one.length > 400)
                .findFirst()
                .orElseThrow();
        String lines =
                "{\"Timestamp\":\"0001-01-01T00:00:00Z\",\"Metadata\":{\"UUID\":\"mlab1_1700000000_unsafe_0001\","
                        + "\"Sequence\":0,\"StartTime\":\"2026-11-22T07:42:00Z\"}}\n"
                        + line("2026-11-22T07:42:00.5Z", message)
                        + line("2026-11-22T07:42:01.25Z", message)
                        + torn;
        byte[] packed = Zstd.compress(lines.getBytes(StandardCharsets.UTF_8));
        Imported imported = Imported.of(out(), null, file("x_unsafe_0001.00000.jsonl.zst", packed));
        assertThat(imported.outline()).containsExactly("074200 sock_diag/tcp", "074201 sock_diag/tcp");
        assertThat(imported.manifest.host()).isEqualTo("mlab1");
        byte[] copy = imported.bytes(0, "sock_diag/tcp");
        assertThat(copy.length).isEqualTo(Netlink.align(message.length) + DONE);
        assertThat(Arrays.copyOfRange(copy, 16, 88)).isEqualTo(Arrays.copyOfRange(message, 16, 88));
        assertThat(imported.notes.stream().filter(note -> note.contains("no snapshot")))
                .hasSize(torn.isEmpty() ? 0 : 1);
    }
}
