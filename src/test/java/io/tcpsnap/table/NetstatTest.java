package io.tcpsnap.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcpsnap.decode.Problem;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Text of netstat, old and new, with any of its options. */
class NetstatTest {
    private static final int ROUNDS = 2000;
    /** What sosreports have: netstat -W -neopa. */
    private static final String SOS = """
            Active Internet connections (servers and established)
            Proto Recv-Q Send-Q Local Address           Foreign Address         State       User       Inode      PID/Program name     Timer
            tcp        2      0 0.0.0.0:22              0.0.0.0:*               LISTEN      0          116        812/sshd: /usr/sbin/  off (0.00/0/0)
            tcp        0     36 10.0.0.1:22             10.0.0.9:51000          ESTABLISHED 0          4711       900/sshd             on (0.23/3/0)
            tcp        0      0 10.0.0.1:443            10.0.0.9:51001          ESTABLISHED 33         4712       -                    keepalive (6500.12/0/2)
            tcp        0      0 10.0.0.1:443            10.0.0.9:51002          TIME_WAIT   0          0          -                    timewait (59.99/0/0)
            tcp        0      0 10.0.0.1:443            10.0.0.9:51003          FIN_WAIT2   0          0          -                    timewait (1.00/0/0)
            tcp        0      1 10.0.0.1:443            10.0.0.9:51004          FIN_WAIT1   33         0          -                    probe (3.10/0/7)
            tcp        0      0 10.0.0.1:443            10.0.0.9:51005          SYN_RECV    0          0          -                    on (0.99/1/0)
            tcp        1      0 10.0.0.1:443            10.0.0.9:51006          CLOSE_WAIT  33         4713       901/nginx            off (0.00/0/0)
            tcp6       0      0 :::80                   :::*                    LISTEN      0          117        901/nginx            off (0.00/0/0)
            tcp6       0      0 ::ffff:10.0.0.1:80      ::ffff:10.0.0.9:51000   ESTABLISHED 33         118        901/nginx            off (0.00/0/0)
            tcp6       0      0 fd00:1:2:3:4:5:6:7:443  fd00:1:2:3:4:5:6:8:50000 ESTABLISHED 33        119        901/nginx            off (0.00/0/0)
            udp        0      0 0.0.0.0:68              0.0.0.0:*                           0          120        800/dhclient         off (0.00/0/0)
            udp        0      0 0.0.0.0:69              0.0.0.0:*                           0          121        800/dhclient         off (0.00/0/0)
            Active UNIX domain sockets (servers and established)
            Proto RefCnt Flags       Type       State         I-Node   PID/Program name     Path
            unix  2      [ ACC ]     STREAM     LISTENING     2500013  1/init               /run/systemd/private
            """;

    private final List<Problem> problems = new ArrayList<>();

    private List<Map<String, Object>> rows(byte[] text) {
        return Rows.of("tcp", Rows.tick(Map.of("netstat/tcp", text), ByteOrder.LITTLE_ENDIAN), problems);
    }

