package io.tcpsnap.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcpsnap.Allocation;
import io.tcpsnap.decode.Problem;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any bytes give rows or problems; seeds are fixed. */
class SsFuzzTest {
    private static final Path CAPTURE = Path.of("src/test/resources/netlink/6.18/states.ss.txt");
    private static final int ROUNDS = 2000;
    private static final String ALPHABET = " \t\n\r:,()[]<>-/%*.eE+0123456789abcdfms\"\u0000\u00e9";

    private static final List<String> ULP_KEYS =
            List.of("version", "cipher", "txconf", "rxconf", "flags", "token", "seq", "sfseq", "ssnoff", "maplen");
    private static final List<String> VALUES = List.of(
            "",
            ":",
            "(",
            ")",
            "()",
            "(,)",
            ",",
            "/",
            "-1",
            "1e999999999",
            "1e+99",
            "99999999999999999999999",
            "0x",
            "0xg",
            "ffffffffffffffff",
            "fffffffffffffffff",
            "1/2/3",
            "(on,,)",
            "(on,99min,1)",
            "(on,1,1,1)",
            "ms",
            "1ms(",
            "1ms(%)",
            "9223372036854775807ms",
            "(bw:,mrtt:)",
            "(bw:1bps",
            "4294967296",
            "4294967.296",
            "((",
            "((\"",
            "1.bps",
            "\u0661",
            "16,1",
            "unknown(99999)",
            "unknown(1",
            "MmJjBbecvM",
            "0000(id:0)/fffffffff(id:0)",
            "0000(id:999)/1(id:0)",
            "12345678901234567890",
            "abcdefabcdefabcde",
            "1,2,3");

    private final List<Problem> problems = new ArrayList<>();

    private List<Map<String, Object>> decode(byte[] bytes) {
        problems.clear();
        List<Map<String, Object>> rows =
                Rows.of("tcp_info", Rows.tick(Map.of("ss/tcp", bytes), ByteOrder.LITTLE_ENDIAN), problems);
        for (Problem problem : problems) {
            assertThat(problem.offset()).isBetween(0L, (long) bytes.length);
            assertThat(problem.bytes().length).isLessThanOrEqualTo(Problem.MAX_BYTES);
        }
        for (Map<String, Object> row : rows) {
            for (Object value : row.values()) {
                assertThat(value instanceof String text && text.indexOf('\ufffd') >= 0)
                        .isFalse();
            }
        }
        return rows;
    }

    @Test
    void mutatedTextGivesRowsOrProblems() throws IOException {
        byte[] sound = Files.readString(CAPTURE).replaceAll(" {8,}", "  ").getBytes(StandardCharsets.UTF_8);
        Random random = new Random(1);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = mutate(sound, random);
            List<Map<String, Object>> rows = decode(bytes);
            assertThat(rows.size() + problems.size()).isGreaterThanOrEqualTo(lines(bytes));
        }
    }

    private static byte[] mutate(byte[] sound, Random random) {
        byte[] bytes = sound.clone();
        for (int i = random.nextInt(30); i > 0; i--) {
            int at = random.nextInt(bytes.length);
            bytes[at] = switch (random.nextInt(3)) {
                case 0 -> (byte) random.nextInt();
                case 1 -> (byte) ALPHABET.charAt(random.nextInt(ALPHABET.length()));
                default -> bytes[random.nextInt(bytes.length)];
            };
        }
        return random.nextInt(3) == 0 ? java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }

    /** Lines that must be a row or a problem by themselves: those that begin with no blank, but for titles. */
    private static int lines(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int lines = 0;
        for (String line : text.split("\n", -1)) {
            lines += line.matches("(?s)[^ \t\r].*") && !line.contains("Recv-Q") && !line.matches("(?s)(mptcp|nl|raw).*")
                    ? 1
                    : 0;
        }
        return lines;
    }

    @Test
    void randomTextGivesProblems() {
        Random random = new Random(2);
        for (int round = 0; round < ROUNDS; round++) {
            StringBuilder text = new StringBuilder(round % 2 == 0 ? "ESTAB 0 0 10.0.0.1:1 [::1]:2 " : "");
            for (int i = random.nextInt(400); i > 0; i--) {
                text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
            decode(text.toString().getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void randomBytesGiveProblems() {
        Random random = new Random(3);
        for (int round = 0; round < 300; round++) {
            byte[] bytes = new byte[100 + random.nextInt(3000)];
            random.nextBytes(bytes);
            assertThat(decode(bytes)).isEmpty();
            assertThat(problems).isNotEmpty();
        }
    }

    /** One line of words that each begin something which does not end. */
    @ParameterizedTest
    @ValueSource(strings = {"users:((\"x ", "opt:\" ", "inet-sockopt:( ", "send ", "a: ", "timer:( ", "x "})
    void aLineCostsNoMoreThanItsLength(String piece) throws IOException {
        byte[] bytes = ("ESTAB 0 0 10.0.0.1:1 10.0.0.2:2 " + piece.repeat(20_000)).getBytes(StandardCharsets.UTF_8);
        Allocation.assertAtMost(
                1000L * bytes.length, () -> assertThat(decode(bytes)).hasSize(1));
    }

    /** Every key with every kind of value. */
    @Test
    void anyValueOfAnyKeyIsSafe() {
        List<String> keys = List.of(
                "rto",
                "rtt",
                "ato",
                "uid",
                "ino",
                "sk",
                "cgroup",
                "timer",
                "skmem",
                "mem",
                "bbr",
                "dctcp",
                "wscale",
                "busy",
                "rwnd_limited",
                "retrans",
                "fwmark",
                "tos",
                "v6only",
                "users",
                "opt",
                "inet-sockopt",
                "minrtt",
                "bytes_acked",
                "cwnd",
                "pacing_rate",
                "delivery_rate",
                "send");
        for (String key : keys) {
            for (String value : VALUES) {
                for (String separator : List.of(":", " ")) {
                    String line = "ESTAB 0 0 10.0.0.1:1 10.0.0.2:2 " + key + separator + value;
                    assertThat(decode((line + "\n").getBytes(StandardCharsets.UTF_8)))
                            .as(line)
                            .hasSize(1);
                }
            }
        }
    }

    @Test
    void anyValueOfAnyKeyOfAnUpperLayerIsSafe() {
        for (String key : ULP_KEYS) {
            for (String value : VALUES) {
                String line = "ESTAB 0 0 10.0.0.1:1 10.0.0.2:2 tcp-ulp-x " + key + ":" + value;
                List<Map<String, Object>> rows = decode((line + "\n").getBytes(StandardCharsets.UTF_8));
                assertThat(rows).as(line).hasSize(1);
                assertThat(rows.get(0)).containsEntry("ulp", "x");
            }
        }
    }
}
