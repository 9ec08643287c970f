package io.tcpsnap.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tcpsnap.decode.Problem;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code tcp} says of a row beyond its words: units by kernel, and rows that one walk lists twice. */
class TcpRowsTest {
    private static final String LISTEN =
            "0: 00000000:0050 00000000:0000 0A 00000000:00000002 00:00000000 00000000 0 0 %d 1 0" + " 100 0 0 10 0";
    private static final String ESTABLISHED =
            "1: 0100007F:0016 0100007F:%04X 01 00000000:00000000 01:0000000A 00000000 0 0 7 1 0 20 4 30 10 -1";
    private static final String TIME_WAIT =
            "2: 0100007F:0016 0100007F:%04X 06 00000000:00000000 03:0000000A 00000000 0 0 0 3 0";

    private final List<Problem> problems = new ArrayList<>();

    private List<Map<String, Object>> rows(String kernel, String... lines) {
        byte[] text =
                Arrays.stream(lines).collect(Collectors.joining("\n", "", "\n")).getBytes(StandardCharsets.US_ASCII);
        List<Map<String, Object>> rows =
                Rows.of("tcp", Rows.tick(Map.of("proc/net/tcp", text), ByteOrder.LITTLE_ENDIAN, kernel), problems);
        assertThat(problems).isEmpty();
        return rows;
    }

    @ParameterizedTest
    @CsvSource({
        "2.4.22, , , ",
        "2.6.20, 100, , 2",
        "2.6.31.14, 100, , 2",
        "2.6.32-431.el6.x86_64, 100, 200, 2",
        "6.18.44, 100, 200, 2",
        ", 100, 200, 2",
    })
    void timesAreNullWhereTheKernelPrintsJiffies(String kernel, Long timer, Long rto, Long acceptQueue) {
        List<Map<String, Object>> rows = rows(kernel, LISTEN.formatted(5), ESTABLISHED.formatted(1));
        assertThat(rows.get(0)).containsEntry("accept_queue", acceptQueue);
        assertThat(rows.get(1))
                .containsEntry("tm_when", 10L)
                .containsEntry("timer_ms", timer)
                .containsEntry("rto", 20L)
                .containsEntry("rto_ms", rto)
                .containsEntry("ato", 4L)
                .containsEntry("ato_ms", rto == null ? null : (Object) 40L);
    }

    @Test
    void aSocketThatOneWalkListsTwiceIsADuplicate() {
        assertThat(rows(
                        "6.18",
                        LISTEN.formatted(5),
                        LISTEN.formatted(6), // SO_REUSEPORT: another socket
                        ESTABLISHED.formatted(1),
                        ESTABLISHED.formatted(2),
                        TIME_WAIT.formatted(1), // reused port: another kind
                        ESTABLISHED.formatted(1),
                        LISTEN.formatted(5),
                        TIME_WAIT.formatted(1)))
                .extracting(row -> row.get("state"), row -> row.get("duplicate"))
                .containsExactly(
                        tuple("LISTEN", false),
                        tuple("LISTEN", false),
                        tuple("ESTABLISHED", false),
                        tuple("ESTABLISHED", false),
                        tuple("TIME_WAIT", false),
                        tuple("ESTABLISHED", true),
                        tuple("LISTEN", true),
                        tuple("TIME_WAIT", true));
    }

    @Test
    void quotedAndWrappedRowsAreRead() {
        String full = ESTABLISHED.formatted(1);
        List<Map<String, Object>> expected = rows("6.18", full, TIME_WAIT.formatted(2), full);
        int at = full.indexOf(" 00000000 0 0 7");
        String wrapped = full.substring(0, at) + "\n> " + full.substring(at + 1);
        assertThat(rows("6.18", "> > " + full, ">" + TIME_WAIT.formatted(2), "> " + wrapped))
                .isEqualTo(expected);
        for (int i = full.indexOf(' '); i > 0; i = full.indexOf(' ', i + 1)) {
            wrapped = full.substring(0, i) + "\r\n" + full.substring(i + 1);
            assertThat(rows("6.18", wrapped, TIME_WAIT.formatted(2), wrapped))
                    .as(wrapped)
                    .isEqualTo(expected);
        }
    }

    @Test
    void whatFollowsARowThatIsCutShortIsNotItsRest() {
        byte[] text = (ESTABLISHED.formatted(1).substring(0, 60) + "\n$ cat /proc/net/tcp6\n\n"
                        + ESTABLISHED.formatted(2) + "\nand three words\n")
                .getBytes(StandardCharsets.US_ASCII);
        List<Map<String, Object>> rows =
                Rows.of("tcp", Rows.tick(Map.of("proc/net/tcp", text), ByteOrder.LITTLE_ENDIAN), problems);
        assertThat(rows).extracting(row -> row.get("remote_port")).containsExactly(2L);
        assertThat(problems).extracting(Problem::offset).containsExactly(0L, 61L, (long) text.length - 16);
    }

    @Test
    void manyRowsAreToldApart() {
        String[] lines = IntStream.range(0, 20_000)
                .mapToObj(i -> ESTABLISHED.formatted(i < 10_000 ? i : 29_999 - i - 10_000 + 5_000))
                .toArray(String[]::new);
        long distinct = Arrays.stream(lines).distinct().count();
        assertThat(rows("6.18", lines))
                .filteredOn(row -> row.get("duplicate").equals(false))
                .hasSize((int) distinct);
    }
}
