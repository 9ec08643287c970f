package io.tcpsnap.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A column that is NULL in every sample may have a reader that never worked: each needs a reason. */
class ColumnCoverageTest {
    private static final String AFTER_6_18 = "7.0 and later";
    private static final String NO_SUCH_ALGORITHM = "the recorded kernel offers reno, cubic and bbr";
    private static final String NO_NETSTAT = "no text of netstat";
    private static final String NO_ULP = "no TLS, no MPTCP";
    private static final String PRIVATE_BBR = "BBR of google/bbr";
    private static final Map<String, String> REASONS = new TreeMap<>(Map.ofEntries(
            Map.entry("recording.byte_order_from", "no import"),
            Map.entry("snapshot.interval_us", "the samples are older"),
            Map.entry("snapshot_source.error", "every source could be read"),
            Map.entry("tcp.pid", NO_NETSTAT),
            Map.entry("tcp.program", NO_NETSTAT),
            Map.entry("tcp.netstat_rest", NO_NETSTAT),
            Map.entry("tcp_info.ss_rest", "no text of ss"),
            Map.entry("tcp_info.max_pacing_rate", "nobody set SO_MAX_PACING_RATE"),
            Map.entry("tcp_info.ecn_mode", AFTER_6_18),
            Map.entry("tcp_info.options2", AFTER_6_18),
            Map.entry("tcp_info.protocol", "sent with destroy events only"),
            Map.entry("tcp_info.ulp", NO_ULP),
            Map.entry("tcp_info.tls_version", NO_ULP),
            Map.entry("tcp_info.tls_cipher", NO_ULP),
            Map.entry("tcp_info.tls_txconf", NO_ULP),
            Map.entry("tcp_info.tls_rxconf", NO_ULP),
            Map.entry("tcp_info.tls_zc_ro_tx", NO_ULP),
            Map.entry("tcp_info.tls_rx_no_pad", NO_ULP),
            Map.entry("tcp_info.mptcp_token_rem", NO_ULP),
            Map.entry("tcp_info.mptcp_token_loc", NO_ULP),
            Map.entry("tcp_info.mptcp_relwrite_seq", NO_ULP),
            Map.entry("tcp_info.mptcp_map_seq", NO_ULP),
            Map.entry("tcp_info.mptcp_map_sfseq", NO_ULP),
            Map.entry("tcp_info.mptcp_ssn_offset", NO_ULP),
            Map.entry("tcp_info.mptcp_map_datalen", NO_ULP),
            Map.entry("tcp_info.mptcp_flags", NO_ULP),
            Map.entry("tcp_info.mptcp_id_rem", NO_ULP),
            Map.entry("tcp_info.mptcp_id_loc", NO_ULP),
            Map.entry("tcp_info.bbr_bw_hi", PRIVATE_BBR),
            Map.entry("tcp_info.bbr_bw_lo", PRIVATE_BBR),
            Map.entry("tcp_info.bbr_mode", PRIVATE_BBR),
            Map.entry("tcp_info.bbr_phase", PRIVATE_BBR),
            Map.entry("tcp_info.bbr_version", PRIVATE_BBR),
            Map.entry("tcp_info.bbr_inflight_lo", PRIVATE_BBR),
            Map.entry("tcp_info.bbr_inflight_hi", PRIVATE_BBR),
            Map.entry("tcp_info.bbr_extra_acked", PRIVATE_BBR),
            Map.entry("tcp_info.vegas_enabled", NO_SUCH_ALGORITHM),
            Map.entry("tcp_info.vegas_rttcnt", NO_SUCH_ALGORITHM),
            Map.entry("tcp_info.vegas_rtt", NO_SUCH_ALGORITHM),
            Map.entry("tcp_info.vegas_minrtt", NO_SUCH_ALGORITHM),
            Map.entry("tcp_info.dctcp_enabled", NO_SUCH_ALGORITHM),
            Map.entry("tcp_info.dctcp_ce_state", NO_SUCH_ALGORITHM),
            Map.entry("tcp_info.dctcp_alpha", NO_SUCH_ALGORITHM),
            Map.entry("tcp_info.dctcp_ab_ecn", NO_SUCH_ALGORITHM),
            Map.entry("tcp_info.dctcp_ab_tot", NO_SUCH_ALGORITHM)));

    /** Tables that no sample has rows of. */
    private static final Map<String, String> EMPTY_TABLES = Map.of(
            "problem", "the samples are sound",
            "tcp_closed", "the samples are older than the source destroy; DestroyIT has rows",
            "mptcp_info", "not in the default; MptcpTest has rows",
            "opt_stats", "imported only; OptStatsTest has rows",
            "owner", "not in the default; OwnerSourceTest has rows",
            "sockopt", "not in the default; SockoptIT and HandedSocketsIT have rows",
            "unreached", "owner and sockopt are not in the default; UnreachedTest has rows",
            "event", "nothing happened to the recorder; RotationIT has rows");

    @Test
    void everyColumnHasAValueInSomeSampleOrAReason() throws Exception {
        List<String> empty = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("samples"));
                Database database = Database.open(files.map(Path::toString)
                        .filter(f -> f.endsWith(".tar.zst"))
                        .toList())) {
            for (ScanTable<?> table : ScanTable.all().toList()) {
                if (!EMPTY_TABLES.containsKey(table.name())) {
                    empty.addAll(columnsWithoutAValue(database, table));
                }
            }
        }
        assertThat(empty).containsExactlyInAnyOrderElementsOf(REASONS.keySet());
    }

    private static List<String> columnsWithoutAValue(Database database, ScanTable<?> table) throws SQLException {
        List<String> empty = new ArrayList<>();
        try (ResultSet counts = database.execute("SELECT count(COLUMNS(*)) FROM " + table.name(), LoadProgress.NONE)) {
            assertThat(counts.next()).isTrue();
            for (int i = 0; i < table.declaration().columns().size(); i++) {
                if (counts.getLong(i + 1) == 0) {
                    empty.add(table.name() + "."
                            + table.declaration().columns().get(i).name());
                }
            }
        }
        return empty;
    }
}
