package io.tcpsnap.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcpsnap.lab.Command;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The oracle's own parts: an oracle that cannot disagree proves nothing. */
class SsTextTest {
    private static final String TEXT = """
            State Recv-Q Send-Q Local Address:Port Peer Address:Port Process
            LISTEN 2      7               10.99.0.1:6001             0.0.0.0:*     ino:30567 sk:1001 cgroup:/ <->
            \t skmem:(r0,rb16384,t0,tb16384,f0,w0,o0,bl0,d0) bbr cwnd:10 unacked:2
            TIME-WAIT 0 0 10.99.0.1:53500 10.99.0.2:7004  timer:(timewait,59sec,0) ino:0 sk:1008
            \t
            ESTAB 0 0 [fd99::1]:6001 [fd99::2]:53552 ino:0 sk:101e fwmark:0x2a cgroup:/ <->
            \t ts sack ecn cubic wscale:7,10 send 36kbps pacing_rate 8bps/16bps delivery_rate 1bps app_limited reordering:4
            """;

    @Test
    void readsRecordsOfOneAndTwoLines() {
        List<SsRecord> records = SsText.parse(TEXT);
        assertThat(records).extracting(SsRecord::cookie).containsExactly("1001", "1008", "101e");
        assertThat(records.get(0).values())
                .containsEntry("State", "LISTEN")
                .containsEntry("Recv-Q", "2")
                .containsEntry("Send-Q", "7")
                .containsEntry("Local", "10.99.0.1:6001")
                .containsEntry("Peer", "0.0.0.0:*")
                .containsEntry("skmem", "(r0,rb16384,t0,tb16384,f0,w0,o0,bl0,d0)")
                .containsEntry("cong", "bbr")
                .containsEntry("unacked", "2")
                .containsEntry("shutdown", "<->");
        assertThat(records.get(1).values()).hasSize(8).containsEntry("timer", "(timewait,59sec,0)");
        assertThat(records.get(2).values())
                .containsEntry("ts", "")
                .containsEntry("cong", "cubic")
                .containsEntry("wscale", "7,10")
                .containsEntry("send", "36kbps")
                .containsEntry("pacing_rate", "8bps/16bps")
                .containsEntry("app_limited", "");
    }

    @Test
    void reportsEachDifference() throws Exception {
        Map<String, Object> listen = new HashMap<>(Map.of(
                "state",
                "LISTEN",
                "accept_queue",
                2,
                "accept_backlog",
                7,
                "local_addr",
                "10.99.0.1",
                "local_port",
                6001,
                "remote_addr",
                "0.0.0.0",
                "remote_port",
                0,
                "inode",
                30567,
                "cookie",
                0x1001));
        listen.putAll(
                Map.of("shutdown", 0, "rto", 0, "reordering", 3, "snd_cwnd", 10, "cong", "cubic", "cgroup_id", 1));
        String unknown = TEXT.lines().limit(3).collect(Collectors.joining("\n")) + " newkey:1 strange";
        assertThat(SsOracle.differences(List.of(new Row(listen)), SsText.parse(unknown), Cgroups.ofThisMachine()))
                .extracting(difference -> difference.replaceFirst(", of .*", ""))
                .contains(
                        "cong: ours cubic, ss bbr and strange",
                        "newkey: ours null, ss 1",
                        "skmem: ours null, ss (r0,rb16384,t0,tb16384,f0,w0,o0,bl0,d0)")
                .hasSizeBetween(3, 4); // this machine may have no control groups
    }

    @Test
    void reportsRowsThatOnlyOneSideHas() throws Exception {
        Cgroups none = Cgroups.ofThisMachine();
        Row row = new Row(Map.of("cookie", 7));
        assertThat(SsOracle.differences(List.of(row), List.of(), none))
                .singleElement()
                .asString()
                .contains("ss does not print");
        assertThat(SsOracle.differences(List.of(), SsText.parse(TEXT), none))
                .hasSize(3)
                .allMatch(line -> line.startsWith("we have no row for"));
    }

    @Test
    void printsTimesAsSsDoes() {
        assertThat(List.of(0L, 4L, 1508L, 10_900L, 59_999L, 60_000L, 80_000L, 599_000L, 7_199_000L))
                .extracting(SsExpectation::time)
                .containsExactly("", "004ms", "1.508ms", "10sec", "59sec", "1min", "1min20sec", "9min59sec", "119min");
    }

    @Test
    void formatsAsPrintfDoes() {
        Random random = new Random(1);
        List<Long> micros = IntStream.range(0, 300)
                .mapToObj(i -> random.nextLong(1, 1L << random.nextInt(1, 33)))
                .toList();
        String numbers = micros.stream().map(String::valueOf).collect(Collectors.joining(" "));
        String expected = Command.run(
                "awk",
                "BEGIN { n = split(\"" + numbers + "\", a); for (i = 1; i <= n; i++) printf \"%g %.1f\\n\", "
                        + "a[i] / 1000, 100.0 * a[i] / 777 }");
        assertThat(micros.stream()
                        .map(u -> CFormat.g(u / 1000.0) + " " + CFormat.f(100.0 * u / 777, 1))
                        .toList())
                .isEqualTo(expected.lines().toList());
    }

    @Test
    void compressesAddressesAsRfc5952Says() {
        assertThat(List.of(
                        "0100007F",
                        "00000000000000000000000000000000",
                        "000099FD000000000000000001000000",
                        "0000000000000000FFFF00000100630A",
                        "B80D0120000000000100000000000000"))
                .extracting(ProcNetTcpText::address)
                .containsExactly(
                        "127.0.0.1",
                        "::",
                        "fd99::1",
                        "::ffff:10.99.0.1",
                        "2001:db8:0:0:0:1::".replace("0:0:0:1::", ":1:0:0"));
    }
}
