package io.tcpsnap.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tcpsnap.archive.Tick;
import io.tcpsnap.decode.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One moment of kernel 6.18 with a socket in each state, beside a decoding made by another program. */
class CapturedStatesTest {
    private static final Map<String, Integer> NUMBERS = Map.ofEntries(
            Map.entry("ESTABLISHED", 1),
            Map.entry("SYN_SENT", 2),
            Map.entry("SYN_RECV", 3),
            Map.entry("FIN_WAIT1", 4),
            Map.entry("FIN_WAIT2", 5),
            Map.entry("TIME_WAIT", 6),
            Map.entry("CLOSE", 7),
            Map.entry("CLOSE_WAIT", 8),
            Map.entry("LAST_ACK", 9),
            Map.entry("LISTEN", 10),
            Map.entry("CLOSING", 11));

    private final List<Problem> problems = new ArrayList<>();

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = CapturedStatesTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v4", "v6"})
    void everyFieldOfTcpInfoIsWhatAnotherDecoderReads(String family) throws IOException {
        Tick tick = Rows.tick(
                Map.of("sock_diag/tcp", resource("/netlink/6.18/states." + family + ".bin")), ByteOrder.LITTLE_ENDIAN);
        List<Map<String, Object>> rows = Rows.of("tcp_info", tick, problems);
        List<?> all = (List<?>) json(resource("/netlink/6.18/states." + family + ".json"));
        // the last item there is NLMSG_DONE
        List<?> expected = all.stream()
                .filter(message -> ((Map<?, ?>) message).containsKey("attrs"))
                .toList();

        assertThat(problems).isEmpty();
        assertThat(rows).hasSameSizeAs(expected);
        for (int i = 0; i < rows.size(); i++) {
            compare(rows.get(i), (Map<?, ?>) expected.get(i));
        }
    }

    private static void compare(Map<String, Object> row, Map<?, ?> expected) {
        boolean listen = row.get("state").equals("LISTEN");
        assertThat(NUMBERS.get((String) row.get("state")))
                .isEqualTo(number(expected.get("state")).intValue());
        assertThat(row.get("local_addr")).isEqualTo(expected.get("src"));
        assertThat(row.get("remote_addr")).isEqualTo(expected.get("dst"));
        same(row, "local_port", expected.get("sport"));
        same(row, "remote_port", expected.get("dport"));
        same(row, "timer_code", expected.get("timer"));
        same(row, "timer_retrans", expected.get("retrans"));
        same(row, "expires", expected.get("expires"));
        same(row, "cookie", expected.get("cookie"));
        same(row, "uid", expected.get("uid"));
        same(row, "inode", expected.get("ino"));
        same(row, listen ? "accept_queue" : "rx_queue", expected.get("rq"));
        same(row, listen ? "accept_backlog" : "tx_queue", expected.get("wq"));
        Map<?, ?> info = (Map<?, ?>) expected.get("tcp_info");
        if (info == null) {
            assertThat(row.get("rto")).as("no tcp_info, so NULL").isNull();
            assertThat(row.get("snd_cwnd")).isNull();
            return;
        }
        info.forEach((name, value) -> tcpInfo(row, (String) name, value, listen));
    }

    private static void tcpInfo(Map<String, Object> row, String name, Object value, boolean listen) {
        BigInteger number = number(value);
        switch (name) {
            case "state", "accecn_fail_mode", "accecn_opt_seen" -> {
                // the state is compared, and AccECN's word is 0 here
            }
            case "wscale" -> {
                same(row, "snd_wscale", number.and(BigInteger.valueOf(15)));
                same(row, "rcv_wscale", number.shiftRight(4));
            }
            case "bits" -> {
                same(row, "delivery_rate_app_limited", number.and(BigInteger.ONE));
                same(row, "fastopen_client_fail", number.shiftRight(1).and(BigInteger.valueOf(3)));
            }
            case "unacked" -> same(row, listen ? "accept_queue" : name, number);
            case "sacked" -> same(row, listen ? "accept_backlog" : name, number);
            case "snd_ssthresh" -> marker(row, name, number, 0x7fffffffL, "in_initial_slowstart");
            case "pacing_rate" -> marker(row, name, number, -1, "pacing_unlimited");
            case "max_pacing_rate" -> marker(row, name, number, -1, "max_pacing_unlimited");
            case "min_rtt" -> marker(row, name, number, 0xffffffffL, null);
            default -> same(row, name, number);
        }
    }

    private static void marker(Map<String, Object> row, String name, BigInteger value, long marker, String flag) {
        boolean marked = value.equals(new BigInteger(Long.toUnsignedString(marker)));
        if (flag != null) {
            assertThat(row.get(flag)).isEqualTo(marked);
        }
        if (marked) {
            assertThat(row.get(name)).isNull();
        } else {
            same(row, name, value);
        }
    }

    private static void same(Map<String, Object> row, String name, Object expected) {
        assertThat(number(row.get(name))).as("%s of %s", name, row).isEqualTo(number(expected));
    }

    private static BigInteger number(Object value) {
        return value == null ? null : new BigInteger(value.toString());
    }

    private static Object json(byte[] bytes) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(bytes)) {
            parser.nextToken();
            return value(parser);
        }
    }

    private static Object value(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            Map<String, Object> object = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                object.put(name, value(parser));
            }
            return object;
        }
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            List<Object> array = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                array.add(value(parser));
            }
            return array;
        }
        return parser.currentToken() == JsonToken.VALUE_NULL ? null : parser.getText();
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

    @Test
    void theOtherFilesHaveNoProblemsEither() throws IOException {
        Map<String, byte[]> copies = new LinkedHashMap<>();
        for (String name : List.of("dev", "snmp", "netstat", "snmp6", "sockstat", "sockstat6", "softnet_stat")) {
            copies.put("proc/net/" + name, resource("/proc/6.18/states/net/" + name));
        }
        Tick tick = Rows.tick(copies, ByteOrder.LITTLE_ENDIAN);
        assertThat(Rows.of("net_dev", tick, problems))
                .extracting(row -> row.get("iface"), row -> row.get("rx_bytes"), row -> row.get("tx_packets"))
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("lo", BigInteger.ZERO, BigInteger.ZERO),
                        org.assertj.core.groups.Tuple.tuple("va", BigInteger.valueOf(7388), BigInteger.valueOf(108)));
        assertThat(Rows.of("softnet", tick, problems))
                .extracting(row -> row.get("cpu"), row -> row.get("processed"), row -> row.get("time_squeeze"))
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(0L, 0x00ffd976L, 9L),
                        org.assertj.core.groups.Tuple.tuple(1L, 0x00edf1ceL, 5L));
        assertThat(Rows.of("sockstat", tick, problems))
                .extracting(row -> row.get("proto") + " " + row.get("name") + " " + row.get("value"))
                .contains("sockets used 38", "TCP alloc 20551", "TCP6 inuse 19", "FRAG6 memory 0")
                .hasSize(18);
        assertThat(Rows.of("counter", tick, problems))
                .extracting(row -> row.get("source") + " " + row.get("proto") + " " + row.get("name"))
                .contains("snmp Tcp RetransSegs", "netstat TcpExt TCPTimeouts", "snmp6 Ip6 Ip6InReceives")
                .doesNotHaveDuplicates();
        assertThat(problems).isEmpty();
    }
}
