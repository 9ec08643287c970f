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

/** What other kernels and machines print, by the formats that their source has. */
class OldKernelsTest {
    private final List<Problem> problems = new ArrayList<>();

    private List<Map<String, Object>> rows(String table, String path, String text, ByteOrder order) {
        return Rows.of(table, Rows.tick(Map.of(path, text.getBytes(StandardCharsets.ISO_8859_1)), order), problems);
    }

    private List<Map<String, Object>> tcp(String text) {
        return rows("tcp", "proc/net/tcp", text, ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void bigEndianHostsPrintAddressesInNaturalOrder() {
        assertThat(rows(
                        "tcp",
                        "proc/net/tcp",
                        "   0: 7F000001:0016 0A630002:A031 01 00000000:00000000 00:00000000 00000000  0 0 1 1 0 20 0 0 10 -1\n",
                        ByteOrder.BIG_ENDIAN))
                .extracting(row -> row.get("local_addr"), row -> row.get("local_port"), row -> row.get("remote_addr"))
                .containsExactly(tuple("127.0.0.1", 22L, "10.99.0.2"));
        assertThat(rows(
                        "tcp",
                        "proc/net/tcp6",
                        "   0: 0000000000000000"
                                + "0000FFFF0A630001:7D00 FD990000000000000000000000000002:A412 0A 00000000:00000000"
                                + " 00:00000000 00000000  0 0 1 1 0 20 0 0 10 5\n",
                        ByteOrder.BIG_ENDIAN))
                .extracting(row -> row.get("local_addr"), row -> row.get("remote_addr"))
                .containsExactly(tuple("::ffff:10.99.0.1", "fd99::2"));
        assertThat(problems).isEmpty();
    }

    @Test
    void expiredTimersOfOldKernelsAreSixteenDigits() {
        List<Map<String, Object>> rows = tcp(
                "   0: 0100007F:0016 0100007F:A031 01 00000000:00000000 01:1999999999999999 00000000     0        0 5 1 ffff8800cafe0000 20 4 30 10 -1\n"
                        + "   1: 0100007F:0016 0100007F:A032 01 00000000:00000000 02:FFFFFFFE 00000000    -2        0 5 1 c0de0000 20 4 31 10 7   \n");
        assertThat(rows)
                .extracting(row -> row.get("tm_when"), row -> row.get("timer_ms"), row -> row.get("uid"))
                .containsExactly(tuple(0x1999999999999999L, 0L, 0L), tuple(0xFFFFFFFEL, 0L, -2L));
        assertThat(rows.get(1))
                .containsEntry("sk", "c0de0000")
                .containsEntry("quick", 15L)
                .containsEntry("pingpong", true)
                .containsEntry("ssthresh", 7L)
                .containsEntry("in_initial_slowstart", false);
        assertThat(problems).isEmpty();
    }

    @Test
    void pointersMayBeText() {
        assertThat(
                        tcp(
                                "   0: 0100007F:0016 0100007F:A031 06 00000000:00000000 03:00000101 00000000     0        0 0 3 (____ptrval____)\n"))
                .extracting(row -> row.get("sk"), row -> row.get("row_kind"), row -> row.get("timer_ms"))
                .containsExactly(tuple("(____ptrval____)", "time_wait", 2570L));
        assertThat(problems).isEmpty();
    }

    @Test
    void whatIsCutShortIsAProblemAndTheRestIsRead() {
        String good =
                "   1: 0100007F:0016 0100007F:A032 01 00000000:00000000 00:00000000 00000000     0        0 5 1 c0de0000 20 4 31 10 -1\n";
        List<Map<String, Object>> rows = tcp(
                "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
                        + "   0: 0100007F:0016 0100007F:A031 01 00000000:00000000 00:00000000 00000000     0        0 5 1 c0de0000\n"
                        + good
                        + "   2: 0100007F:0016 01000\n"
                        + "   3: 0100007F:0016 0100007F:A032 01 0000000Z:00000000 00:00000000 00000000     0        0 5 1 c0de0000 20 4 31 10 -1\n"
                        + "   4: 0100007F:0016 0100007F:A032 0D 00000000:00000000 09:00000000 00000000     0        0 5 1 c0de0000 20 4 31 10 -1\n");
        assertThat(rows).extracting(row -> row.get("sl")).containsExactly(1L, 4L);
        assertThat(rows.get(1))
                .containsEntry("state", null)
                .containsEntry("timer", null)
                .containsEntry("timer_code", 9L);
        assertThat(problems)
                .extracting(Problem::reason)
                .containsExactly(
                        "a row that ends with the pointer, in a state that has more: cut short",
                        "a row of 3 words instead of 17 or 12",
                        "a word that is not of its column's form",
                        "state 13 is unknown",
                        "timer 9 is unknown");
        assertThat(new String(problems.get(1).bytes(), StandardCharsets.US_ASCII))
                .isEqualTo("   2: 0100007F:0016 01000");
        assertThat(problems.get(1).offset()).isEqualTo(98 + 103 + good.length());
    }

    @Test
    void aRowWithoutItsLineFeedIsReadAndNoted() {
        assertThat(
                        tcp(
                                "   1: 0100007F:0016 0100007F:A032 01 00000000:00000000 00:00000000 00000000     0        0 5 1 c0de0000 20 4 31 10 1"))
                .hasSize(1);
        assertThat(problems)
                .extracting(Problem::reason)
                .containsExactly("the input ends in this row: its last word may be cut short");
    }

    @Test
    void interfacesWithoutABlankBehindTheColonAndWithColons() {
        String header = "Inter-|   Receive                                                |  Transmit\n"
                + " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed\n";
        List<Map<String, Object>> rows = rows(
                "net_dev",
                "proc/net/dev",
                header + "  eth0:1234567890 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n"
                        + "eth0:1:18446744073709551615 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n"
                        + "   a|b: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n"
                        + "  dumm: No statistics available.\n"
                        + "  eth1: 18446744073709551616 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n",
                ByteOrder.LITTLE_ENDIAN);
        assertThat(rows)
                .extracting(row -> row.get("iface"), row -> row.get("rx_bytes"), row -> row.get("tx_compressed"))
                .containsExactly(
                        tuple("eth0", BigInteger.valueOf(1234567890), BigInteger.valueOf(16)),
                        tuple("eth0:1", new BigInteger("18446744073709551615"), BigInteger.valueOf(16)),
                        tuple("a|b", BigInteger.ONE, BigInteger.valueOf(16)));
        assertThat(problems)
                .extracting(Problem::reason)
                .containsExactly("not a name and 16 counters", "not a name and 16 counters");
    }

    @Test
    void countersComeInPairsOfLinesAndSomeInSeveral() {
        String text = "Ip: Forwarding DefaultTTL\nIp: 1 64\n"
                + "IcmpMsg: InType3 OutType3\nIcmpMsg: 1 2\nIcmpMsg: OutType8\nIcmpMsg: 7\n"
                + "Tcp: RtoMin MaxConn\nTcp: 200 -1\n"
                + "Udp: A B\nUdp: 1\n"
                + "Lost: A\n"
                + "UdpLite: InDatagrams\nUdpLite: x\n";
        assertThat(rows("counter", "proc/net/snmp", text, ByteOrder.LITTLE_ENDIAN))
                .extracting(row -> row.get("proto") + "." + row.get("name") + "=" + row.get("value"))
                .containsExactly(
                        "Ip.Forwarding=1",
                        "Ip.DefaultTTL=64",
                        "IcmpMsg.InType3=1",
                        "IcmpMsg.OutType3=2",
                        "IcmpMsg.OutType8=7",
                        "Tcp.RtoMin=200",
                        "Tcp.MaxConn=-1");
        assertThat(problems)
                .extracting(Problem::reason)
                .containsExactly(
                        "2 names and 1 values",
                        "a line of names without its line of values",
                        "the value of InDatagrams is no number below 2^63");
    }

    @Test
    void softnetHasAsManyColumnsAsTheKernelIsNew() {
        List<Map<String, Object>> rows = rows(
                "softnet",
                "proc/net/softnet_stat",
                "00000010 00000001 00000002 00000000 00000000 00000000 00000000 00000000 00000000\n"
                        + "ffffffff 00000001 00000002 00000000 00000000 00000000 00000000 00000000 00000000 00000003 00000004 00000005 00000009\n"
                        + "00000010 zz\n",
                ByteOrder.LITTLE_ENDIAN);
        assertThat(rows)
                .extracting(row -> row.get("cpu"), row -> row.get("processed"), row -> row.get("received_rps"))
                .containsExactly(tuple(0L, 16L, null), tuple(9L, 0xffffffffL, 3L));
        assertThat(problems).hasSize(1);
    }
}
