package io.tcpsnap.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcpsnap.lab.Command;
import io.tcpsnap.lab.Namespace;
import io.tcpsnap.lab.TcpLab;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The real recorder beside sockets in every state, then every row of SQL against what others make of the same bytes: {@code
 * tcp} against the text, {@code tcp_info} against {@code ss}.
 */
class OracleIT {
    private static final int TICKS = 5;

    @TempDir
    private static Path folder;

    private static OracleRecording recording;

    @BeforeAll
    static void record() throws Exception {
        assumeTrue(Namespace.available(), "needs root, iproute2 and iptables");
        assumeTrue(Command.works("zstd", "-V"), "needs zstd");
        try (TcpLab lab = TcpLab.open()) {
            recording = OracleRecording.of(lab.namespace(), folder, TICKS);
        }
    }

    @AfterAll
    static void close() throws SQLException {
        if (recording != null) {
            recording.close();
        }
    }

    @Test
    void everyRowOfTcpEqualsItsLine() throws Exception {
        int compared = 0;
        Set<Object> states = new TreeSet<>();
        for (int tick = 0; tick < TICKS; tick++) {
            for (Map.Entry<Map<String, Object>, Map<String, Object>> line : recording.lines(tick)) {
                assertThat(line.getValue()).containsAllEntriesOf(line.getKey());
                states.add(line.getValue().get("family") + " " + line.getValue().get("state"));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(TICKS * 50);
        assertThat(states).as("every state that /proc shows, in both families").hasSize(2 * 10);
    }

    @Test
    void everyRowOfTcpInfoEqualsWhatSsPrints() throws Exception {
        for (int tick = 0; tick < TICKS; tick++) {
            assertThat(recording.differencesToSs(tick)).isEmpty();
            assertThat(rows("FROM tcp_info WHERE snapshot_id = " + tick)).hasSizeGreaterThan(50);
        }
    }

    private static List<Map<String, Object>> rows(String sql) throws SQLException {
        return recording.rows(sql);
    }

    @Test
    void tcpAndTcpInfoAreOfTheSameConnections() throws Exception {
        // sockets that change between the two copies of a tick are few: most must meet by inode and by conn
        assertThat(rows("SELECT count(*) AS n FROM tcp JOIN tcp_info USING (snapshot_id, conn, inode)"
                                + " WHERE tcp.inode > 0 AND tcp.local_port = tcp_info.local_port"
                                + " AND tcp.local_addr = tcp_info.local_addr AND tcp.uid = tcp_info.uid")
                        .get(0)
                        .get("n"))
                .isEqualTo(rows("SELECT count(*) AS n FROM tcp WHERE inode > 0")
                        .get(0)
                        .get("n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "an owner's; state = 'FIN_WAIT2' AND inode > 0",
                "an owner's; state = 'CLOSING' AND inode > 0",
                "an orphan; state = 'FIN_WAIT1' AND inode = 0 AND row_kind = 'socket'",
                "an orphan; state = 'FIN_WAIT2' AND inode = 0 AND row_kind = 'socket' AND timer = 'keepalive'",
                "an orphan; state = 'FIN_WAIT2' AND inode = 0 AND row_kind = 'time_wait'",
                "an orphan; state = 'CLOSING' AND inode = 0 AND row_kind = 'socket'",
                "an orphan; state = 'LAST_ACK' AND inode = 0 AND row_kind = 'socket'",
                "unread; state = 'CLOSE_WAIT'",
                "half open; state = 'SYN_RECV' AND row_kind = 'request'",
                "half open; state = 'SYN_SENT' AND timer = 'retransmit'",
                "closed; state = 'TIME_WAIT' AND timer = 'timewait'",
                "idle; state = 'ESTABLISHED' AND timer = 'none'",
                "keepalive; state = 'ESTABLISHED' AND timer = 'keepalive'",
                "zero window; state = 'ESTABLISHED' AND timer = 'probe0'",
                "unanswered; state = 'ESTABLISHED' AND timer = 'retransmit'",
            })
    void bothTablesHaveOneOfEachFamilyAndMapped(String what, String condition) throws Exception {
        assertThat(recording.kinds("tcp", condition)).as(what).containsExactly("4", "6", "mapped");
        assertThat(recording.kinds("tcp_info", condition)).as(what).containsExactly("4", "6", "mapped");
    }

    @Test
    void nothingIsAProblem() throws Exception {
        assertThat(rows("FROM problem")).isEmpty();
    }
}
