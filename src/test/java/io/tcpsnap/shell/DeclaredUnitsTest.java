package io.tcpsnap.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcpsnap.duckdb.Database;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A unit is shown where it is sure, and a sum is doubted where it means nothing. */
class DeclaredUnitsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT rtt FROM tcp_info | rtt | us",
                "SELECT i.rtt FROM tcp_info i | rtt | us",
                "SELECT * FROM tcp_info | pacing_rate | bytes/s",
                "SELECT max(rtt) FROM tcp_info | max(rtt) | us",
                "SELECT \"first\"(i.rtt) FROM tcp_info i | \"first\"(i.rtt) | us",
                "SELECT arg_max(tx_queue, ts) FROM tcp_info | arg_max(tx_queue, ts) | bytes",
                "SELECT quantile_cont(rtt, 0.9) FROM tcp_info | quantile_cont(rtt, 0.9) | us",
                "SELECT count(rtt) FROM tcp_info | count(rtt) |",
                "SELECT rtt / 1000 FROM tcp_info | (rtt / 1000) |",
                "SELECT rtt / 1000 AS rtt FROM tcp_info | rtt |",
                "SELECT rtt / 1000 rtt FROM tcp_info | rtt |",
                "SELECT rtt: rtt / 1000 FROM tcp_info | rtt |",
                "SELECT rtt::DOUBLE FROM tcp_info | rtt | us",
                "SELECT * REPLACE (rtt / 1000 AS rtt) FROM tcp_info | rtt |",
                "SELECT rtt FROM (SELECT rtt / 1000 FROM tcp_info) t(rtt) | rtt |",
                "SELECT rtt FROM (SELECT rtt / 1000 FROM tcp_info) AS t(rtt) | rtt |",
                "WITH t(rtt) AS (SELECT rtt / 1000 FROM tcp_info) FROM t | rtt |",
                "SELECT rtt FROM tcp_info UNION ALL SELECT tx_queue FROM tcp_info | rtt |",
                "SELECT COLUMNS('rtt') / 1000 FROM tcp_info | rtt |",
                "SELECT 'x AS rtt', rtt /* AS rtt */ FROM tcp_info | rtt | us",
                "SELECT bytes_acked FROM tcp_info | bytes_acked |",
                "SELECT max(bytes_acked) FROM connection | max(bytes_acked) |",
                "SELECT bytes_acked FROM connection_life | bytes_acked | bytes",
                "SELECT bytes_acked_per_s FROM connection_rate | bytes_acked_per_s | bytes/s",
                "SELECT snd_cwnd FROM tcp_info | snd_cwnd | segments",
                "SELECT state FROM tcp_info | state |",
                "SELECT rto FROM tcp JOIN tcp_info USING (conn) | rto |",
            })
    void unit(String sql, String label, String unit) {
        assertThat(new DeclaredUnits(sql, names(sql)).unit(label)).isEqualTo(unit);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT sum(bytes_acked) FROM tcp_info | true",
                "SELECT host, AVG( i.segs_out ) FROM tcp_info i GROUP BY host | true",
                "SELECT sum(rx_bytes) FROM net_dev | true",
                "SELECT sum(value) FROM counter | true",
                "SELECT avg(total_retrans) FROM connection | true",
                "SELECT sum(bytes_acked) FROM tcp_info GROUP BY ts | false",
                "SELECT sum(bytes_acked) FROM tcp_closed | false",
                "SELECT sum(bytes_acked) FROM connection_life | false",
                "SELECT sum(bytes_acked_delta) FROM connection_rate | false",
                "SELECT avg(rtt) FROM tcp_info | false",
                "SELECT max(bytes_acked) FROM tcp_info -- sum(bytes_acked) | false",
                "SELECT sum(value) FROM sockstat | false",
            })
    void lint(String sql, boolean doubted) {
        assertThat(CounterLint.check(sql, names(sql)) != null).isEqualTo(doubted);
    }

    private static Set<String> names(String sql) {
        try (Database database = Database.open(List.of())) {
            return database.namesOf(sql);
        } catch (IOException | SQLException e) {
            throw new AssertionError(e);
        }
    }
}
