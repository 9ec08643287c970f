package io.tcpsnap.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcpsnap.decode.Problem;
import io.tcpsnap.lab.Command;
import io.tcpsnap.lab.Namespace;
import io.tcpsnap.lab.TcpLab;
import io.tcpsnap.table.Rows;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Sockets in every state, as netstat prints them, beside the file that it reads. */
class NetstatIT {
    private static final List<String> SAME = List.of(
            "local_addr",
            "remote_addr",
            "tx_queue",
            "rx_queue",
            "accept_queue",
            "timer",
            "retrnsmt",
            "uid",
            "timeout",
            "inode");
    private static final int ROUNDS = 20;
    /** The copies are taken one after the other. */
    private static final long SLACK_MS = 10_000;

    private final List<Problem> problems = new ArrayList<>();

    private Map<String, Map<String, Object>> rows(String... copies) {
        Map<String, byte[]> entries = new TreeMap<>();
        for (int i = 0; i < copies.length; i += 2) {
            entries.put(copies[i], copies[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        Map<String, Map<String, Object>> rows = new TreeMap<>();
        for (Map<String, Object> row : Rows.of("tcp", Rows.tick(entries, ByteOrder.nativeOrder()), problems)) {
            rows.put(row.get("conn") + " " + row.get("inode") + " " + row.get("state"), row);
        }
        return rows;
    }

    private Map<String, Map<String, Object>> proc(Namespace namespace) {
        return rows(
                "proc/net/tcp", namespace.run("cat", "/proc/net/tcp"),
                "proc/net/tcp6", namespace.run("cat", "/proc/net/tcp6"));
    }

    /** A socket may change while netstat runs, but not in every round. */
    @Test
    void whatNetstatPrintsIsInTheFile() {
        assumeTrue(Namespace.available(), "needs root, iproute2 and iptables");
        assumeTrue(Command.works("netstat", "-V"), "needs netstat");
        Map<String, String> differ = new TreeMap<>();
        Map<String, Map<String, Object>> equal = new TreeMap<>();
        try (TcpLab lab = TcpLab.open()) {
            for (int round = 0; round == 0 || round < ROUNDS && !differ.isEmpty(); round++) {
                Map<String, Map<String, Object>> before = proc(lab.namespace());
                String text = lab.namespace().run("netstat", "-Wantoep");
                rows("netstat/tcp", text).forEach((key, row) -> {
                    Map<String, Object> line = before.get(key);
                    if (line != null && difference(row, line).isEmpty()) {
                        equal.put(key, row);
                    } else if (line != null) {
                        differ.put(key, difference(row, line) + " of " + row);
                    }
                });
                differ.keySet().removeAll(equal.keySet());
            }
        }
        assertThat(problems).isEmpty();
        assertThat(differ).isEmpty();
        assertThat(equal.values())
                .extracting(row -> row.get("family") + " " + row.get("state"))
                .as("states that /proc shows, in both families")
                .satisfies(states -> assertThat(new TreeSet<>(states)).hasSizeGreaterThan(15));
        assertThat(equal.values())
                .extracting("timer")
                .contains("none", "retransmit", "keepalive", "timewait", "probe0");
        assertThat(equal.values()).extracting("program").contains("java");
        assertThat(equal.values()).extracting("netstat_rest").containsOnlyNulls();
        assertThat(equal.values())
                .extracting("remote_addr")
                .anyMatch(address -> String.valueOf(address).startsWith("::ffff:"));
    }

    private static List<String> difference(Map<String, Object> netstat, Map<String, Object> line) {
        List<String> columns = new ArrayList<>(SAME);
        columns.removeIf(column -> Objects.equals(netstat.get(column), line.get(column)));
        Long one = (Long) netstat.get("timer_ms");
        Long two = (Long) line.get("timer_ms");
        if (one == null ? two != null : two == null || Math.abs(one - two) > SLACK_MS) {
            columns.add("timer_ms");
        }
        return columns;
    }
}
