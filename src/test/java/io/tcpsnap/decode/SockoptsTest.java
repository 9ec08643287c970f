package io.tcpsnap.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcpsnap.kernel.SockOption;
import io.tcpsnap.kernel.SockoptEntry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The entry sockopt, of hosts of both byte orders. */
class SockoptsTest {
    private static final int NODELAY = index("tcp_nodelay");
    private static final int CONGESTION = index("tcp_congestion");
    private static final int PACING = index("so_max_pacing_rate");
    private static final int INFO = index("tcp_info");

    private final List<Problem> problems = new ArrayList<>();
    private ByteBuffer entry = ByteBuffer.allocate(2000);

    private static int index(String name) {
        List<String> names = SockOption.ALL.stream().map(SockOption::name).toList();
        return names.indexOf(name);
    }

    private SockoptsTest record(int level, int number, int errno, byte... value) {
        entry.putShort((short) level).putShort((short) number).putShort((short) errno);
        entry.putShort((short) value.length).put(value);
        entry.position(SockoptEntry.align(entry.position()));
        return this;
    }

    private SockoptsTest socket(long inode, int errno) {
        byte[] value = ByteBuffer.allocate(16)
                .order(entry.order())
                .putLong(inode)
                .putInt(4711)
                .putInt(9)
                .array();
        return record(SockoptEntry.LEVEL, SockoptEntry.SOCKET, errno, value);
    }

    private SockoptsTest end() {
        return record(SockoptEntry.LEVEL, SockoptEntry.END, 0, new byte[12]);
    }

    private byte[] bytes() {
        return Arrays.copyOf(entry.array(), entry.position());
    }

    private List<String> rows(byte[] bytes) {
        Sockopts sockopts = new Sockopts(problems::add);
        sockopts.reset(Snapshot.of(1, 0, "host", null, 100, entry.order(), null), "sockopt", bytes, bytes.length);
        List<String> rows = new ArrayList<>();
        while (sockopts.next()) {
            StringBuilder row = new StringBuilder(
                    sockopts.inode() + " " + sockopts.pid() + " " + sockopts.fd() + " " + sockopts.errno());
            for (int i = 0; i < SockOption.ALL.size(); i++) {
                if (sockopts.has(i)) {
                    row.append(' ')
                            .append(SockOption.ALL.get(i).name())
                            .append('=')
                            .append(value(sockopts, i));
                }
            }
            rows.add(row.toString());
        }
        return rows;
    }

    private static String value(Sockopts row, int option) {
        return switch (SockOption.ALL.get(option).type()) {
            case TEXT -> new String(row.text(option), StandardCharsets.UTF_8);
            case BYTES -> Arrays.toString(row.raw(option));
            case TIMEVAL -> row.first(option) + "s" + row.second(option, 8);
            case LINGER -> row.number(option) + "/" + row.second(option, 4);
            default -> Long.toUnsignedString(row.number(option));
        };
    }

    private SockoptsTest option(int index, int errno, byte... value) {
        SockOption option = SockOption.ALL.get(index);
        return record(option.level(), option.number(), errno, value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
    void aRowHasWhatWasAnswered(String order) {
        boolean big = order.equals("BIG_ENDIAN");
        entry = entry.order(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        byte[] one = big ? new byte[] {0, 0, 0, 1} : new byte[] {1, 0, 0, 0};
        socket(77, 0).option(NODELAY, 0, one).option(CONGESTION, 0, "cubic\0\0\0".getBytes(StandardCharsets.US_ASCII));
        option(PACING, 92).option(INFO, 0, (byte) 1, (byte) 2, (byte) 3);
        socket(1L << 33, 1)
                .socket(79, 0)
                .option(NODELAY, 0, (byte) 1)
                .option(PACING, 0, new byte[8])
                .end();
        assertThat(rows(bytes()))
                .containsExactly(
                        "77 4711 9 0 tcp_nodelay=1 tcp_info=[1, 2, 3] tcp_congestion=cubic",
                        "8589934592 4711 9 1",
                        "79 4711 9 0 so_max_pacing_rate=0");
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
    void aSocketThatWasHandedOverHasItsTime(String order) {
        entry = entry.order(order.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        ByteBuffer value = ByteBuffer.allocate(24).order(entry.order());
        value.putLong(77).putInt(4711).putInt(0).putLong(1_795_330_800_123_456_789L);
        record(SockoptEntry.LEVEL, SockoptEntry.HANDED, 0, value.array()).option(CONGESTION, 0, (byte) 'r', (byte) 0);
        socket(78, 0).end();
        Sockopts row = new Sockopts(problems::add);
        byte[] bytes = bytes();
        row.reset(Snapshot.of(1, 0, "host", null, 100, entry.order(), null), "sockopt_handed", bytes, bytes.length);
        assertThat(row.next()).isTrue();
        assertThat(row.isHanded()).isTrue();
        assertThat(row.inode()).isEqualTo(77);
        assertThat(row.pid()).isEqualTo(4711);
        assertThat(row.readMicros()).isEqualTo(1_795_330_800_123_456L);
        assertThat(row.has(CONGESTION)).isTrue();
        assertThat(row.next()).isTrue();
        assertThat(row.isHanded()).isFalse();
        assertThat(row.next()).isFalse();
        assertThat(problems).isEmpty();
    }

    @Test
    void whatIsUnknownOrOutOfPlaceIsAProblem() {
        entry.order(ByteOrder.LITTLE_ENDIAN);
        option(NODELAY, 0, new byte[4])
                .socket(7, 0)
                .record(6, 99, 0, new byte[4])
                .record(6, 98, 0, new byte[4]);
        record(SockoptEntry.LEVEL, 50, 0);
        assertThat(rows(bytes())).containsExactly("7 4711 9 0");
        assertThat(problems)
                .extracting(Problem::reason)
                .containsExactly(
                        "an option without a socket",
                        "option 99 of level 6 is unknown",
                        "a record of kind 50 and 8 bytes",
                        "the sweep ends without its last record: it was cut short");
    }

    @Test
    void anyBytesGiveRowsOrProblems() {
        entry.order(ByteOrder.LITTLE_ENDIAN);
        socket(77, 0)
                .option(NODELAY, 0, new byte[4])
                .option(CONGESTION, 0, new byte[16])
                .socket(78, 0)
                .end();
        byte[] sound = bytes();
        Random random = new Random(11);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = Arrays.copyOf(sound, random.nextInt(sound.length + 1));
            for (int i = random.nextInt(6); i > 0 && bytes.length > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(random.nextBoolean() ? 256 : 8);
            }
            problems.clear();
            int rows = rows(bytes).size();
            assertThat(rows).isLessThanOrEqualTo(bytes.length / 24 + 1);
            assertThat(bytes.length < sound.length && problems.isEmpty()).isFalse();
            problems.forEach(problem -> assertThat(problem.offset()).isBetween(0L, (long) bytes.length));
        }
    }
}
