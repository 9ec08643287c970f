package io.tcpsnap.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcpsnap.decode.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dumps of protocol 262: those of kernel 6.18, with a second subflow, and those of older kernels. */
class MptcpInfoTest {
    private final List<Problem> problems = new ArrayList<>();

    private List<Map<String, Object>> rows(String table, String entry, byte[] bytes) {
        return Rows.of(table, Rows.tick(Map.of(entry, bytes), ByteOrder.LITTLE_ENDIAN), problems);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = MptcpInfoTest.class.getResourceAsStream("/netlink/6.18/" + name)) {
            return in.readAllBytes();
        }
    }

    private static Map<String, Object> only(List<Map<String, Object>> rows, String column, Object value) {
        List<Map<String, Object>> found =
                rows.stream().filter(row -> value.equals(row.get(column))).toList();
        assertThat(found).as(column + " " + value).hasSize(1);
        return found.get(0);
    }

    @Test
    void connectionsAndTheirSubflows() throws IOException {
        List<Map<String, Object>> connections = rows("mptcp_info", "sock_diag/mptcp", resource("mptcp.bin"));
        List<Map<String, Object>> subflows = rows("tcp_info", "sock_diag/tcp", resource("mptcp.subflows.bin"));
        assertThat(problems).isEmpty();
        assertThat(connections)
                .extracting("state")
                .containsExactlyInAnyOrder("ESTABLISHED", "ESTABLISHED", "LISTEN", "LISTEN");
        Map<String, Object> client = only(connections, "local_port", 20003L);
        assertThat(client)
                .containsEntry("subflows", 1L)
                .containsEntry("subflows_total", 2L)
                .containsEntry("add_addr_accepted", 1L)
                .containsEntry("subflows_max", 4L)
                .containsEntry("flags", 2L)
                .containsEntry("bytes_sent", BigInteger.valueOf(4333))
                .containsEntry("bytes_received", BigInteger.valueOf(70))
                .containsEntry("csum_enabled", 0L)
                .containsEntry("cgroup_id", BigInteger.ONE);
        assertThat(subflows.stream()
                        .filter(row -> client.get("token").equals(row.get("mptcp_token_loc")))
                        .toList())
                .hasSize(2)
                .extracting("mptcp_flags")
                .containsExactlyInAnyOrder(1L + 2 + 64 + 128, 4L + 8 + 64 + 128);
    }

    @ParameterizedTest
    @CsvSource({
        "40, rcv_nxt, local_addr_used",
        "48, csum_enabled, retransmits",
        "80, bytes_acked, subflows_total",
        "88, endp_laminar_max, last_data_sent",
        "96, last_ack_recv, mem_rmem"
    })
    void fieldsBehindTheEndAreNull(int length, String last, String next) {
        DiagDump dump = new DiagDump(ByteOrder.LITTLE_ENDIAN);
        byte[] info = dump.buffer(length).array();
        dump.established(dump.attribute(2, info)).done(0);
        Map<String, Object> row =
                rows("mptcp_info", "sock_diag/mptcp", dump.bytes()).get(0);
        assertThat(row.get(last)).isNotNull();
        assertThat(row.get(next)).isNull();
        assertThat(problems).isEmpty();
    }

    @Test
    void everyFieldHasAPlaceOfItsOwn() {
        DiagDump dump = new DiagDump(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer info = dump.buffer(96);
        for (int i = 0; i < 96; i++) {
            info.put((byte) (i + 1));
        }
        dump.established(dump.attribute(2, info.array())).done(0);
        Map<String, Object> row =
                rows("mptcp_info", "sock_diag/mptcp", dump.bytes()).get(0);
        assertThat(row)
                .containsEntry("add_addr_accepted_max", 6L)
                .containsEntry("token", 0x100f0e0dL)
                .containsEntry("snd_una", new BigInteger("201f1e1d1c1b1a19", 16))
                .containsEntry("local_addr_max", 42L)
                .containsEntry("retransmits", 0x302f2e2dL)
                .containsEntry("bytes_retrans", new BigInteger("3837363534333231", 16))
                .containsEntry("subflows_total", 81L)
                .containsEntry("last_data_recv", 0x5c5b5a59L);
    }
}
