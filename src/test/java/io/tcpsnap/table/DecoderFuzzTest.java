package io.tcpsnap.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcpsnap.decode.Problem;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Any bytes give rows or problems: no exception, no hang, nothing that is neither. Seeds are fixed. */
class DecoderFuzzTest {
    private static final Path RESOURCES = Path.of("src/test/resources");
    private static final int ROUNDS = 2000;

    /** All fixtures with this ending, whatever their kernel. */
    private static List<byte[]> fixtures(String ending) throws IOException {
        List<byte[]> fixtures = new ArrayList<>();
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            for (Path file : files.filter(f -> f.endsWith(ending)).sorted().toList()) {
                fixtures.add(Files.readAllBytes(file));
            }
        }
        assertThat(fixtures).isNotEmpty();
        return fixtures;
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "tcp, net/tcp",
        "tcp, net/tcp6",
        "net_dev, net/dev",
        "counter, net/snmp",
        "counter, net/netstat",
        "counter, net/snmp6",
        "sockstat, net/sockstat",
        "sockstat, net/sockstat6",
        "softnet, net/softnet_stat",
        "tcp_info, states.v4.bin",
        "tcp_info, states.v6.bin",
        "tcp_info, mptcp.subflows.bin",
        "mptcp_info, mptcp.bin",
    })
    void mutatedFixturesGiveRowsOrProblems(String table, String ending) throws IOException {
        List<byte[]> fixtures = fixtures(ending);
        Mutation mutation = new Mutation(ending.hashCode());
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = mutation.of(fixtures.get(round % fixtures.size()));
            ByteOrder order = round % 5 == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            List<Problem> problems = new ArrayList<>();
            String path = ending.endsWith(".bin") ? table.replaceFirst("(.*)_info", "sock_diag/$1") : "proc/" + ending;
            List<Map<String, Object>> rows = Rows.of(table, Rows.tick(Map.of(path, bytes), order), problems);
            long expected = switch (ending) {
                case "states.v4.bin", "states.v6.bin", "mptcp.subflows.bin", "mptcp.bin" ->
                    Account.rowsByMessage(bytes, order);
                case "net/tcp", "net/tcp6" -> Account.rowsByNumber(bytes, problems);
                case "net/snmp", "net/netstat", "net/sockstat", "net/sockstat6" -> Account.rowsByWord(bytes, problems);
                default -> Account.rowsByLine(bytes, problems);
            };
            assertThat((long) rows.size()).as("round %d: %s", round, problems).isEqualTo(expected);
            problems.forEach(problem -> assertBytesAreThere(problem, bytes));
            assertTextIsUtf8(rows);
        }
    }

    /** Messages have no count of their own: an untouched one in front must be a row, whatever follows. */
    @ParameterizedTest
    @ValueSource(strings = {"cmsg", "hex"})
    void mutatedControlMessagesGiveRowsOrProblems(String form) throws IOException {
        byte[] sound = fixtures("events.cmsg").get(0);
        byte[] first = Arrays.copyOf(sound, 376);
        Mutation mutation = new Mutation(form.hashCode());
        for (int round = 0; round < ROUNDS; round++) {
            byte[] other = mutation.of(sound);
            byte[] bytes = form.equals("hex") ? lines(first, other) : join(first, other);
            List<Problem> problems = new ArrayList<>();
            List<Map<String, Object>> rows = Rows.of(
                    "opt_stats", Rows.tick(Map.of("opt_stats/" + form, bytes), ByteOrder.LITTLE_ENDIAN), problems);
            assertThat(rows.get(0)).containsEntry("event", "SCHED").containsEntry("snd_cwnd", 10L);
            assertThat(rows.size() + problems.size()).isGreaterThan(other.length >= 16 ? 1 : 0);
            problems.forEach(problem -> assertBytesAreThere(problem, bytes));
        }
    }

    private static byte[] join(byte[] one, byte[] other) {
        byte[] joined = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, joined, one.length, other.length);
        return joined;
    }

    private static byte[] lines(byte[] one, byte[] other) {
        HexFormat hex = HexFormat.of();
        return (hex.formatHex(one) + "\n" + hex.formatHex(other) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static void assertBytesAreThere(Problem problem, byte[] bytes) {
        assertThat(problem.offset()).isBetween(0L, (long) bytes.length);
        assertThat(problem.bytes().length).isLessThanOrEqualTo(Problem.MAX_BYTES);
        int from = (int) problem.offset();
        assertThat(Arrays.copyOfRange(bytes, from, from + problem.bytes().length))
                .isEqualTo(problem.bytes());
    }

    /** A byte that is no UTF-8 would be read as U+FFFD here, and make DuckDB throw. */
    private static void assertTextIsUtf8(List<Map<String, Object>> rows) {
        for (Map<String, Object> row : rows) {
            for (Object value : row.values()) {
                assertThat(value instanceof String text && text.indexOf('\ufffd') >= 0)
                        .as("%s", row)
                        .isFalse();
            }
        }
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
                    "sock_diag/tcp",
                    "sock_diag/mptcp",
                    "opt_stats/cmsg",
                    "opt_stats/nla",
                    "opt_stats/hex",
                    "owners",
                    "events",
                    "sockopt",
                    "sockopt_handed")) {
                byte[] bytes = new byte[random.nextInt(3000)];
                random.nextBytes(bytes);
                copies.put(path, bytes);
            }
            List<Problem> problems = new ArrayList<>();
            for (TickTable<?> table : Tables.all()) {
                Rows.of(table.table().name(), Rows.tick(copies, ByteOrder.LITTLE_ENDIAN), problems);
            }
            assertThat(problems).isNotEmpty();
        }
    }
}
