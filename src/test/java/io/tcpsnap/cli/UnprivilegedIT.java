package io.tcpsnap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcpsnap.duckdb.Database;
import io.tcpsnap.duckdb.LoadProgress;
import io.tcpsnap.lab.Command;
import io.tcpsnap.lab.Namespace;
import io.tcpsnap.lab.ShortConnections;
import io.tcpsnap.lab.TcpLab;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nobody and root record the same namespace with the default sources, under load: both see the same, but for MARK. */
class UnprivilegedIT {
    private static final int CONNECTIONS = 4_000;
    private static final int RATE = 2_000;
    /** Of a socket that stands still, what a clock changes. */
    private static final String CLOCKS =
            "snapshot_id, ts, host, netns, expires, last_data_sent, last_ack_sent, last_data_recv, last_ack_recv";
    /** Sockets of the lab that wait for no acknowledgment. */
    private static final String QUIET = " WHERE timer NOT IN ('retransmit', 'probe0') AND remote_port <> 7005"
            + " AND local_addr NOT IN ('127.0.0.1', '::1') AND snapshot_id = ";
    /** The ticks around a moment, and not of that moment. */
    private static final String AROUND = "SELECT max(snapshot_id) FILTER (ts < TIMESTAMP '%1$s' - INTERVAL '200 ms'),"
            + " min(snapshot_id) FILTER (ts > TIMESTAMP '%1$s' + INTERVAL '200 ms') FROM snapshot";

    @TempDir
    private static Path folder;

    private static Database root;
    private static Database nobody;

    @BeforeAll
    static void record() throws Exception {
        assumeTrue(Namespace.available(), "needs root, iproute2 and iptables");
        assumeTrue(RecordingIn.nobodyMayRun(), "needs the program where everybody may read it");
        Path byRoot = folder.resolve("root");
        Path byNobody = folder.resolve("nobody");
        try (TcpLab lab = TcpLab.open();
                RecordingIn first = RecordingIn.of(lab.namespace(), byRoot);
                RecordingIn second = RecordingIn.byNobody(lab.namespace(), byNobody)) {
            Command.run(lab.namespace().inside(ShortConnections.command(CONNECTIONS, RATE)));
            first.awaitTicks(2);
            second.awaitTicks(2);
            assertThat(first.end()).isZero();
            assertThat(second.end()).isZero();
        }
        root = Database.open(List.of(byRoot.toString()));
        nobody = Database.open(List.of(byNobody.toString()));
    }

    @AfterAll
    static void close() throws SQLException {
        for (Database database : new Database[] {root, nobody}) {
            if (database != null) {
                database.close();
            }
        }
    }

    private static List<String> rows(Database database, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (ResultSet result = database.execute(sql, LoadProgress.NONE)) {
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.append(i == 1 ? "" : ",").append(result.getString(i));
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "sources; 0; SELECT DISTINCT sources FROM snapshot",
                "counters; 100; SELECT DISTINCT source, proto, name FROM counter",
                "interfaces; 1; SELECT DISTINCT iface FROM net_dev",
            })
    void theSameSourcesAndNames(String what, int atLeast, String sql) throws Exception {
        same(what, sql, atLeast);
    }

    /** The place in the file differs with every walk, and an address of the kernel is root's alone. */
    @Test
    void theSameRowsOfTcp() throws Exception {
        still("* EXCLUDE (snapshot_id, ts, host, netns, sl, sk, tm_when, timer_ms) FROM tcp");
    }

    @Test
    void theSameRowsOfTcpInfoButForTheMark() throws Exception {
        still("* EXCLUDE (" + CLOCKS + ", mark) FROM tcp_info");
        String marks = "SELECT count(*) > 0, count(mark) = count(*), count(mark), max(mark) FROM tcp_info";
        assertThat(rows(root, marks).get(0)).startsWith("true,true,").endsWith(",42");
        assertThat(rows(nobody, marks)).containsExactly("true,false,0,null");
    }

    private static void still(String columns) throws Exception {
        String sql = "SELECT " + columns + QUIET;
        still(sql, root, nobody);
        still(sql, nobody, root);
    }

    /** What one saw alike before and after a tick of the other is in that tick as well. */
    private static void still(String sql, Database around, Database within) throws Exception {
        String last = rows(around, "SELECT max(ts) FROM snapshot").get(0);
        String[] tick = rows(
                        within,
                        "SELECT snapshot_id, ts FROM snapshot WHERE ts < TIMESTAMP '" + last
                                + "' - INTERVAL '200 ms' ORDER BY ts DESC LIMIT 1")
                .get(0)
                .split(",", -1);
        String[] ticks = rows(around, AROUND.formatted(tick[1])).get(0).split(",", -1);
        List<String> rows = rows(around, sql + ticks[0]);
        rows.retainAll(rows(around, sql + ticks[1]));
        assertThat(rows).hasSizeGreaterThan(40);
        assertThat(rows(within, sql + tick[0])).containsAll(rows);
    }

    private static void same(String what, String sql, int atLeast) throws Exception {
        List<String> rows = rows(nobody, sql + " ORDER BY ALL");
        assertThat(rows).as(what).hasSizeGreaterThan(atLeast);
        assertThat(rows).as(what).isEqualTo(rows(root, sql + " ORDER BY ALL"));
    }

    @Test
    void theSameLastWordsOfEachConnectionOrTheirNumber() throws Exception {
        String sql =
                "SELECT * EXCLUDE (snapshot_id, ts, host, netns) FROM tcp_closed WHERE local_addr IN ('127.0.0.1', '::1')";
        Set<String> seenByRoot = new HashSet<>(rows(root, sql));
        Set<String> seen = new HashSet<>(rows(nobody, sql));
        long lostByRoot = lost(root);
        if (lostByRoot == 0) {
            assertThat(seenByRoot).containsAll(seen);
        }
        long sockets = 2L * CONNECTIONS + ShortConnections.SERVERS;
        assertThat(seenByRoot.size() + lostByRoot).isEqualTo(sockets);
        assertThat(seen.size() + lost(nobody)).isEqualTo(sockets);
        assertThat(seen.size()).isGreaterThan(CONNECTIONS);
    }

    private static long lost(Database recording) throws SQLException {
        List<String> problems = rows(
                recording,
                "SELECT count(*) FILTER (reason NOT LIKE '%lost'),"
                        + " coalesce(sum(regexp_extract(reason, '(\\d+) lost', 1)::BIGINT), 0) FROM problem");
        assertThat(problems.get(0)).startsWith("0,");
        return Long.parseLong(problems.get(0).substring(2));
    }
}
