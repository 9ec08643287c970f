package io.tcpsnap.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcpsnap.archive.Tick;
import io.tcpsnap.decode.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One moment of kernel 6.18 with a socket in each state, beside a decoding made by another program. */
class CapturedStatesTest {
    private final List<Problem> problems = new ArrayList<>();

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = CapturedStatesTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v4", "v6"})
    void everyColumnOfTcpInfoIsWhatAnotherDecoderReads(String family) throws IOException {
        Tick tick = Rows.tick(
                Map.of("sock_diag/tcp", resource("/netlink/6.18/states." + family + ".bin")), ByteOrder.LITTLE_ENDIAN);
        List<Map<String, Object>> rows = Rows.of("tcp_info", tick, problems);
        List<CapturedSocket> expected = CapturedSocket.all(resource("/netlink/6.18/states." + family + ".json"));

        assertThat(problems).isEmpty();
        assertThat(rows).hasSameSizeAs(expected).hasSizeGreaterThan(20);
        for (int i = 0; i < rows.size(); i++) {
            Map<String, String> read = new TreeMap<>();
            rows.get(i).forEach((name, value) -> {
                if (value != null) {
                    read.put(name, value.toString());
                }
            });
            read.keySet().removeAll(List.of("snapshot_id", "ts", "host", "netns", "source", "conn"));
            assertThat(read).isEqualTo(new TreeMap<>(expected.get(i).columns()));
        }
    }

    /** The two tables join on conn: each line of /proc/net/tcp is a message too. */
    @ParameterizedTest
    @CsvSource({"v4, tcp", "v6, tcp6"})
    void connIsTheSameInBothTables(String family, String file) throws IOException {
        Tick tick = Rows.tick(
                Map.of(
                        "sock_diag/tcp",
                        resource("/netlink/6.18/states." + family + ".bin"),
                        "proc/net/" + file,
                        resource("/proc/6.18/states/net/" + file)),
                ByteOrder.LITTLE_ENDIAN);
        Map<Object, Object> messages = new LinkedHashMap<>();
        for (Map<String, Object> row : Rows.of("tcp_info", tick, problems)) {
            messages.put(row.get("conn"), row.get("local_addr") + " " + row.get("local_port") + " " + row.get("state"));
        }
        for (Map<String, Object> row : Rows.of("tcp", tick, problems)) {
            assertThat(messages.get(row.get("conn")))
                    .isEqualTo(row.get("local_addr") + " " + row.get("local_port") + " " + row.get("state"));
        }
    }

    @Test
    void everyLineOfProcNetTcpIsARow() throws IOException {
        Tick tick = Rows.tick(
                Map.of(
                        "proc/net/tcp", resource("/proc/6.18/states/net/tcp"),
                        "proc/net/tcp6", resource("/proc/6.18/states/net/tcp6")),
                ByteOrder.LITTLE_ENDIAN);
        List<Map<String, Object>> rows = Rows.of("tcp", tick, problems);
        assertThat(problems).isEmpty();
        assertThat(rows).hasSize(20 + 24);
        assertThat(rows.get(0))
                .containsEntry("state", "LISTEN")
                .containsEntry("accept_queue", 2L)
                .containsEntry("rx_queue", null)
                .containsEntry("fastopen_queue_max", 5L)
                .containsEntry("ssthresh", null)
                .containsEntry("local_port", 20000L);
        assertThat(rows.get(7))
                .containsEntry("timer", "probe0")
                .containsEntry("tm_when", 0x25L)
                .containsEntry("timer_ms", 370L)
                .containsEntry("timeout", 2L)
                .containsEntry("tx_queue", 3000L)
                .containsEntry("in_initial_slowstart", true);
        assertThat(rows.get(12))
                .containsEntry("state", "FIN_WAIT2")
                .containsEntry("row_kind", "time_wait")
                .containsEntry("rto", null)
                .containsEntry("in_initial_slowstart", null);
        assertThat(rows.get(18))
                .containsEntry("quick", 15L)
                .containsEntry("pingpong", false)
                .containsEntry("rx_queue", 100L)
                .containsEntry("ato_ms", 40L);
        assertThat(rows.get(19)).containsEntry("state", "SYN_RECV").containsEntry("row_kind", "request");
        assertThat(rows.get(24))
                .containsEntry("local_addr", "::ffff:10.99.0.1")
                .containsEntry("remote_addr", "::ffff:10.99.0.4")
                .containsEntry("family", 6L);
        assertThat(rows.get(25)).containsEntry("local_addr", "fd99::1");
    }
}
