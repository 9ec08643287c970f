package io.tcpsnap.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tcpsnap.kernel.InetDiag;
import io.tcpsnap.kernel.Netlink;
import io.tcpsnap.table.DiagDump;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages and their ends, identity and timers; attributes are in {@link DiagAttributesTest}. */
class InetDiagDumpTest {
    private static final int TCP_SYN_RECV = 3;
    private static final int TCP_FIN_WAIT2 = 5;
    private static final int TCP_LISTEN = 10;

    private final List<Problem> problems = new ArrayList<>();
    private final DiagDump dump = new DiagDump(ByteOrder.LITTLE_ENDIAN);

    static Stream<ByteOrder> orders() {
        return Stream.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);
    }

    private List<String> reasons() {
        return problems.stream().map(Problem::reason).toList();
    }

    @ParameterizedTest
    @MethodSource("orders")
    void theHeaderIsReadUnsignedInTheHostsOrder(ByteOrder order) {
        Map<String, Object> row =
                new DiagDump(order).established().done(0).rows(problems).get(0);
        row.keySet().removeIf(name -> row.get(name) == null);
        assertThat(row)
                .containsEntry("family", 4L)
                .containsEntry("local_addr", "10.99.0.1")
                .containsEntry("local_port", 80L)
                .containsEntry("remote_addr", "10.99.0.250")
                .containsEntry("remote_port", 4096L)
                .containsEntry("state", "ESTABLISHED")
                .containsEntry("row_kind", "socket")
                .containsEntry("cookie", new BigInteger("8000000380000002", 16))
                .containsEntry("ifindex", 0x80000001L)
                .containsEntry("uid", 0x80000006L)
                .containsEntry("inode", BigInteger.valueOf(0x80000007L))
                .containsEntry("rx_queue", 0x80000004L)
                .containsEntry("tx_queue", 0x80000005L)
                .containsEntry("timer", "retransmit")
                .containsEntry("timer_code", 1L)
                .containsEntry("timer_retrans", 3L)
                .containsEntry("expires", 0x7fffffffL)
                .containsEntry("source", "sock_diag")
                // and the tick's four, and conn: nothing that was not sent
                .hasSize(18 + 5);
        assertThat(problems).isEmpty();
    }

    @Test
    void aListenersQueuesAreItsAcceptQueue() {
        assertThat(dump.socket(dump.header(2, TCP_LISTEN, 0))
                        .done(0)
                        .rows(problems)
                        .get(0))
                .containsEntry("accept_queue", 0x80000004L)
                .containsEntry("accept_backlog", 0x80000005L)
                .containsEntry("rx_queue", null)
                .containsEntry("tx_queue", null);
    }

    @Test
    void theOlderTypeIsARowToo() {
        dump.message(InetDiag.TCPDIAG_GETSOCK, dump.header(2, 1, 0)).established();
        assertThat(dump.done(0).rows(problems)).hasSize(2);
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "00000000000000000000000000000000, ::",
        "00000000000000000000ffff0a630001, ::ffff:10.99.0.1",
        "fd990000000000000000000000000001, fd99::1",
        "20010db8000000010000000000000001, 2001:db8:0:1::1",
        "20010db8000100000000000100000000, 2001:db8:1::1:0:0",
        "20010db8000100020003000400050006, 2001:db8:1:2:3:4:5:6",
        "20010db8000000020003000400050006, 2001:db8:0:2:3:4:5:6",
        "fe800000000000000000000000000000, fe80::",
    })
    void ipv6IsWrittenByRfc5952(String hex, String text) {
        byte[] header = dump.header(10, 1, 0);
        System.arraycopy(new BigInteger("1" + hex, 16).toByteArray(), 1, header, InetDiag.SRC, 16);
        assertThat(dump.socket(header).done(0).rows(problems).get(0))
                .containsEntry("family", 6L)
                .containsEntry("local_addr", text);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 17, 255})
    void anotherFamilyIsAProblem(int family) {
        byte[] header = dump.header(family, 1, 0);
        assertThat(dump.socket(header).established().done(0).rows(problems)).hasSize(1);
        assertThat(reasons()).containsExactly("address family " + family);
        assertThat(problems.get(0).bytes()).endsWith(header);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, none",
        "1, 1, retransmit",
        "1, 2, keepalive",
        "6, 3, timewait",
        "1, 4, probe0",
        "1, 5, delack",
        "1, 6,",
        "1, 255,",
    })
    void timers(int state, int code, String timer) {
        assertThat(dump.socket(dump.header(2, state, code))
                        .done(0)
                        .rows(problems)
                        .get(0))
                .containsEntry("timer", timer)
                .containsEntry("timer_code", (long) code);
        if (timer == null) {
            assertThat(reasons()).containsExactly("timer " + code + " is unknown");
        } else {
            assertThat(problems).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 12, 13, 255})
    void anUnknownStateIsARowWithoutStateAndAProblem(int state) {
        assertThat(dump.socket(dump.header(2, state, 0)).done(0).rows(problems).get(0))
                .containsEntry("state", null)
                .containsEntry("remote_port", 4096L);
        assertThat(reasons()).containsExactly("state " + state + " is unknown");
    }

    @Test
    void miniSocketsAreKnownByTimerAndAttributes() {
        dump.socket(dump.header(2, TCP_FIN_WAIT2, 3));
        dump.socket(dump.header(2, TCP_FIN_WAIT2, 2));
        dump.socket(dump.header(2, 6, 3), dump.attribute(InetDiag.ATTR_MARK, new byte[4]));
        dump.socket(dump.header(2, TCP_SYN_RECV, 1), dump.attribute(InetDiag.ATTR_MARK, new byte[4]));
        dump.socket(dump.header(2, TCP_SYN_RECV, 1), dump.attribute(InetDiag.ATTR_SHUTDOWN, (byte) 0));
        assertThat(dump.done(0).rows(problems))
                .extracting(row -> row.get("state"), row -> row.get("row_kind"))
                .containsExactly(
                        tuple("FIN_WAIT2", "time_wait"),
                        tuple("FIN_WAIT2", "socket"),
                        tuple("TIME_WAIT", "time_wait"),
                        tuple("SYN_RECV", "request"),
                        tuple("SYN_RECV", "socket"));
    }

    @Test
    void anExpiredTimerOfOldKernelsIsZero() {
        byte[] header = dump.header(2, 1, 1);
        header[InetDiag.EXPIRES + 3] = (byte) 0x80;
        assertThat(dump.socket(header).done(0).rows(problems).get(0)).containsEntry("expires", 0L);
    }

    @Test
    void aDumpForEachFamilyIsReadWhole() {
        dump.established().done(0).socket(dump.header(10, 1, 0)).done(0);
        assertThat(dump.rows(problems)).extracting(row -> row.get("family")).containsExactly(4L, 6L);
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("orders")
    void errorsAreNamed(ByteOrder order) {
        DiagDump failed = new DiagDump(order);
        failed.done(-2)
                .message(Netlink.NLMSG_ERROR, failed.buffer(20).putInt(-16).array());
        assertThat(failed.rows(problems)).isEmpty();
        assertThat(reasons())
                .containsExactly("the kernel ended the dump with error 2", "the kernel answered with error 16");
        assertThat(problems).extracting(Problem::offset).containsExactly(0L, 20L);
    }

    @Test
    void aMissingEndIsAProblemOnce() {
        assertThat(dump.established().rows(problems)).hasSize(1);
        assertThat(reasons()).containsExactly("the dump ends without NLMSG_DONE: it was cut short");
    }

    @Test
    void messagesThatAreNoSocketsAreProblems() {
        dump.message(1, new byte[0]).message(InetDiag.SOCK_DIAG_BY_FAMILY, new byte[71]);
        dump.message(99, new byte[5]).established().done(0).bytes(new byte[7]);
        assertThat(dump.rows(problems)).hasSize(1);
        assertThat(reasons())
                .containsExactly(
                        "a netlink message of type 1",
                        "an inet_diag message of 71 bytes instead of 72",
                        "a netlink message of type 99",
                        "a netlink message of 7 bytes where 7 are left");
        assertThat(problems).extracting(p -> p.bytes().length).containsExactly(16, 87, 21, 7);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 1000, 0x7fffffff, -1})
    void aLengthThatCannotBeEndsTheDump(int length) {
        dump.established()
                .bytes(dump.buffer(32).putInt(length).putShort((short) 20).array());
        assertThat(dump.established().done(0).rows(problems)).hasSize(1);
        assertThat(reasons())
                .containsExactly("a netlink message of " + (length & 0xffffffffL) + " bytes where 140 are left");
    }

    /** Cut anywhere, a capture gives its whole messages, and one problem with all bytes behind them. */
    @Test
    void aCaptureCutAnywhere() throws IOException {
        byte[] capture;
        try (InputStream in = InetDiagDumpTest.class.getResourceAsStream("/netlink/6.18/states.v4.bin")) {
            capture = in.readAllBytes();
        }
        List<Integer> ends = new ArrayList<>();
        for (int at = 0;
                at < capture.length;
                at += Netlink.align((capture[at] & 0xff) | (capture[at + 1] & 0xff) << 8)) {
            ends.add(at);
        }
        for (int length = 0; length < capture.length; length++) {
            int cut = length;
            problems.clear();
            byte[] bytes = Arrays.copyOf(capture, cut);
            int whole = (int) ends.stream().filter(end -> end > 0 && end <= cut).count();
            assertThat(new DiagDump(ByteOrder.LITTLE_ENDIAN).bytes(bytes).rows(problems))
                    .hasSize(whole);
            assertThat(problems).hasSize(1);
            assertThat(problems.get(0).offset()).isEqualTo((long) ends.get(whole));
        }
    }
}
