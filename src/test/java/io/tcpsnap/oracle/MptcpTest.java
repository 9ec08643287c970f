package io.tcpsnap.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcpsnap.capture.SourceProbe;
import io.tcpsnap.decode.Problem;
import io.tcpsnap.lab.Command;
import io.tcpsnap.lab.NativeConnection;
import io.tcpsnap.table.Rows;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An MPTCP connection of this machine's kernel, as recorded and as ss shows it. */
class MptcpTest {
    private static final int BYTES = 1234;

    @TempDir
    private Path folder;

    private final List<Problem> problems = new ArrayList<>();

    private static byte[] dump(String source) throws Exception {
        SourceProbe probe = new SourceProbe(source);
        probe.take();
        return probe.bytes();
    }

    private List<Map<String, Object>> rows(String table, String entry, byte[] bytes, int port) {
        return Rows.of(table, Rows.tick(Map.of(entry, bytes), ByteOrder.nativeOrder()), problems).stream()
                .filter(row -> row.containsValue((long) port))
                .toList();
    }

    @Test
    void subflowsAreWhatSsPrintsOfTheDump() throws Exception {
        assumeTrue(NativeConnection.hasMptcp() && Command.works("ss", "-V"), "needs MPTCP and ss");
        try (NativeConnection connection = NativeConnection.mptcp()) {
            connection.send(BYTES);
            byte[] dump = dump("diag");
            Path file = Files.write(folder.resolve("dump"), dump);
            String text = Command.run(List.of("ss", "-atinmoe"), Map.of("TCPDIAG_FILE", file.toString()));
            SsTcpRoundTrip trip = new SsTcpRoundTrip(dump, text);
            assertThat(trip.differences()).isEmpty();
            assertThat(trip.problems()).isEmpty();
            assertThat(trip.compared())
                    .contains(
                            "ulp", "mptcp_flags", "mptcp_token_loc", "mptcp_token_rem", "mptcp_id_loc", "mptcp_id_rem");
            assertThat(rows("tcp_info", "sock_diag/tcp", dump, connection.port()))
                    .hasSize(3)
                    .allSatisfy(row -> assertThat(row).containsEntry("ulp", "mptcp"));
        }
    }

    @Test
    void connectionsAreWhatSsPrints() throws Exception {
        assumeTrue(NativeConnection.hasMptcp() && Command.works("ss", "-V"), "needs MPTCP and ss");
        try (NativeConnection connection = NativeConnection.mptcp()) {
            connection.send(BYTES);
            String text = Command.run("ss", "-aMinHO", "( sport = " + connection.port() + " )");
            List<Map<String, Object>> rows = rows("mptcp_info", "sock_diag/mptcp", dump("mptcp"), connection.port());
            assertThat(problems).isEmpty();
            assertThat(rows).hasSize(3).filteredOn("state", "LISTEN").hasSize(1);
            Map<String, Object> server = rows.stream()
                    .filter(row -> row.get("state").equals("ESTABLISHED")
                            && row.get("local_port").equals((long) connection.port()))
                    .findFirst()
                    .orElseThrow();
            Map<String, Object> client = rows.stream()
                    .filter(row -> row.get("remote_port").equals((long) connection.port()))
                    .findFirst()
                    .orElseThrow();
            assertThat(text).contains("token:" + Long.toHexString((Long) server.get("token")));
            assertThat(printed(text, "rcv_nxt")).contains(server.get("rcv_nxt"));
            assertThat(printed(text, "write_seq")).contains(server.get("write_seq"));
            assertThat(server)
                    .containsEntry("bytes_received", BigInteger.valueOf(BYTES))
                    .containsEntry("rcv_nxt", client.get("write_seq"))
                    .containsEntry("flags", 2L);
            assertThat(client)
                    .containsEntry("bytes_sent", BigInteger.valueOf(BYTES))
                    .containsEntry("bytes_acked", BigInteger.valueOf(BYTES));
        }
    }

    /** Hexadecimal in old versions of ss, decimal in new ones. */
    private static List<Object> printed(String text, String key) {
        List<Object> values = new ArrayList<>();
        Matcher value = Pattern.compile(" " + key + ":([0-9a-f]+)").matcher(text);
        while (value.find()) {
            values.add(new BigInteger(value.group(1), 16));
            values.add(value.group(1).matches("[0-9]+") ? new BigInteger(value.group(1)) : null);
        }
        return values;
    }

    @Test
    void tokensJoinConnectionsWithTheirSubflows() throws Exception {
        assumeTrue(NativeConnection.hasMptcp(), "needs MPTCP");
        try (NativeConnection connection = NativeConnection.mptcp()) {
            connection.send(BYTES);
            assertThat(tokens(rows("tcp_info", "sock_diag/tcp", dump("diag"), connection.port()), "mptcp_token_loc"))
                    .isEqualTo(tokens(rows("mptcp_info", "sock_diag/mptcp", dump("mptcp"), connection.port()), "token"))
                    .hasSize(2);
        }
    }

    private static TreeSet<Object> tokens(List<Map<String, Object>> rows, String column) {
        Stream<Object> established = rows.stream()
                .filter(row -> row.get("state").equals("ESTABLISHED"))
                .map(row -> row.get(column));
        return established.collect(TreeSet::new, TreeSet::add, TreeSet::addAll);
    }
}
