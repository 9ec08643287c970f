package io.tcpsnap.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcpsnap.kernel.InetDiag;
import io.tcpsnap.table.DiagDump;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attributes of a message: what is malformed is a problem, what is absent is NULL. */
class DiagAttributesTest {
    private static final int NLA_F_NESTED = 0x8000;
    private static final int NLA_F_NET_BYTEORDER = 0x4000;

    private final List<Problem> problems = new ArrayList<>();
    private final DiagDump dump = new DiagDump(ByteOrder.LITTLE_ENDIAN);

    static Stream<ByteOrder> orders() {
        return Stream.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private Map<String, Object> row(byte[]... attributes) {
        return row(dump, attributes);
    }

    private Map<String, Object> row(DiagDump to, byte[]... attributes) {
        return to.established(attributes).done(0).rows(problems).get(0);
    }

    private List<String> reasons() {
        return problems.stream().map(Problem::reason).toList();
    }

    private byte[] tos() {
        return dump.attribute(InetDiag.ATTR_TOS, (byte) 16);
    }

    @ParameterizedTest
    @CsvSource({"00001500, 0", "03001500, 3", "08001500, 8", "ffff1500, 65535"})
    void aMalformedAttributeIsAProblemAndThoseBeforeItCount(String hex, int length) {
        byte[] bad = hex(hex);
        assertThat(row(tos(), bad)).containsEntry("tos", 16L).containsEntry("cgroup_id", null);
        assertThat(reasons()).containsExactly("attribute 21 of " + length + " bytes does not fit its message");
        assertThat(problems.get(0).offset()).isEqualTo(16 + 72 + 8L);
        assertThat(problems.get(0).bytes()).isEqualTo(bad);
    }

    @Test
    void bytesBehindTheLastAttributeAreAProblem() {
        assertThat(row(tos(), new byte[3])).containsEntry("tos", 16L);
        assertThat(reasons()).containsExactly("3 bytes behind the last attribute");
    }

    @Test
    void unknownAttributesAreToldOnceWithTheBytesOfTheFirst() {
        byte[] first = dump.attribute(23, (byte) 7);
        dump.established(first, tos()).established(dump.attribute(23, (byte) 8), dump.attribute(0));
        dump.established(dump.attribute(0x3fff, new byte[9]), dump.attribute(InetDiag.ATTR_SK_BPF_STORAGES));
        assertThat(dump.done(0).rows(problems)).hasSize(3);
        assertThat(reasons())
                .containsExactly(
                        "attribute 0 is unknown: in 1 messages",
                        "attribute 20 is unknown: in 1 messages",
                        "attribute 23 is unknown: in 2 messages",
                        "attribute 16383 is unknown: in 1 messages");
        assertThat(problems.get(2).offset()).isEqualTo(88);
        assertThat(problems.get(2).bytes()).isEqualTo(hex("0500170007"));
    }

    @Test
    void aDecoderForgetsUnknownAttributesOfTheTickBefore() {
        InetDiagDump decoder = new InetDiagDump(problems::add);
        byte[] with = new DiagDump(ByteOrder.LITTLE_ENDIAN)
                .established(dump.attribute(23))
                .done(0)
                .bytes();
        byte[] without =
                new DiagDump(ByteOrder.LITTLE_ENDIAN).established().done(0).bytes();
        for (byte[] bytes : List.of(with, without, with)) {
            decoder.reset(Snapshot.of(1, 1, "h", null, 100, null, null), "sock_diag/tcp", bytes, bytes.length);
            assertThat(decoder.next()).isTrue();
            assertThat(decoder.next()).isFalse();
            assertThat(decoder.next()).isFalse();
        }
        assertThat(reasons())
                .containsExactly("attribute 23 is unknown: in 1 messages", "attribute 23 is unknown: in 1 messages");
    }

    @Test
    void paddingAndKeysArePassedOver() {
        assertThat(row(dump.attribute(InetDiag.ATTR_PAD), dump.attribute(InetDiag.ATTR_MD5SIG, new byte[100]), tos()))
                .containsEntry("tos", 16L);
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, NLA_F_NESTED, NLA_F_NET_BYTEORDER, NLA_F_NESTED | NLA_F_NET_BYTEORDER})
    void flagBitsAreNoPartOfTheNumber(int bits) {
        byte[] name = dump.attribute(1 | bits, "tls\0".getBytes(StandardCharsets.US_ASCII));
        byte[] nest = new byte[name.length + 8];
        System.arraycopy(dump.attribute(2, (byte) 1), 0, nest, 0, 8);
        System.arraycopy(name, 0, nest, 8, name.length);
        assertThat(row(dump.attribute(InetDiag.ATTR_ULP_INFO | bits, nest))).containsEntry("ulp", "tls");
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0000010041414141", "0900010041414141", "08000100746c7300" + "010001", "08000200000000ff" + "ff"
            })
    void aNestThatDoesNotFitIsAProblem(String hex) {
        byte[] attribute = dump.attribute(InetDiag.ATTR_ULP_INFO, hex(hex));
        row(attribute);
        assertThat(reasons()).containsExactly("attribute 19 with a nested one that does not fit");
        assertThat(problems.get(0).offset()).isEqualTo(88);
    }

    @Test
    void aNestWithoutTheNameIsNull() {
        assertThat(row(dump.attribute(InetDiag.ATTR_ULP_INFO, dump.attribute(2, (byte) 1))))
                .containsEntry("ulp", null);
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 12", "1, 0", "3, 12", "4, 0", "5, 0", "6, 0", "7, 24", "8, 0", "9, 15", "10, 0", "11, 0", "15, 3", "16, 16",
        "17, 0", "19, 3", "21, 4", "22, 1",
    })
    void aShortAttributeIsAProblem(int type, int length) {
        row(dump.attribute(type, new byte[length]), tos());
        assertThat(reasons()).containsExactly("attribute " + type + " with " + length + " bytes is too short");
    }

    @Test
    void skmeminfoGrew() {
        assertThat(row(dump.attribute(InetDiag.ATTR_SKMEMINFO, new byte[28])))
                .containsEntry("skmem_optmem", 0L)
                .containsEntry("skmem_backlog", null)
                .containsEntry("skmem_drops", null);
        DiagDump next = new DiagDump(ByteOrder.LITTLE_ENDIAN);
        assertThat(row(next, next.attribute(InetDiag.ATTR_SKMEMINFO, new byte[32])))
                .containsEntry("skmem_backlog", 0L)
                .containsEntry("skmem_drops", null);
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("orders")
    void numbersInTheHostsOrder(ByteOrder order) {
        DiagDump to = new DiagDump(order);
        byte[] nine = to.buffer(36)
                .putInt(1)
                .putInt(-2)
                .putInt(3)
                .putInt(4)
                .putInt(-5)
                .putInt(6)
                .putInt(7)
                .putInt(8)
                .putInt(-9)
                .array();
        assertThat(row(
                        to,
                        to.attribute(InetDiag.ATTR_SKMEMINFO, nine),
                        to.attribute(
                                InetDiag.ATTR_MEMINFO,
                                to.buffer(16)
                                        .putInt(1)
                                        .putInt(2)
                                        .putInt(-3)
                                        .putInt(4)
                                        .array()),
                        to.attribute(InetDiag.ATTR_MARK, to.buffer(4).putInt(-1).array()),
                        to.attribute(
                                InetDiag.ATTR_CLASS_ID,
                                to.buffer(4).putInt(0x00010002).array()),
                        to.attribute(
                                InetDiag.ATTR_CGROUP_ID,
                                to.buffer(8).putLong(-2).array()),
                        to.attribute(InetDiag.ATTR_SKV6ONLY, (byte) 1),
                        to.attribute(InetDiag.ATTR_SHUTDOWN, (byte) 3),
                        to.attribute(InetDiag.ATTR_TCLASS, (byte) 0xb8)))
                .containsEntry("skmem_rmem_alloc", 1L)
                .containsEntry("skmem_rcvbuf", 0xfffffffeL)
                .containsEntry("skmem_wmem_alloc", 3L)
                .containsEntry("skmem_sndbuf", 4L)
                .containsEntry("skmem_fwd_alloc", -5L)
                .containsEntry("skmem_wmem_queued", 6L)
                .containsEntry("skmem_optmem", 7L)
                .containsEntry("skmem_backlog", 8L)
                .containsEntry("skmem_drops", 0xfffffff7L)
                .containsEntry("mem_rmem", 1L)
                .containsEntry("mem_wmem", 2L)
                .containsEntry("mem_fmem", -3L)
                .containsEntry("mem_tmem", 4L)
                .containsEntry("mark", 0xffffffffL)
                .containsEntry("class_id", 0x10002L)
                .containsEntry("cgroup_id", new BigInteger("fffffffffffffffe", 16))
                .containsEntry("v6only", true)
                .containsEntry("shutdown", 3L)
                .containsEntry("tclass", 0xb8L)
                .containsEntry("tos", null)
                .containsEntry("rto", null);
        assertThat(problems).isEmpty();
    }

    /** The socket options of an ordinary IPv4 socket: 0x52 and 0 on a little-endian host. */
    @ParameterizedTest
    @CsvSource({"5204, LITTLE", "4a20, BIG"})
    void socketOptionsAreBitFields(String hex, String order) {
        DiagDump to = new DiagDump(order.equals("BIG") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        assertThat(row(to, to.attribute(InetDiag.ATTR_SOCKOPT, hex(hex))))
                .containsEntry("recverr", false)
                .containsEntry("is_icsk", true)
                .containsEntry("freebind", false)
                .containsEntry("hdrincl", false)
                .containsEntry("mc_loop", true)
                .containsEntry("transparent", false)
                .containsEntry("mc_all", true)
                .containsEntry("nodefrag", false)
                .containsEntry("bind_address_no_port", false)
                .containsEntry("recverr_rfc4884", false)
                .containsEntry("defer_connect", true);
    }

    /** BBR of 4.9, and that of google/bbr, which is longer and begins alike. */
    @ParameterizedTest
    @CsvSource({"20, LITTLE", "20, BIG", "52, LITTLE", "52, BIG"})
    void congestionControlInfo(int length, String order) {
        DiagDump to = new DiagDump(order.equals("BIG") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        byte[] bbr = to.buffer(length)
                .putInt(-1)
                .putInt(1)
                .putInt(47)
                .putInt(739)
                .putInt(512)
                .array();
        byte[] dctcp = to.buffer(16)
                .putShort((short) 1)
                .putShort((short) 2)
                .putInt(3)
                .putInt(4)
                .putInt(-1)
                .array();
        byte[] vegas =
                to.buffer(16).putInt(1).putInt(2).putInt(0x7fffffff).putInt(4).array();
        assertThat(row(
                        to,
                        to.attribute(InetDiag.ATTR_BBRINFO, bbr),
                        to.attribute(InetDiag.ATTR_DCTCPINFO, dctcp),
                        to.attribute(InetDiag.ATTR_VEGASINFO, vegas)))
                .containsEntry("bbr_bw", BigInteger.valueOf(0x1ffffffffL))
                .containsEntry("bbr_min_rtt", 47L)
                .containsEntry("bbr_pacing_gain", 739L)
                .containsEntry("bbr_cwnd_gain", 512L)
                .containsEntry("dctcp_enabled", true)
                .containsEntry("dctcp_ce_state", 2L)
                .containsEntry("dctcp_alpha", 3L)
                .containsEntry("dctcp_ab_ecn", 4L)
                .containsEntry("dctcp_ab_tot", 0xffffffffL)
                .containsEntry("vegas_enabled", true)
                .containsEntry("vegas_rttcnt", 2L)
                .containsEntry("vegas_rtt", null)
                .containsEntry("vegas_minrtt", 4L);
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"63756269630000, cubic", "6375626963, cubic", "ff00, \\xff", "00, ''"})
    void namesEndAtNulOrAtTheEnd(String hex, String name) {
        assertThat(row(dump.attribute(InetDiag.ATTR_CONG, hex(hex)))).containsEntry("cong", name);
    }
}
