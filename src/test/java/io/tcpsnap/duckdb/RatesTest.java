package io.tcpsnap.duckdb;

import static io.tcpsnap.duckdb.Scene.dev;
import static io.tcpsnap.duckdb.Scene.diag;
import static io.tcpsnap.duckdb.Scene.proc;
import static io.tcpsnap.duckdb.Scene.socket;
import static io.tcpsnap.duckdb.Scene.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcpsnap.output.OutputFormat;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rates, lives and changes on ticks made by hand, with every trap of clocks and counters; expected values by hand too. */
class RatesTest {
    private static final int ESTABLISHED = 1;
    private static final int FIN_WAIT1 = 4;

    @TempDir
    private Path folder;

    private String query(String sql) throws Exception {
        return ViewsTest.run(List.of(folder.toString()), OutputFormat.CSV, sql);
    }

    /** One socket, then another with its 4-tuple; the comment is the trap, and what the interval that ends there should show. */
    private void sockets() throws Exception {
        try (Scene one = new Scene(folder, "a", "x86_64", "r1", "boot 1", 1000)) {
            one.tick(1000, 100, 0, diag(socket(ESTABLISHED, 1, 5, 0, 4294967290L)));
            // segs_out wraps: 10 + 2^32 - 4294967290 = 16
            one.tick(1001, 101, 0, diag(socket(ESTABLISHED, 1, 5, 1000, 10)));
            // the wall clock steps back; a row twice, of which the later counts: 600 in 1.5 s
            one.tick(900, 102.5, 0, diag(socket(ESTABLISHED, 1, 5, 1500, 10), socket(ESTABLISHED, 1, 5, 1600, 10)));
            // the wall clock steps forward; a missed tick: 1000 in 2 s
            one.tick(9000, 104.5, 1, diag(socket(ESTABLISHED, 1, 5, 2600, 10)));
            // a gap: the dump could not be read
            one.tick(9001, 105.5, 0, Map.of("sock_diag/tcp", new byte[0]));
            // 400 in 2 s, a tick in between without a row
            one.tick(9002, 106.5, 0, diag(socket(FIN_WAIT1, 1, 0, 3000, 20)));
            // both counters begin anew
            one.tick(9003, 107.5, 0, diag(socket(FIN_WAIT1, 1, 0, 100, 5)));
            // another socket
            one.tick(9004, 108.5, 0, diag(socket(ESTABLISHED, 2, 6, 50, 1)));
            one.tick(9005, 109.5, 0, diag(socket(ESTABLISHED, 2, 6, 150, 2)));
        }
        try (Scene again = new Scene(folder, "a", "x86_64", "r2", "boot 1", 9100)) {
            // the recorder was restarted: 1000 in 10 s
            again.tick(9100, 119.5, 0, diag(socket(ESTABLISHED, 2, 6, 1150, 12)));
        }
        try (Scene rebooted = new Scene(folder, "a", "x86_64", "r3", "boot 2", 9200)) {
            // cookies begin anew with a boot
            rebooted.tick(9200, 120, 0, diag(socket(ESTABLISHED, 2, 6, 2000, 20)));
        }
        try (Scene other = new Scene(folder, "b", "x86_64", "r4", "boot 1", 1000)) {
            // another host with the same cookie, tuple and boot id; no monotonic clock
            other.tick(1000, -1, 0, diag(socket(ESTABLISHED, 1, 5, 7, 0)));
            other.tick(1002, -1, 0, diag(socket(ESTABLISHED, 1, 5, 11, 4)));
        }
    }

