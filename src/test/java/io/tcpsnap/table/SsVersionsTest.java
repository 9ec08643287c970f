package io.tcpsnap.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tcpsnap.decode.Problem;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Text in the style of each generation of ss, as people paste it. */
class SsVersionsTest {
    private final List<Problem> problems = new ArrayList<>();

    private List<Map<String, Object>> rows(String text) {
        return Rows.of(
                "tcp_info",
                Rows.tick(Map.of("ss/tcp", text.getBytes(StandardCharsets.UTF_8)), ByteOrder.LITTLE_ENDIAN),
                problems);
    }

    private Map<String, Object> row(String text) {
        List<Map<String, Object>> rows = rows(text);
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    private static BigInteger big(long value) {
        return BigInteger.valueOf(value);
    }

    @Test
    void rhel6() {
        List<Map<String, Object>> rows = rows("""
                State       Recv-Q Send-Q        Local Address:Port          Peer Address:Port
                LISTEN      0      128                      :::22                      :::*      users:(("sshd",1234,4)) ino:11021 sk:ffff8802
                LISTEN      0      128                       *:22                       *:*      users:(("sshd",1234,3)) ino:11019 sk:c2a1d6c0ffff8800
                ESTAB       0      64               10.1.2.3:22              10.1.2.4:53170  timer:(on,204ms,0) uid:500 ino:7 sk:12
                \t ts sack cubic wscale:7,7 rto:204 rtt:3.5/1.75 ato:40 cwnd:10 ssthresh:7 send 32.9Mbps rcv_space:29200
                """);
        assertThat(problems).isEmpty();
        assertThat(rows)
                .extracting(row -> row.get("family"), row -> row.get("local_addr"), row -> row.get("cookie"))
                .containsExactly(
                        tuple(6L, "::", big(0xffff8802L)),
                        tuple(4L, "0.0.0.0", new BigInteger("ffff8800c2a1d6c0", 16)),
                        tuple(4L, "10.1.2.3", big(0x12)));
        assertThat(rows.get(0))
                .containsEntry("ss_rest", "users:((\"sshd\",1234,4))")
                .containsEntry("uid", 0L);
        assertThat(rows.get(2))
                .containsEntry("timer", "retransmit")
                .containsEntry("expires", 204L)
                .containsEntry("options", 7L)
                .containsEntry("cong", "cubic")
                .containsEntry("rtt", 3500L)
                .containsEntry("rttvar", 1750L)
                .containsEntry("snd_ssthresh", 7L)
                .containsEntry("in_initial_slowstart", false)
                .containsEntry("rcv_space", 29200L)
                .containsEntry("uid", 500L)
                .containsEntry("lost", null)
                .containsEntry("ss_rest", null);
    }

    @Test
    void threeAndFour() {
        List<Map<String, Object>> rows = rows("""
                Netid  State      Recv-Q Send-Q     Local Address:Port       Peer Address:Port
                tcp    ESTAB      0      0      ::ffff:10.0.0.1:http     ::ffff:10.0.0.2:41000    users:(("nginx: worker",pid=7,fd=3),("tmux: (1))",pid=8,fd=4)) ino:5 sk:1 <->
                \t skmem:(r0,rb374400,t0,tb87040,f4294966272,w0,o0) ts sack cubic wscale:7,7 rto:1632.5 rtt:1431.53/12.5 mss:1448 cwnd:10 send 1.2Mbps pacing_rate 2.4Mbps/9.9Gbps retrans:0/3 reordering:5 rcv_rtt:4.5
                udp    UNCONN     0      0      *:68   *:*
                tcp    TIME-WAIT  0      0      fe80::1%eth0:80        fe80::2:41000      timer:(timewait,1min20sec,0) ino:0 sk:2
                """);
        assertThat(problems)
                .extracting(Problem::reason)
                .containsExactly("a socket of netid udp, which is not TCP: 1 times");
        assertThat(rows.get(0))
                .containsEntry("local_addr", "::ffff:10.0.0.1")
                .containsEntry("local_port", null)
                .containsEntry("conn", null)
                .containsEntry("remote_port", 41000L)
                .containsEntry("skmem_fwd_alloc", -1024L)
                .containsEntry("skmem_backlog", null)
                .containsEntry("rtt", 1431530L)
                .containsEntry("rto", 1632500L)
                .containsEntry("pacing_rate", null)
                .containsEntry("retrans", 0L)
                .containsEntry("total_retrans", 3L)
                .containsEntry("shutdown", 0L)
                .containsEntry(
                        "ss_rest",
                        "users:((\"nginx: worker\",pid=7,fd=3),(\"tmux: (1))\",pid=8,fd=4))"
                                + " pacing_rate 2.4Mbps/9.9Gbps ::ffff:10.0.0.1:http");
        assertThat(rows.get(1))
                .containsEntry("row_kind", "time_wait")
                .containsEntry("family", 6L)
                .containsEntry("local_addr", "fe80::1")
                .containsEntry("timer", "timewait")
                .containsEntry("expires", null)
                .containsEntry("ss_rest", "timer:(timewait,1min20sec,0) fe80::1%eth0:80");
    }

    /** Of TLS and MPTCP; the numbers of a mapping were hexadecimal up to 6.13. */
    @Test
    void upperLayerProtocols() {
        List<Map<String, Object>> rows = rows("""
                State Recv-Q Send-Q Local Address:Port  Peer Address:Port
                ESTAB 0      0      127.0.0.1:1         127.0.0.1:2
                \t cubic cwnd:10 tcp-ulp-tls version: unknown(772) cipher: aes-gcm-256 rxconf: hw-record txconf: none zc_ro_tx no_pad_rx
                ESTAB 0      0      127.0.0.1:3         127.0.0.1:4
                \t cubic cwnd:10 tcp-ulp-mptcp flags:Jjec token:12101113(id:1)/e5f8b564(id:0) seq:ce05d95cac986d76 sfseq:0 ssnoff:70ea2c5d maplen:46
                ESTAB 0      0      127.0.0.1:5         127.0.0.1:6
                \t cubic cwnd:10 tcp-ulp-smc flags:7 no_pad
                ESTAB 0      0      127.0.0.1:7         127.0.0.1:8
                \t subflows_max:2 remote_key token:e2f09e3e write_seq:28c81f4454457e78 bytes_sent:7
                ESTAB 0      0      127.0.0.1:9         127.0.0.1:8
                \t cubic cwnd:10 tcp-ulp-mptcp flags:Mx token:12/13 seq:fffffffffffffffff maplen:fffff
                """);
        assertThat(rows).hasSize(4);
        assertThat(rows.get(0))
                .containsEntry("tls_version", 772L)
                .containsEntry("tls_cipher", 52L)
                .containsEntry("tls_rxconf", 4L)
                .containsEntry("tls_txconf", 1L)
                .containsEntry("tls_zc_ro_tx", true)
                .containsEntry("tls_rx_no_pad", true)
                .containsEntry("ss_rest", null);
        assertThat(rows.get(1))
                .containsEntry("mptcp_flags", 4L + 8 + 64 + 128)
                .containsEntry("mptcp_token_rem", 0x12101113L)
                .containsEntry("mptcp_id_rem", 1L)
                .containsEntry("mptcp_token_loc", 0xe5f8b564L)
                .containsEntry("mptcp_id_loc", 0L)
                .containsEntry("mptcp_map_seq", new BigInteger("ce05d95cac986d76", 16))
                .containsEntry("mptcp_map_sfseq", 0L)
                .containsEntry("mptcp_ssn_offset", 0x70ea2c5dL)
                .containsEntry("mptcp_map_datalen", null)
                .containsEntry("ss_rest", "maplen:46");
        assertThat(rows.get(2)).containsEntry("ulp", "smc").containsEntry("ss_rest", "flags:7 no_pad");
        assertThat(rows.get(3)).containsEntry("ss_rest", "flags:Mx token:12/13 seq:fffffffffffffffff maplen:fffff");
        assertThat(problems)
                .extracting(Problem::reason)
                .contains(
                        "a socket of MPTCP, which is not TCP: 1 times",
                        "the value of key maplen cannot be read: 1 times");
    }

    @Test
    void fiveToSeven() {
        List<Map<String, Object>> rows = rows("""
                Recv-Q Send-Q  Local Address:Port  Peer Address:PortProcess
                0      0       [fe80::1]%eth0:22   [fe80::2]:5000 ino:1 sk:a cgroup:unreachable:1f4 v6only:0 --> tos:0x10 tclass:0 class_id:0 fwmark:0x2a
                \tinet-sockopt: ( is_icsk mc_loop mc_all)
                \t usec_ts sack ecn ecnseen fastopen dctcp wscale:7,10 rto:1632 rtt:0.033/0.016 mss:1448 cwnd:4 dctcp:(ce_state:1,alpha:512,ab_ecn:3,ab_tot:9) delivery_rate 8bps/s app_limited busy:12ms rwnd_limited:3ms(25.0%) delivered_ce:2 rcv_wnd:65536 rehash:1 minrtt:0.03 tcp-ulp-tls version: 1.3 cipher: aes-gcm-128 rxconf: sw
                0      128     *:80                *:* cgroup:/a/b
                \t cubic cwnd:10 unacked:2
                """);
        assertThat(problems)
                .extracting(Problem::reason)
                .containsExactly("the value of key delivery_rate cannot be read: 1 times");
        assertThat(rows.get(0))
                .containsEntry("state", null)
                .containsEntry("rx_queue", 0L)
                .containsEntry("cgroup_id", big(500))
                .containsEntry("v6only", false)
                .containsEntry("shutdown", 1L)
                .containsEntry("tos", 16L)
                .containsEntry("mark", 42L)
                .containsEntry("options", 64L + 2 + 8 + 16 + 32 + 4)
                .containsEntry("timer", "none")
                .containsEntry("cong", "dctcp")
                .containsEntry("dctcp_enabled", true)
                .containsEntry("dctcp_alpha", 512L)
                .containsEntry("delivery_rate_app_limited", 1L)
                .containsEntry("busy_time", big(12000))
                .containsEntry("rcv_wnd", 65536L)
                .containsEntry("rehash", 1L)
                .containsEntry("ulp", "tls")
                .containsEntry("tls_version", 0x304L)
                .containsEntry("tls_cipher", 51L)
                .containsEntry("tls_rxconf", 2L)
                .containsEntry("tls_txconf", null);
        assertThat((String) rows.get(0).get("ss_rest"))
                .contains("inet-sockopt: ( is_icsk mc_loop mc_all)")
                .doesNotContain("version", "aes", "conf");
        assertThat(rows.get(1))
                .containsEntry("family", 6L)
                .containsEntry("local_addr", "::")
                .containsEntry("rx_queue", null)
                .containsEntry("accept_queue", null)
                .containsEntry("unacked", null)
                .containsEntry("ss_rest", "cgroup:/a/b unacked:2 0 128");
    }

    @Test
    void aQueueThatNoKernelHasIsAProblem() {
        assertThat(row("ESTAB 4294967296 0 10.0.0.1:1 10.0.0.2:2\n"))
                .containsEntry("rx_queue", null)
                .containsEntry("tx_queue", 0L)
                .containsEntry("ss_rest", "4294967296");
        assertThat(problems).hasSize(1);
    }

    /** What /proc shows as A8E3CDE5 while connect() waits for data. */
    @Test
    void aQueueBelowZeroIsUnsigned() {
        assertThat(row("SYN-SENT 0 -1461465627 10.0.0.1:1 10.0.0.2:2\n"))
                .containsEntry("tx_queue", 0xa8e3cde5L)
                .containsEntry("rx_queue", 0L)
                .containsEntry(
                        "conn", row("SYN-SENT 0 1 10.0.0.1:1 10.0.0.2:2\n").get("conn"));
        assertThat(problems).isEmpty();
        assertThat(row("ESTAB 0 -2147483649 10.0.0.1:1 10.0.0.2:2\n")).containsEntry("tx_queue", null);
        assertThat(problems).hasSize(1);
    }

    @Test
    void anAddressThatNothingExplainsHasNoFamily() {
        assertThat(row("LISTEN 0 128 *:22 *:*\n"))
                .containsEntry("family", null)
                .containsEntry("local_addr", null)
                .containsEntry("conn", null)
                .containsEntry("local_port", 22L)
                .containsEntry("remote_port", 0L)
                .containsEntry("accept_backlog", 128L)
                .containsEntry("ss_rest", "*:22 *:*");
        assertThat(row("LISTEN 0 128 *:22 *:* v6only:0\n")).containsEntry("local_addr", "::");
        assertThat(problems).isEmpty();
    }

    @Test
    void unknownKeysAreCountedAndKept() {
        List<Map<String, Object>> rows = rows("""
                ESTAB 0 0 10.0.0.1:1 10.0.0.2:2
                \t cubic rto:204 newkey:7 strange cwnd:x cwnd:3
                ESTAB 0 0 10.0.0.1:1 10.0.0.2:3
                \t accecn cubic rto:204 newkey:8 rtt:0.5
                """);
        assertThat(problems)
                .extracting(Problem::reason)
                .containsExactly(
                        "key newkey is unknown: 2 times",
                        "key strange is unknown: 1 times",
                        "the value of key cwnd cannot be read: 1 times",
                        "key cwnd is there twice: 1 times",
                        "key accecn is unknown: 1 times");
        assertThat(rows.get(0))
                .containsEntry("cong", "cubic")
                .containsEntry("ss_rest", "newkey:7 strange cwnd:x cwnd:3");
        assertThat(rows.get(1))
                .containsEntry("cong", "cubic")
                .containsEntry("rtt", 500L)
                .containsEntry("rttvar", null);
    }

    @Test
    void wrappedLinesAreProblems() {
        List<Map<String, Object>> rows = rows("""
                > $ ss -tin
                ESTAB 0 0 10.0.0.1:1 10.0.0.2:2
                \t cubic rto:204 rtt:3.5/1.75
                ato:40 cwnd:10
                ESTAB 0 0 10.0.0.1:1
                10.0.0.2:3
                """);
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0)).containsEntry("rto", 204000L).containsEntry("snd_cwnd", null);
        assertThat(problems)
                .extracting(problem -> new String(problem.bytes(), StandardCharsets.UTF_8))
                .containsExactly("> $ ss -tin", "ato:40 cwnd:10", "ESTAB 0 0 10.0.0.1:1", "10.0.0.2:3");
    }

    @Test
    void timesAreKeptWhereTheyAreWhole() {
        assertThat(List.of("004ms", "1.508ms", "1.508sec", "9sec", "", "10sec", "59sec", "1min", "9min59sec", "119min"))
                .extracting(time -> row("ESTAB 0 0 10.0.0.1:1 10.0.0.2:2 timer:(keepalive," + time + ",0)\n")
                        .get("expires"))
                .containsExactly(4L, 1508L, 1508L, 9000L, 0L, null, null, null, null, null);
        assertThat(problems).isEmpty();
    }
}
