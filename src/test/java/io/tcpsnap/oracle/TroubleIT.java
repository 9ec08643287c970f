package io.tcpsnap.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcpsnap.lab.Command;
import io.tcpsnap.lab.Namespace;
import io.tcpsnap.lab.TroubleLab;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses, probes, floods and Fast Open: each is really there, and each row is what others make of the same bytes. */
class TroubleIT {
    private static final int TICKS = 8;

    @TempDir
    private static Path folder;

    private static OracleRecording recording;

    @BeforeAll
    static void record() throws Exception {
        assumeTrue(Namespace.available(), "needs root, iproute2 and iptables");
        assumeTrue(Command.works("zstd", "-V"), "needs zstd");
        try (TroubleLab lab = TroubleLab.open()) {
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
    void everyRowIsWhatTheOraclesSay() throws Exception {
        for (int tick = 0; tick < TICKS; tick++) {
            assertThat(recording.differencesToSs(tick)).isEmpty();
            for (Map.Entry<Map<String, Object>, Map<String, Object>> line : recording.lines(tick)) {
                assertThat(line.getValue()).containsAllEntriesOf(line.getKey());
            }
        }
        assertThat(recording.rows("FROM problem")).isEmpty();
    }

    @Test
    void whatSsPrintsIsReadBackAsTheSame() throws Exception {
        for (int tick = 0; tick < TICKS; tick++) {
            SsTcpRoundTrip trip = recording.roundTrip(tick);
            assertThat(trip.differences()).isEmpty();
            assertThat(trip.problems()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cubic", "bbr", "reno"})
    void dataIsLostWithEachCongestionControl(String name) throws Exception {
        String sender = "cong = '" + name + "' AND total_retrans > 0 AND bytes_retrans > 0 AND bytes_acked > 10000";
        assertThat(recording.kinds("tcp_info", sender)).containsExactly("4", "6", "mapped");
        assertThat(recording.kinds("tcp_info", sender + " AND bbr_bw > 0")).hasSize(name.equals("bbr") ? 3 : 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "lost; ca_state >= 3",
                "lost; sacked > 0 AND unacked > sacked",
                "lost; lost > 0",
                "lost; retrans > 0",
                "lost; NOT in_initial_slowstart AND snd_ssthresh < 100",
                "lost; reord_seen > 0 OR dsack_dups > 0 OR sacked > 0",
            })
    void lossIsCaughtInTheAct(String what, String condition) throws Exception {
        assertThat(recording.kinds("tcp_info", "local_port > 0 AND (" + condition + ")"))
                .as(what)
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "zero window; timer = 'probe0' AND timeout > 0; timer = 'probe0' AND probes > 0 AND timer_retrans = probes"
                        + " AND backoff > 0 AND snd_wnd < snd_mss AND notsent_bytes > 0",
                "silent peer; timer = 'keepalive' AND timeout > 0; timer = 'keepalive' AND probes > 0 AND timer_retrans = probes",
                "flood; state = 'SYN_RECV' AND row_kind = 'request' AND retrnsmt > 0 AND local_port % 50 = 1;"
                        + " state = 'SYN_RECV' AND row_kind = 'request' AND timer_retrans > 0 AND rto IS NULL",
                "flood with cookies; state = 'SYN_RECV' AND row_kind = 'request' AND local_port % 50 = 2;"
                        + " state = 'SYN_RECV' AND row_kind = 'request' AND local_port % 50 = 2",
                "behind the flood; state = 'ESTABLISHED' AND local_port IN (6102, 6152);"
                        + " state = 'ESTABLISHED' AND local_port IN (6102, 6152)",
                "fast open client; state = 'ESTABLISHED' AND remote_port = 7204;"
                        + " state = 'ESTABLISHED' AND remote_port = 7204 AND options & 32 = 32",
                "fast open waits for data; state = 'SYN_SENT' AND timer = 'none' AND remote_port = 7204;"
                        + " state = 'SYN_SENT' AND timer = 'none' AND defer_connect",
                "fast open child; state = 'SYN_RECV' AND row_kind = 'socket' AND rx_queue = 100 AND rto_ms > 0;"
                        + " state = 'SYN_RECV' AND row_kind = 'socket' AND rx_queue = 100 AND options & 32 = 32 AND rto > 0",
            })
    void bothTablesHaveOneOfEachFamilyAndMapped(String what, String tcp, String info) throws Exception {
        assertThat(recording.kinds("tcp", tcp)).as(what).containsExactly("4", "6", "mapped");
        assertThat(recording.kinds("tcp_info", info)).as(what).containsExactly("4", "6", "mapped");
    }

    @Test
    void listenersAreFullAndFastOpen() throws Exception {
        assertThat(recording.kinds("tcp", "state = 'LISTEN' AND fastopen_queue_max = 5"))
                .containsExactly("4", "6");
        assertThat(recording.kinds("tcp_info", "state = 'LISTEN' AND accept_queue > accept_backlog"))
                .containsExactly("4", "6");
        assertThat(recording.rows("SELECT count(*) AS n FROM tcp_info WHERE row_kind = 'request' AND snapshot_id = 0"
                        + " GROUP BY local_addr, local_port HAVING n >= 16"))
                .as("full queues of half open connections, of two ports and three families")
                .hasSizeGreaterThanOrEqualTo(2 * 3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ListenOverflows",
                "ListenDrops",
                "TCPReqQFullDrop",
                "TCPReqQFullDoCookies",
                "SyncookiesSent",
                "SyncookiesRecv",
                "TCPFastOpenActive",
                "TCPFastOpenPassive",
                "TCPLostRetransmit",
                "TCPTimeouts",
            })
    void theKernelCountsIt(String name) throws Exception {
        assertThat(recording.rows("SELECT max(value) > 0 AS counted FROM counter WHERE proto = 'TcpExt' AND name = '"
                        + name + "'"))
                .containsExactly(Map.of("counted", true));
    }
}