    @Test
    void connectionRate() throws Exception {
        sockets();
        assertThat(query("SELECT strftime(ts, '%T') AS time, host, cookie, interval_s, wall_clock, missed, reset,"
                        + " bytes_sent_delta, bytes_sent_per_s, segs_out_delta, segs_out_per_s"
                        + " FROM connection_rate ORDER BY host, snapshot_id"))
                .isEqualTo("""
                        time,host,cookie,interval_s,wall_clock,missed,reset,bytes_sent_delta,bytes_sent_per_s,segs_out_delta,segs_out_per_s
                        07:16:41,a,1,1.0,false,0,false,1000,1000.0,16,16.0
                        07:15:00,a,1,1.5,false,0,false,600,400.0,0,0.0
                        09:30:00,a,1,2.0,false,1,false,1000,500.0,0,0.0
                        09:30:02,a,1,2.0,false,1,false,400,200.0,10,5.0
                        09:30:03,a,1,1.0,false,0,true,,,,
                        09:30:05,a,2,1.0,false,0,false,100,100.0,1,1.0
                        09:31:40,a,2,10.0,false,,false,1000,100.0,10,1.0
                        07:16:42,b,1,2.0,true,0,false,4,2.0,4,2.0
                        """);
    }

    /** As a shell records without root: CLOCK_BOOTTIME in hundredths, the wall clock in nanoseconds or in seconds. */
    @Test
    void withoutAMonotonicClock() throws Exception {
        try (Scene fine = new Scene(folder, "fine", "x86_64", "r1", "boot 1", 1000)) {
            fine.tick(1000.004, -1, 100, 0, diag(socket(ESTABLISHED, 1, 5, 0, 0)));
            fine.tick(1001.008, -1, 101, 0, diag(socket(ESTABLISHED, 1, 5, 1004, 0)));
            // the wall clock steps back, and later forward again
            fine.tick(902.004, -1, 102, 0, diag(socket(ESTABLISHED, 1, 5, 2000, 0)));
            fine.tick(903.001, -1, 103, 0, diag(socket(ESTABLISHED, 1, 5, 3000, 0)));
            fine.tick(1004.004, -1, 104, 0, diag(socket(ESTABLISHED, 1, 5, 4000, 0)));
        }
        try (Scene coarse = new Scene(folder, "coarse", "x86_64", "r2", "boot 2", 1000)) {
            coarse.tick(1000, -1, 100.98, 0, diag(socket(ESTABLISHED, 1, 5, 0, 0)));
            coarse.tick(1001, -1, 101.98, 0, diag(socket(ESTABLISHED, 1, 5, 1000, 0)));
            coarse.tick(1003, -1, 102.99, 0, diag(socket(ESTABLISHED, 1, 5, 2010, 0)));
        }
        assertThat(query("SELECT host, interval_s, bytes_sent_per_s, wall_clock, missed FROM connection_rate"
                        + " ORDER BY host DESC, snapshot_id"))
                .isEqualTo("""
                        host,interval_s,bytes_sent_per_s,wall_clock,missed
                        fine,1.004,1000.0,false,0
                        fine,0.996,1000.0,false,0
                        fine,1.0,1000.0,false,0
                        fine,1.0,1000.0,false,0
                        coarse,1.0,1000.0,false,0
                        coarse,1.01,1000.0,false,0
                        """);
    }