    private List<Map<String, Object>> rows(String text) {
        return rows(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> reasons() {
        return problems.stream().map(Problem::reason).toList();
    }

    private static Object big(long value) {
        return BigInteger.valueOf(value);
    }

    @Test
    void sosreport() {
        List<Map<String, Object>> rows = rows(SOS);
        assertThat(reasons())
                .containsExactly(
                        "a socket of udp, which is not TCP: 2 times", "a socket of unix, which is not TCP: 1 times");
        assertThat(rows)
                .hasSize(11)
                .allSatisfy(row -> assertThat(row)
                        .containsEntry("source", "netstat")
                        .containsEntry("netstat_rest", null)
                        .containsEntry("sl", null)
                        .containsEntry("tm_when", null)
                        .containsEntry("cwnd", null)
                        .containsEntry("in_initial_slowstart", null)
                        .containsEntry("duplicate", false));
        assertThat(rows.get(0))
                .containsEntry("state", "LISTEN")
                .containsEntry("local_addr", "0.0.0.0")
                .containsEntry("local_port", 22L)
                .containsEntry("remote_addr", "0.0.0.0")
                .containsEntry("remote_port", 0L)
                .containsEntry("accept_queue", 2L)
                .containsEntry("rx_queue", null)
                .containsEntry("inode", big(116))
                .containsEntry("pid", 812L)
                .containsEntry("program", "sshd: /usr/sbin/")
                .containsEntry("timer", "none")
                .containsEntry("timer_ms", null);
        assertThat(rows.get(1))
                .containsEntry("row_kind", "socket")
                .containsEntry("tx_queue", 36L)
                .containsEntry("rx_queue", 0L)
                .containsEntry("timer", "retransmit")
                .containsEntry("timer_ms", 230L)
                .containsEntry("retrnsmt", 3L)
                .containsEntry("timeout", 0L);
        assertThat(rows.get(2))
                .containsEntry("uid", 33L)
                .containsEntry("pid", null)
                .containsEntry("program", null)
                .containsEntry("timer", "keepalive")
                .containsEntry("timer_ms", 6_500_120L)
                .containsEntry("timeout", 2L);
        assertThat(rows)
                .extracting("row_kind")
                .containsExactly(
                        "socket",
                        "socket",
                        "socket",
                        "time_wait",
                        "time_wait",
                        "socket",
                        null,
                        "socket",
                        "socket",
                        "socket",
                        "socket");
        assertThat(rows.get(5)).containsEntry("timer", "probe0").containsEntry("timeout", 7L);
        assertThat(rows.get(8)).containsEntry("family", 6L).containsEntry("local_addr", "::");
        assertThat(rows.get(9)).containsEntry("remote_addr", "::ffff:10.0.0.9").containsEntry("family", 6L);
        assertThat(rows.get(10))
                .containsEntry("remote_addr", "fd00:1:2:3:4:5:6:8")
                .containsEntry("remote_port", 50000L);
    }

    /** Without -n and -W, and before 1.60, which has no tcp6. */
    @Test
    void namesAndCutAddressesAreNotGuessed() {
        List<Map<String, Object>> rows = rows("""
                Proto Recv-Q Send-Q Local Address           Foreign Address         State
                tcp        0      0 myhost:ssh              10.0.0.9:51000          ESTABLISHED
                tcp        0      0 :::22                   :::*                    LISTEN
                tcp        0      0 fd00:1:2:3:4:5:6:7:8443 ::1:5                   ESTABLISHED
                tcp6       0      0 [::]:ssh                [::]:*                  LISTEN
                tcp6       0      0 10.0.0.1:80             10.0.0.9:5              ESTABLISHED
                """);
        assertThat(rows.get(4))
                .containsEntry("family", 6L)
                .containsEntry("local_addr", "::ffff:10.0.0.1")
                .containsEntry("remote_addr", "::ffff:10.0.0.9")
                .containsEntry("netstat_rest", null);
        assertThat(problems).isEmpty();
        assertThat(rows.get(0))
                .containsEntry("conn", null)
                .containsEntry("family", 4L)
                .containsEntry("local_addr", null)
                .containsEntry("local_port", null)
                .containsEntry("remote_addr", "10.0.0.9")
                .containsEntry("remote_port", 51000L)
                .containsEntry("timer", null)
                .containsEntry("timer_code", null)
                .containsEntry("retrnsmt", null)
                .containsEntry("uid", null)
                .containsEntry("inode", null)
                .containsEntry("netstat_rest", "myhost:ssh");
        assertThat(rows.get(1)).containsEntry("family", 6L).containsEntry("local_addr", "::");
        assertThat(rows.get(2))
                .containsEntry("family", 6L)
                .containsEntry("local_addr", null)
                .containsEntry("remote_addr", "::1")
                .containsEntry("netstat_rest", "fd00:1:2:3:4:5:6:7:8443");
        assertThat(rows.get(3))
                .containsEntry("local_addr", "::")
                .containsEntry("local_port", null)
                .containsEntry("netstat_rest", "[::]:ssh");
    }

    @Test
    void userNamesUnknownTimersAndStates() {
        List<Map<String, Object>> rows = rows("""
                $ netstat -teop
                (Not all processes could be identified, non-owned process info
                 will not be shown, you would have to be root to see it all.)
                Proto Recv-Q Send-Q Local Address           Foreign Address         State       User       Inode      PID/Program name     Timer
                tcp        0      0 10.0.0.1:22             10.0.0.9:51000          ESTABLISHED www-data   4711       7/a b (c/d)          unkn-5 (0.23/3/0)
                tcp        0      0 10.0.0.1:22             10.0.0.9:51001          VERBUNDEN   root       4712       -                    off (0.00/0/0)
                tcp        0      0 10.0.0.1:22             10.0.0.9:51002          ESTABLISHED 0          4713       system_u:object_r    on (184467440737095516.15/0/0)
                tcp        x      0 10.0.0.1:22             10.0.0.9:51003          ESTABLISHED
                tcp        0      0 10.0.0.1:22             10.0.0.9:51004
                """);
        assertThat(rows).hasSize(3);
        assertThat(rows.get(0))
                .containsEntry("pid", 7L)
                .containsEntry("program", "a b (c/d)")
                .containsEntry("timer", null)
                .containsEntry("timer_code", 5L)
                .containsEntry("timer_ms", 230L)
                .containsEntry("netstat_rest", "www-data");
        assertThat(rows.get(1)).containsEntry("state", null).containsEntry("netstat_rest", "root");
        assertThat(rows.get(2)).containsEntry("timer_ms", 0L).containsEntry("netstat_rest", "system_u:object_r");
        assertThat(reasons())
                .containsExactly(
                        "neither a socket nor a title",
                        "a word that is not of its column's form, or a row without a state",
                        "a word that is not of its column's form, or a row without a state",
                        "timer 5 is unknown: 1 times",
                        "state VERBUNDEN is unknown: 1 times",
                        "words behind the columns that are known: 1 times");
    }

    /** The same hash as of the other sources: a line of /proc/net/tcp and one of netstat are one socket. */
    @Test
    void joinsWithProcNetTcp() {
        String proc =
                "   0: 0100000A:0016 0900000A:C738 01 00000024:00000000 01:00000017 00000003     0        0 4711 2"
                        + " 0000000000000000 20 4 30 10 -1\n";
        Map<String, byte[]> copies = Map.of(
                "proc/net/tcp", proc.getBytes(StandardCharsets.US_ASCII),
                "netstat/tcp", SOS.getBytes(StandardCharsets.US_ASCII));
        List<Map<String, Object>> rows = Rows.of("tcp", Rows.tick(copies, ByteOrder.LITTLE_ENDIAN), problems);
        assertThat(rows).extracting("source").startsWith("proc", "netstat");
        for (String column :
                List.of("conn", "state", "tx_queue", "timer", "timer_ms", "retrnsmt", "uid", "timeout", "inode")) {
            assertThat(rows.get(2).get(column))
                    .as(column)
                    .isNotNull()
                    .isEqualTo(rows.get(0).get(column));
        }
    }

    @Test
    void mutatedTextGivesRowsOrProblems() {
        Mutation mutation = new Mutation(1);
        for (int round = 0; round < ROUNDS; round++) {
            problems.clear();
            byte[] bytes = mutation.of(SOS.getBytes(StandardCharsets.UTF_8));
            List<Map<String, Object>> rows = rows(bytes);
            long lines = new String(bytes, StandardCharsets.ISO_8859_1)
                    .lines()
                    .filter(line -> line.matches("(?s)tcp6?[ \\t\\r].*"))
                    .count();
            assertThat(rows.size() + problems.size()).isGreaterThanOrEqualTo((int) lines);
            check(bytes, rows);
        }
    }

    @Test
    void randomWordsBehindARowAreSafe() {
        String alphabet = " \t\r:,()[]/-.eon0123456789off\u0000\u00e9";
        Random random = new Random(2);
        for (int round = 0; round < ROUNDS; round++) {
            problems.clear();
            StringBuilder text =
                    new StringBuilder(SOS.lines().skip(1).findFirst().orElseThrow());
            text.append("\ntcp 0 0 10.0.0.1:22 ").append(round % 2 == 0 ? "[::1]:5 CLOSE " : "");
            for (int i = random.nextInt(200); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
            List<Map<String, Object>> rows = rows(bytes);
            assertThat(rows.size() + problems.size()).isPositive();
            check(bytes, rows);
        }
    }

    private void check(byte[] bytes, List<Map<String, Object>> rows) {
        for (Problem problem : problems) {
            assertThat(problem.offset()).isBetween(0L, (long) bytes.length);
            assertThat(problem.bytes().length).isLessThanOrEqualTo(Problem.MAX_BYTES);
        }
        assertThat(rows).allSatisfy(row -> assertThat(row).containsEntry("source", "netstat"));
    }
}
