package io.tcpsnap.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcpsnap.decode.Problem;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A row that is printed as the kernel does is read by fixed columns, any other by its words; a mark of quotation in front
 * makes it other. Both ways must read the same, whatever happened to the bytes.
 */
class TcpLineFormTest {
    private static final int CASES = 3000;

    private record Decoded(List<Map<String, Object>> rows, List<String> reasons) {
        static Decoded of(byte[] text, ByteOrder order) {
            List<Problem> problems = new ArrayList<>();
            List<Map<String, Object>> rows =
                    Rows.of("tcp", Rows.tick(new LinkedHashMap<>(Map.of("proc/net/tcp", text)), order), problems);
            return new Decoded(rows, problems.stream().map(Problem::reason).toList());
        }
    }

    @ParameterizedTest
    @CsvSource({"tcp, LITTLE_ENDIAN", "tcp6, LITTLE_ENDIAN", "tcp, BIG_ENDIAN", "tcp6, BIG_ENDIAN"})
    void bothWaysReadTheSame(String file, String order) throws IOException {
        byte[] text = Files.readAllBytes(Path.of("src/test/resources/proc/6.18/states/net", file));
        ByteOrder bytes = order.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        assertThat(Decoded.of(text, bytes).rows())
                .isNotEmpty()
                .isEqualTo(Decoded.of(quoted(text), bytes).rows());
        Mutation mutation = new Mutation(7);
        for (int i = 0; i < CASES; i++) {
            byte[] mutated = mutation.of(text);
            assertThat(Decoded.of(mutated, bytes))
                    .as(() -> new String(mutated, StandardCharsets.ISO_8859_1))
                    .isEqualTo(Decoded.of(quoted(mutated), bytes));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "99999999; 0100007F; -2147483648; 4294967295",
                "1; 0100007f; -1; 4294967296",
                "1; 010000GF; -; 1",
                "1; 0100007F; 999999999999999999; 1",
                "1; 0100007F; 9223372036854775807; 1",
                "1; 0100007F; 9223372036854775808; 1",
                "1; 0100007F; 99999999999999999999; 1",
                "2147483648; 0100007F; 7; 1",
                "1; 0100007F; 7; -1",
                "1; 0100007F; - 7; 1",
            })
    void bothWaysHaveTheSameLimits(String sl, String address, String ssthresh, String cwnd) {
        byte[] text = ("%4s: %s:0016 0100007F:0017 01 00000000:00000001 01:0000000A 00000000     0        0 7 1"
                        + " 0000000000000000 20 4 30 %s %s")
                .formatted(sl, address, cwnd, ssthresh)
                .concat(" ".repeat(60) + "\n")
                .getBytes(StandardCharsets.US_ASCII);
        assertThat(Decoded.of(text, ByteOrder.LITTLE_ENDIAN))
                .isEqualTo(Decoded.of(quoted(text), ByteOrder.LITTLE_ENDIAN));
    }

    private static byte[] quoted(byte[] text) {
        String lines = new String(text, StandardCharsets.ISO_8859_1);
        return lines.replaceAll("(?<=^|\n)(?=[^\n]|\n)", ">").getBytes(StandardCharsets.ISO_8859_1);
    }
}