    @Test
    void connectionRateOfEachCounter() throws Exception {
        sockets();
        assertThat(query("SELECT * FROM connection_rate WHERE host = 'b'")).isEqualTo("""
                        snapshot_id,ts,host,netns,conn,cookie,family,local_addr,local_port,remote_addr,remote_port,state,interval_s,wall_clock,missed,bytes_acked_delta,bytes_acked_per_s,bytes_received_delta,bytes_received_per_s,bytes_sent_delta,bytes_sent_per_s,bytes_retrans_delta,bytes_retrans_per_s,segs_out_delta,segs_out_per_s,segs_in_delta,segs_in_per_s,data_segs_out_delta,data_segs_out_per_s,data_segs_in_delta,data_segs_in_per_s,total_retrans_delta,total_retrans_per_s,delivered_delta,delivered_per_s,delivered_ce_delta,delivered_ce_per_s,received_ce_delta,received_ce_per_s,reord_seen_delta,reord_seen_per_s,dsack_dups_delta,dsack_dups_per_s,rcv_ooopack_delta,rcv_ooopack_per_s,rehash_delta,rehash_per_s,total_rto_delta,total_rto_per_s,total_rto_recoveries_delta,total_rto_recoveries_per_s,total_rto_time_delta,total_rto_time_per_s,busy_time_delta,busy_time_per_s,rwnd_limited_delta,rwnd_limited_per_s,sndbuf_limited_delta,sndbuf_limited_per_s,rtt,snd_cwnd,lost,reordering,reset
                        10000000001,2026-11-22 07:16:42,b,net:[1],5260768574392488845,1,4,10.0.0.1,40001,10.0.0.2,443,ESTABLISHED,2.0,true,0,0,0.0,0,0.0,4,2.0,0,0.0,4,2.0,0,0.0,0,0.0,0,0.0,0,0.0,0,0.0,0,0.0,0,0.0,0,0.0,0,0.0,0,0.0,0,0.0,0,0.0,0,0.0,0,0.0,0,0.0,0,0.0,0,0.0,0,0,0,0,false
                        """);
    }

    /** Each difference is of its own counter: over a sample they add up to last less first. */
    @ParameterizedTest
    @CsvSource({"connection_rate, tcp_info, cookie", "net_dev_rate, net_dev, iface", "softnet_rate, softnet, cpu"})
    void differencesAddUp(String view, String table, String key) throws Exception {
        try (Database database = Database.open(List.of("samples/loss.tar.zst"))) {
            List<String> counters = new ArrayList<>();
            for (ViewReference one : database.views()) {
                one.columns().stream()
                        .filter(column ->
                                one.name().equals(view) && column.name().endsWith("_delta"))
                        .forEach(column -> counters.add(column.name().replace("_delta", "")));
            }
            for (String counter : counters) {
                try (ResultSet sums = database.execute(
                        "SELECT (SELECT sum(%1$s_delta) FROM %2$s), (SELECT sum(growth) FROM (SELECT max(%1$s) - min(%1$s) AS growth FROM %3$s GROUP BY %4$s))"
                                .formatted(counter, view, table, key),
                        LoadProgress.NONE)) {
                    assertThat(sums.next()).isTrue();
                    assertThat(sums.getLong(1)).as(counter).isEqualTo(sums.getLong(2));
                }
            }
            assertThat(counters).hasSizeGreaterThan(4);
        }
    }

    @Test
    void livesAndChanges() throws Exception {
        sockets();
        assertThat(query(
                        "SELECT host, cookie, inode, strftime(first_ts, '%T') AS first, strftime(last_ts, '%T') AS last,"
                                + " span_s, ticks, first_state, last_state, open_at_start, open_at_end, bytes_sent"
                                + " FROM connection_life ORDER BY host, first_ts, cookie"))
                .isEqualTo("""
                        host,cookie,inode,first,last,span_s,ticks,first_state,last_state,open_at_start,open_at_end,bytes_sent
                        a,1,5,07:16:40,09:30:03,7.5,6,ESTABLISHED,FIN_WAIT1,true,false,3000
                        a,2,6,09:30:04,09:31:40,11.0,3,ESTABLISHED,ESTABLISHED,false,true,1150
                        a,2,6,09:33:20,09:33:20,0.0,1,ESTABLISHED,ESTABLISHED,true,true,2000
                        b,1,5,07:16:40,07:16:42,2.0,2,ESTABLISHED,ESTABLISHED,true,true,11
                        """);
        assertThat(query(
                        "SELECT snapshot_id, strftime(ts, '%T') AS time, host, cookie, before, after, interval_s, missed"
                                + " FROM transition"))
                .isEqualTo("""
                        snapshot_id,time,host,cookie,before,after,interval_s,missed
                        5,09:30:02,a,1,ESTABLISHED,FIN_WAIT1,2.0,1
                        """);
    }

