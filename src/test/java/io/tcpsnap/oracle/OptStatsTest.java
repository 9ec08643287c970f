package io.tcpsnap.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcpsnap.capture.SourceProbe;
import io.tcpsnap.decode.Problem;
import io.tcpsnap.lab.NativeConnection;
import io.tcpsnap.table.Rows;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Events of this machine's kernel beside the tcp_info of the same socket. */
class OptStatsTest {
    private static final int BYTES = 4321;

    private final List<Problem> problems = new ArrayList<>();

    private List<Map<String, Object>> rows(String table, String entry, byte[] bytes) {
        return Rows.of(table, Rows.tick(Map.of(entry, bytes), ByteOrder.nativeOrder()), problems);
    }

    /** Control buffers one after the other, up to the ACK of the last byte. */
    private static byte[] events(NativeConnection connection) throws InterruptedException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int events = 0; events < 3; ) {
            byte[] event = connection.nextEvent();
            if (event == null) {
                Thread.sleep(1);
            } else {
                all.writeBytes(event);
                events++;
            }
        }
        return all.toByteArray();
    }

    @Test
    void theLastEventHasTheNumbersOfTcpInfo() throws Exception {
        List<Map<String, Object>> rows;
        Map<String, Object> info;
        Instant before = Instant.now();
        try (NativeConnection connection = NativeConnection.tcp()) {
            connection.askForEvents();
            connection.send(BYTES);
            rows = rows("opt_stats", "opt_stats/cmsg", events(connection));
            SourceProbe diag = new SourceProbe("diag");
            diag.take();
            info = rows("tcp_info", "sock_diag/tcp", diag.bytes()).stream()
                    .filter(row -> row.get("remote_port").equals((long) connection.port()))
                    .findFirst()
                    .orElseThrow();
        }
        assertThat(problems).isEmpty();
        assertThat(rows).extracting("event").containsExactlyInAnyOrder("SCHED", "SND", "ACK");
        assertThat(rows).extracting("ee_data").containsOnly(BYTES - 1L);
        long micros = before.getEpochSecond() * 1_000_000L + before.getNano() / 1000;
        assertThat(rows).allSatisfy(row -> {
            assertThat((Long) row.get("tstamp")).isBetween(micros, micros + 3_600_000_000L);
            assertThat((Long) row.get("tstamp_ns") / 1000).isEqualTo(row.get("tstamp"));
            assertThat(row.get("ttl") != null).isEqualTo(row.get("event").equals("ACK"));
        });
        Map<String, Object> last = rows.stream()
                .filter(row -> row.get("event").equals("ACK"))
                .findFirst()
                .orElseThrow();
        for (String name : List.of(
                "bytes_sent",
                "bytes_retrans",
                "reordering",
                "reord_seen",
                "dsack_dups",
                "ca_state",
                "in_initial_slowstart",
                "delivered_ce",
                "rehash",
                "rwnd_limited",
                "sndbuf_limited")) {
            assertThat(last.get(name)).as(name).isNotNull().isEqualTo(same(info.get(name), last.get(name)));
        }
        assertThat(last)
                .containsEntry("bytes_sent", BigInteger.valueOf(BYTES))
                .containsEntry("data_segs_out", BigInteger.valueOf((Long) info.get("data_segs_out")))
                .containsEntry("total_retrans", BigInteger.valueOf((Long) info.get("total_retrans")))
                .containsEntry("sndq_size", 0L)
                .containsEntry("bytes_notsent", 0L)
                .containsEntry("ttl", 64L);
        assertThat((Long) last.get("min_rtt")).isPositive();
    }

    /** tcp_info has some numbers in fewer bytes. */
    private static Object same(Object info, Object like) {
        return like instanceof BigInteger && info instanceof Long number ? BigInteger.valueOf(number) : info;
    }
}
