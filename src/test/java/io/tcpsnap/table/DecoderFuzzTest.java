package io.tcpsnap.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcpsnap.archive.Tick;
import io.tcpsnap.decode.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Any bytes give rows or problems: no exception, no hang, no line that is neither. Seeds are fixed. */
class DecoderFuzzTest {
    private static final int ROUNDS = 2000;

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = DecoderFuzzTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "tcp, proc/net/tcp, /proc/6.18/states/net/tcp",
        "tcp, proc/net/tcp6, /proc/6.18/states/net/tcp6",
        "net_dev, proc/net/dev, /proc/6.18/states/net/dev",
        "counter, proc/net/snmp, /proc/6.18/states/net/snmp",
        "counter, proc/net/netstat, /proc/6.18/states/net/netstat",
        "counter, proc/net/snmp6, /proc/6.18/states/net/snmp6",
        "sockstat, proc/net/sockstat, /proc/6.18/states/net/sockstat",
        "softnet, proc/net/softnet_stat, /proc/6.18/states/net/softnet_stat",
        "tcp_info, sock_diag/tcp, /netlink/6.18/states.v4.bin",
        "tcp_info, sock_diag/tcp, /netlink/6.18/states.v6.bin",
    })
    void mutatedCapturesGiveRowsOrProblems(String table, String path, String file) throws IOException {
        byte[] sound = resource(file);
        Random random = new Random(file.hashCode());
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = mutate(sound, random);
            List<Problem> problems = new ArrayList<>();
            ByteOrder order = random.nextInt(4) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            Tick tick = Rows.tick(Map.of(path, bytes), order);
            List<Map<String, Object>> rows = Rows.of(table, tick, problems);
            if (table.equals("tcp")) {
                assertThat(rows.size() + problems.size()).isGreaterThanOrEqualTo(lines(bytes));
            }
            for (Problem problem : problems) {
                assertThat(problem.offset()).isBetween(0L, (long) bytes.length);
                assertThat(problem.bytes().length).isLessThanOrEqualTo(Problem.MAX_BYTES);
            }
        }
    }

    /** Lines that are neither blank nor a header. */
    private static int lines(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return (int) Arrays.stream(text.split("\n", -1))
                .filter(line -> !line.matches("[ \\t\\r]*") && !line.matches("(?s)[ \\t\\r]*sl([ \\t\\r].*)?"))
                .count();
    }

    private static byte[] mutate(byte[] sound, Random random) {
        byte[] bytes = sound.clone();
        for (int i = random.nextInt(12); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = switch (random.nextInt(4)) {
                case 0 -> (byte) random.nextInt();
                case 1 -> (byte) ' ';
                case 2 -> (byte) '\n';
                default -> (byte) (bytes[random.nextInt(bytes.length)] ^ 1 << random.nextInt(8));
            };
        }
        if (random.nextInt(3) == 0) {
            bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
        }
        return bytes;
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2", "3"})
    void randomBytesGiveProblems(int seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            Map<String, byte[]> copies = new LinkedHashMap<>();
            for (String path : List.of(
                    "proc/net/tcp",
                    "proc/net/tcp6",
                    "proc/net/dev",
                    "proc/net/snmp",
                    "proc/net/snmp6",
                    "proc/net/sockstat",
                    "proc/net/softnet_stat",
                    "sock_diag/tcp")) {
                byte[] bytes = new byte[random.nextInt(3000)];
                random.nextBytes(bytes);
                copies.put(path, bytes);
            }
            Tick tick = Rows.tick(copies, ByteOrder.LITTLE_ENDIAN);
            List<Problem> problems = new ArrayList<>();
            for (TickTable<?> table : Tables.ALL) {
                Rows.of(table.table().name(), tick, problems);
            }
            assertThat(problems).isNotEmpty();
        }
    }
}