    @Test
    void changesWithoutSockDiag() throws Exception {
        try (Scene scene = new Scene(folder, "a", "x86_64", "r1", "boot 1", 0)) {
            scene.tick(0, 100, 0, tcp("02", "5"));
            // twice in one walk: the later row
            scene.tick(1, 101, 0, tcp("02", "5", "01", "5"));
            // closed: a mini socket without an inode
            scene.tick(2, 102, 0, tcp("06", "0"));
            // opened anew: no change
            scene.tick(3, 103, 0, tcp("01", "0"));
            // accepted: the same
            scene.tick(4, 104, 0, tcp("08", "7"));
            // another inode: no change
            scene.tick(5, 105, 0, tcp("01", "8"));
        }
        assertThat(
                        query(
                                "SELECT strftime(ts, '%T') AS time, before, after, interval_s, missed FROM transition ORDER BY ts"))
                .isEqualTo("""
                        time,before,after,interval_s,missed
                        07:00:01,SYN_SENT,ESTABLISHED,1.0,0
                        07:00:02,ESTABLISHED,TIME_WAIT,1.0,0
                        07:00:04,ESTABLISHED,CLOSE_WAIT,1.0,0
                        """);
        assertThat(query("SELECT inode, ticks, first_state, last_state, open_at_start, open_at_end"
                        + " FROM connection_life ORDER BY first_ts"))
                .isEqualTo("""
                        inode,ticks,first_state,last_state,open_at_start,open_at_end
                        5,3,SYN_SENT,TIME_WAIT,true,false
                        7,2,ESTABLISHED,CLOSE_WAIT,false,false
                        8,1,ESTABLISHED,ESTABLISHED,false,true
                        """);
        assertThat(
                        query(
                                "SELECT strftime(ts, '%T') AS time, state, sockets FROM state_count WHERE sockets > 0 ORDER BY ts"))
                .isEqualTo("""
                        time,state,sockets
                        07:00:00,SYN_SENT,1
                        07:00:01,ESTABLISHED,1
                        07:00:02,TIME_WAIT,1
                        07:00:03,ESTABLISHED,1
                        07:00:04,CLOSE_WAIT,1
                        07:00:05,ESTABLISHED,1
                        """);
        assertThat(query("SELECT count(*) AS rows, sum(sockets) AS sockets FROM state_count"))
                .isEqualTo("""
                        rows,sockets
                        66,6
                        """);
    }

    @Test
    void netDevRate() throws Exception {
        try (Scene wide = new Scene(folder, "a", "x86_64", "r1", "boot 1", 0)) {
            wide.tick(0, 100, 0, dev(4_294_967_000L, 10));
            // lower on 64 bits: the interface came anew
            wide.tick(2, 102, 0, dev(704, 14));
            // 2^33 in 4 s
            wide.tick(6, 106, 3, dev(704 + (1L << 33), 14));
        }
        try (Scene narrow = new Scene(folder, "b", "i686", "r2", "boot 2", 0)) {
            narrow.tick(0, 100, 0, dev(4_294_967_000L, 10));
            // lower on 32 bits: 704 + 2^32 - 4294967000 = 1000 in 2 s
            narrow.tick(2, 102, 0, dev(704, 14));
            // from 14 packets to 3: no wrap
            narrow.tick(3, 103, 0, dev(804, 3));
        }
        assertThat(query("SELECT strftime(ts, '%T') AS time, host, iface, interval_s, missed, reset, rx_bytes_delta,"
                        + " rx_bytes_per_s, rx_packets_delta, rx_packets_per_s FROM net_dev_rate ORDER BY host, ts"))
                .isEqualTo("""
                        time,host,iface,interval_s,missed,reset,rx_bytes_delta,rx_bytes_per_s,rx_packets_delta,rx_packets_per_s
                        07:00:02,a,eth0,2.0,0,true,,,4,2.0
                        07:00:06,a,eth0,4.0,3,false,8589934592,2.147483648E9,0,0.0
                        07:00:02,b,eth0,2.0,0,false,1000,500.0,4,2.0
                        07:00:03,b,eth0,1.0,0,true,100,100.0,,
                        """);
    }

