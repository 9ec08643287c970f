package io.tcpsnap.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcpsnap.kernel.TcpNla;
import io.tcpsnap.table.DiagDump;
import io.tcpsnap.table.Rows;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every form in which a program may have logged control messages; six events of kernel 6.18 are a fixture. */
class OptStatsFormsTest {
    private static final int EVENTS = 6;

    private final List<Problem> problems = new ArrayList<>();

    static Stream<ByteOrder> orders() {
        return Stream.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);
    }

    private static byte[] events() throws IOException {
        try (InputStream in = OptStatsFormsTest.class.getResourceAsStream("/opt_stats/6.18/events.cmsg")) {
            return in.readAllBytes();
        }
    }

    private List<Map<String, Object>> rows(String form, byte[] bytes) {
        return rows(form, bytes, ByteOrder.LITTLE_ENDIAN);
    }

    private List<Map<String, Object>> rows(String form, byte[] bytes, ByteOrder order) {
        return Rows.of("opt_stats", Rows.tick(Map.of("opt_stats/" + form, bytes), order), problems);
    }

    private List<String> reasons() {
        return problems.stream().map(Problem::reason).toList();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** Payloads of the control messages with this type. */
    private static List<byte[]> payloads(int type) throws IOException {
        ByteBuffer all = ByteBuffer.wrap(events()).order(ByteOrder.LITTLE_ENDIAN);
        List<byte[]> found = new ArrayList<>();
        for (int at = 0; at < all.limit(); at += (int) all.getLong(at) + 7 & ~7) {
            if (all.getInt(at + 12) == type) {
                found.add(Arrays.copyOfRange(all.array(), at + 16, at + (int) all.getLong(at)));
            }
        }
        return found;
    }

    /** A control message of a 64-bit host, or of a 32-bit one. */
    private static byte[] control(ByteOrder order, int header, int level, int type, byte[] payload) {
        int length = header + payload.length;
        int unit = header == 16 ? 8 : 4;
        ByteBuffer out = ByteBuffer.allocate(length + unit - 1 & -unit).order(order);
        if (header == 16) {
            out.putLong(length);
        } else {
            out.putInt(length);
        }
        return out.putInt(level).putInt(type).put(payload).array();
    }

    @Test
    void eventsOfTheKernel() throws IOException {
        List<Map<String, Object>> rows = rows("cmsg", events());
        assertThat(problems).isEmpty();
        assertThat(rows).extracting("message").containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
        assertThat(rows).extracting("event").containsExactly("SCHED", "SND", "ACK", "SCHED", "SND", "ACK");
        assertThat(rows).extracting("ee_info").containsExactly(1L, 0L, 2L, 1L, 0L, 2L);
        assertThat(rows).extracting("ee_data").containsExactly(99L, 99L, 99L, 5099L, 5099L, 5099L);
        assertThat(rows).extracting("ttl").containsExactly(null, null, 64L, null, null, 64L);
        assertThat(rows.get(0))
                .containsEntry("tstamp_ns", 0x6b061bc9L * 1_000_000_000L + 0x13e921cdL)
                .containsEntry("tstamp_hw_ns", null)
                .containsEntry("logged", null)
                .containsEntry("pacing_rate", new BigInteger("78326f3c4", 16))
                .containsEntry("snd_cwnd", 10L)
                .containsEntry("min_rtt", 0x1dL)
                .containsEntry("snd_ssthresh", null)
                .containsEntry("in_initial_slowstart", true)
                .containsEntry("bytes_sent", BigInteger.valueOf(100))
                .containsEntry("sndq_size", 100L)
                .containsEntry("edt", new BigInteger("ae52fe8178a", 16));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void everyAttributeHasItsColumn(ByteOrder order) {
        DiagDump to = new DiagDump(order);
        byte[][] attributes = new byte[TcpNla.values().length][];
        for (TcpNla attribute : TcpNla.values()) {
            ByteBuffer value = to.buffer(8);
            int number = attribute.ordinal() + 1;
            switch (attribute.width()) {
                case 1 -> value.put((byte) (200 + number));
                case 2 -> value.putShort((short) (0xf000 + number));
                case 4 -> value.putInt(0xf0000000 + number);
                default -> value.putLong(0xf000000000000000L + number);
            }
            attributes[attribute.ordinal()] = to.attribute(number, Arrays.copyOf(value.array(), attribute.width()));
        }
        List<Map<String, Object>> rows = rows("nla", join(attributes), order);
        assertThat(problems).isEmpty();
        assertThat(rows).hasSize(1);
        for (TcpNla attribute : TcpNla.values()) {
            int number = attribute.ordinal() + 1;
            Object expected = switch (attribute.width()) {
                case 1 -> 200L + number;
                case 2 -> 0xf000L + number;
                case 4 -> 0xf0000000L + number;
                default -> new BigInteger("f000000000000000", 16).add(BigInteger.valueOf(number));
            };
            assertThat(rows.get(0)).containsEntry(attribute.name().toLowerCase(Locale.ROOT), expected);
        }
        assertThat(rows.get(0)).containsEntry("event", null).containsEntry("tstamp", null);
    }

    @Test
    void barePayloadsEndWhereAnAttributeIsThereAgain() throws IOException {
        List<Map<String, Object>> rows = rows("nla", join(payloads(54).toArray(byte[][]::new)));
        assertThat(problems).isEmpty();
        assertThat(rows).hasSize(EVENTS);
        assertThat(rows).extracting("ttl").containsExactly(null, null, 64L, null, null, 64L);
    }

    @Test
    void linesOfHexadecimal() throws IOException {
        HexFormat hex = HexFormat.of();
        String control = hex.formatHex(join(
                control(ByteOrder.LITTLE_ENDIAN, 16, 1, 37, payloads(37).get(2)),
                control(ByteOrder.LITTLE_ENDIAN, 16, 1, 54, payloads(54).get(2)),
                control(ByteOrder.LITTLE_ENDIAN, 16, 0, 11, payloads(11).get(2))));
        String bare = hex.formatHex(payloads(54).get(5));
        String text = control + "\n\n"
                + "1795333320.25 "
                + HexFormat.ofDelimiter(" ").formatHex(payloads(54).get(1)) + "\r\n"
                + "[2026-11-22T07:42:00,5+01:00] 0x" + bare + "\n"
                + "2026-11-22 07:42:00 "
                + HexFormat.of()
                        .withPrefix("\\x")
                        .formatHex(payloads(54).get(5))
                        .toUpperCase(Locale.ROOT)
                        .replace("\\X", "\\x")
                + "\n"
                + "no hexadecimal\n"
                + "0011223344\n";
        List<Map<String, Object>> rows = rows("hex", text.getBytes(StandardCharsets.US_ASCII));
        assertThat(rows).hasSize(4).extracting("ttl").containsExactly(64L, null, 64L, 64L);
        assertThat(rows).extracting("event").containsExactly("ACK", null, null, null);
        assertThat(rows)
                .extracting("logged")
                .containsExactly(
                        null, 1_795_333_320_250_000L, 1_795_333_320_500_000L - 3_600_000_000L, 1_795_333_320_000_000L);
        assertThat(reasons())
                .containsExactly(
                        "a line that is no hexadecimal",
                        "byte 0 of the line's: no control message with TCP statistics, nor attributes of such");
        assertThat(problems.get(0).offset()).isEqualTo(text.indexOf("no hex"));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void controlMessagesOf32Bits(ByteOrder order) {
        DiagDump to = new DiagDump(order);
        byte[] stamps = to.buffer(24).putInt(1_795_333_320).putInt(7).array();
        byte[] error = to.buffer(32)
                .putInt(42)
                .put(hex("04000000"))
                .putInt(9)
                .putInt(17)
                .array();
        byte[] stats = join(
                to.attribute(1, to.buffer(8).putLong(1).array()),
                to.attribute(2, to.buffer(8).putLong(2).array()),
                to.attribute(0),
                to.attribute(3, to.buffer(8).putLong(3).array()));
        byte[] message = join(
                control(order, 12, 1, 37, stamps), control(order, 12, 1, 54, stats), control(order, 12, 41, 25, error));
        List<Map<String, Object>> rows = rows("cmsg", join(message, new byte[8], message), order);
        assertThat(problems).isEmpty();
        assertThat(rows)
                .hasSize(2)
                .allSatisfy(row -> assertThat(row)
                        .containsEntry("tstamp_ns", 1_795_333_320_000_000_007L)
                        .containsEntry("event", null)
                        .containsEntry("ee_info", 9L)
                        .containsEntry("ee_data", 17L)
                        .containsEntry("sndbuf_limited", BigInteger.valueOf(3))
                        .containsEntry("delivered", null));
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    /** A program may leave out control messages that it did not ask for. */
    @Test
    void messagesWithoutTimeOrEvent() throws IOException {
        byte[] stats = control(ByteOrder.LITTLE_ENDIAN, 16, 1, 54, payloads(54).get(0));
        byte[] stamp = control(ByteOrder.LITTLE_ENDIAN, 16, 1, 37, payloads(37).get(0));
        byte[] error = control(ByteOrder.LITTLE_ENDIAN, 16, 0, 11, payloads(11).get(0));
        List<Map<String, Object>> rows = rows("cmsg", join(stats, stamp, stats, stats, error, error, stamp, error));
        assertThat(problems).isEmpty();
        assertThat(rows)
                .extracting(row -> (row.get("tstamp") != null ? "time " : "")
                        + (row.get("snd_cwnd") != null ? "stats " : "")
                        + (row.get("event") != null ? "event" : ""))
                .containsExactly("stats ", "time stats ", "stats event", "event", "time event");
    }

    @Test
    void unknownAttributesAndMessagesAreCounted() throws IOException {
        DiagDump to = new DiagDump(ByteOrder.LITTLE_ENDIAN);
        byte[] payload = join(payloads(54).get(0), to.attribute(28, (byte) 1));
        byte[] stats = control(ByteOrder.LITTLE_ENDIAN, 16, 1, 54, payload);
        byte[] other = control(ByteOrder.LITTLE_ENDIAN, 16, 0, 8, new byte[12]);
        assertThat(rows("cmsg", join(stats, other, stats, other))).hasSize(2);
        assertThat(reasons())
                .containsExactly("attribute 28 is unknown: 2 times", "control message 0/8 is unknown: 2 times");
        assertThat(problems.get(0).offset()).isEqualTo(16L + payloads(54).get(0).length);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 17, 63, 64, 80, 91, 300, 370})
    void whatIsCutShortIsAProblemAtItsPlace(int length) throws IOException {
        byte[] cut = Arrays.copyOf(events(), 376 + length);
        List<Map<String, Object>> rows = rows("cmsg", cut);
        assertThat(rows).hasSizeBetween(1, 2);
        assertThat(rows.get(0)).containsEntry("event", "SCHED");
        if (length != 64) {
            assertThat(problems).hasSize(1);
            assertThat(problems.get(0).offset()).isBetween(376L, 376L + length);
        }
    }

    @Test
    void anAttributeOfAnotherWidthIsAProblem() throws IOException {
        DiagDump to = new DiagDump(ByteOrder.LITTLE_ENDIAN);
        byte[] stats = payloads(54).get(0);
        byte[] wide = to.attribute(26, new byte[4]);
        assertThat(rows("nla", join(stats, wide)).get(0))
                .containsEntry("ttl", null)
                .containsEntry("snd_cwnd", 10L);
        assertThat(reasons()).containsExactly("attribute 26 with 4 bytes instead of 1");
        problems.clear();
        assertThat(rows("nla", join(stats, hex("ff001a00")))).hasSize(1);
        assertThat(reasons()).containsExactly("attribute 26 of 255 bytes does not fit its message");
        assertThat(problems.get(0).offset()).isEqualTo(stats.length);
    }

    @Test
    void theWrongByteOrderIsAProblem() throws IOException {
        assertThat(rows("cmsg", events(), ByteOrder.BIG_ENDIAN)).isEmpty();
        assertThat(reasons()).containsExactly("no control message with TCP statistics, nor attributes of such");
    }
}