    /** A line of a CPU, in hexadecimal: processed, dropped, time_squeeze, and by its number that of the CPU. */
    private static String cpu(long processed, long dropped, long squeeze, int cpu) {
        return "%08x %08x %08x 0 0 0 0 0 0 0 0 0 %08x%n".formatted(processed, dropped, squeeze, cpu);
    }

    @Test
    void softnetRate() throws Exception {
        try (Scene scene = new Scene(folder, "a", "x86_64", "r1", "boot 1", 0)) {
            scene.tick(0, 100, 0, proc("softnet_stat", cpu(4294967290L, 5, 0, 0) + cpu(100, 0, 0, 2)));
            // processed wraps on a 64-bit host too: 10 + 2^32 - 4294967290 = 16; CPU 2 is offline
            scene.tick(2, 102, 0, proc("softnet_stat", cpu(10, 7, 1, 0)));
            // a missed tick; CPU 2 is back after 4 s
            scene.tick(4, 104, 1, proc("softnet_stat", cpu(30, 7, 1, 0) + cpu(900, 0, 8, 2)));
            // dropped is lower than before: it began anew
            scene.tick(5, 105, 0, proc("softnet_stat", cpu(40, 0, 1, 0)));
        }
        try (Scene rebooted = new Scene(folder, "a", "x86_64", "r2", "boot 2", 6)) {
            rebooted.tick(6, 10, 0, proc("softnet_stat", cpu(70, 0, 1, 0)));
        }
        assertThat(query(
                        "SELECT strftime(ts, '%T') AS time, cpu, interval_s, wall_clock, missed, reset, processed_delta,"
                                + " processed_per_s, dropped_delta, dropped_per_s, time_squeeze_delta, time_squeeze_per_s"
                                + " FROM softnet_rate ORDER BY ts, cpu"))
                .isEqualTo("""
                        time,cpu,interval_s,wall_clock,missed,reset,processed_delta,processed_per_s,dropped_delta,dropped_per_s,time_squeeze_delta,time_squeeze_per_s
                        07:00:02,0,2.0,false,0,false,16,8.0,2,1.0,1,0.5
                        07:00:04,0,2.0,false,1,false,20,10.0,0,0.0,0,0.0
                        07:00:04,2,4.0,false,2,false,800,200.0,0,0.0,8,2.0
                        07:00:05,0,1.0,false,0,true,10,10.0,,,0,0.0
                        """);
    }

    @Test
    void counterRate() throws Exception {
        try (Scene scene = new Scene(folder, "a", "x86_64", "r1", "boot 1", 0)) {
            scene.tick(0, 100, 0, proc("snmp", "Tcp: CurrEstab RetransSegs\nTcp: 7 5\n"));
            scene.tick(1, 104, 0, proc("snmp", "Tcp: CurrEstab RetransSegs\nTcp: 3 9\n"));
            scene.tick(2, 105, 0, proc("snmp", "Tcp: CurrEstab RetransSegs\nTcp: 3 2\n"));
        }
        assertThat(query("SELECT * FROM counter_rate ORDER BY ts")).isEqualTo("""
                        snapshot_id,ts,host,netns,source,proto,name,interval_s,wall_clock,missed,delta,per_s,reset
                        1,2026-11-22 07:00:01,a,net:[1],snmp,Tcp,RetransSegs,4.0,false,0,4,1.0,false
                        2,2026-11-22 07:00:02,a,net:[1],snmp,Tcp,RetransSegs,1.0,false,0,,,true
                        """);
    }
}
