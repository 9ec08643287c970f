package io.tcpsnap.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcpsnap.kernel.InetDiag;
import io.tcpsnap.table.DiagDump;
import java.io.ByteArrayOutputStream;
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
        byte[] nest = join(dump.attribute(2 | bits, dump.attribute(4 | bits, (byte) 1, (byte) 0)), name);
        assertThat(row(dump.attribute(InetDiag.ATTR_ULP_INFO | bits, nest)))
                .containsEntry("ulp", "tls")
                .containsEntry("tls_rxconf", 1L);
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
        assertThat(row(dump.attribute(InetDiag.ATTR_ULP_INFO, dump.attribute(2, dump.attribute(6)))))
                .containsEntry("ulp", null)
                .containsEntry("tls_rx_no_pad", true)
                .containsEntry("tls_zc_ro_tx", null);
        assertThat(problems).isEmpty();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] two(DiagDump to, int type, int value) {
        return to.attribute(type, to.buffer(2).putShort((short) value).array());
    }

    private static byte[] four(DiagDump to, int type, int value) {
        return to.attribute(type, to.buffer(4).putInt(value).array());
    }

    @ParameterizedTest
    @MethodSource("orders")
    void allOfTls(ByteOrder order) {
        DiagDump to = new DiagDump(order);
        byte[] tls = join(two(to, 1, 0x304), two(to, 2, 52), two(to, 3, 3), two(to, 4, 0xffff), to.attribute(5));
        assertThat(row(to, to.attribute(InetDiag.ATTR_ULP_INFO, to.attribute(2, tls))))
                .containsEntry("tls_version", 0x304L)
                .containsEntry("tls_cipher", 52L)
                .containsEntry("tls_txconf", 3L)
                .containsEntry("tls_rxconf", 0xffffL)
                .containsEntry("tls_zc_ro_tx", true)
                .containsEntry("tls_rx_no_pad", null)
                .containsEntry("mptcp_flags", null);
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("orders")
    void allOfMptcp(ByteOrder order) {
        DiagDump to = new DiagDump(order);
        byte[] mptcp = join(
                four(to, 1, -1),
                four(to, 2, 2),
                four(to, 3, 3),
                to.attribute(11),
                to.attribute(4, to.buffer(8).putLong(-4).array()),
                four(to, 5, 5),
                four(to, 6, 6),
                two(to, 7, 0xfff7),
                four(to, 8, 0x1c1),
                to.attribute(9, (byte) 0xf9),
                to.attribute(10, (byte) 10));
        assertThat(row(to, to.attribute(InetDiag.ATTR_ULP_INFO, to.attribute(3, mptcp))))
                .containsEntry("mptcp_token_rem", 0xffffffffL)
                .containsEntry("mptcp_token_loc", 2L)
                .containsEntry("mptcp_relwrite_seq", 3L)
                .containsEntry("mptcp_map_seq", new BigInteger("fffffffffffffffc", 16))
                .containsEntry("mptcp_map_sfseq", 5L)
                .containsEntry("mptcp_ssn_offset", 6L)
                .containsEntry("mptcp_map_datalen", 0xfff7L)
                .containsEntry("mptcp_flags", 0x1c1L)
                .containsEntry("mptcp_id_rem", 0xf9L)
                .containsEntry("mptcp_id_loc", 10L)
                .containsEntry("tls_version", null);
        assertThat(problems).isEmpty();
    }

    @Test
    void unknownNestedAttributesAreToldOnce() {
        byte[] ulp = dump.attribute(
                InetDiag.ATTR_ULP_INFO, join(dump.attribute(4, (byte) 1), dump.attribute(2, two(dump, 7, 1))));
        assertThat(row(ulp)).containsEntry("tls_version", null);
        assertThat(reasons()).containsExactly("attribute 19 has a nested one that is unknown: in 2 messages");
        assertThat(problems.get(0).bytes()).isEqualTo(hex("0500040001"));
    }

    @Test
    void infoOfAnMptcpSocketIsNoTcpInfo() {
        for (int length : new int[] {40, 48, 80, 88, 96}) {
            problems.clear();
            DiagDump one = new DiagDump(ByteOrder.LITTLE_ENDIAN);
            assertThat(row(one, one.attribute(InetDiag.ATTR_INFO, new byte[length])))
                    .containsEntry("rto", null)
                    .containsEntry("ca_state", null);
            assertThat(reasons()).containsExactly("attribute 2 is of an MPTCP socket, in a dump of TCP sockets");
        }
    }

    @Test
    void bbrOfGoogleHasMore() {
        byte[] bbr = dump.buffer(52)
                .putLong(8)
                .putInt(1)
                .putInt(2)
                .putInt(3)
                .putLong(0x100000000L)
                .putLong(5)
                .put(hex("0201ff03"))
                .putInt(-1)
                .putInt(7)
                .putInt(9)
                .array();
        assertThat(row(dump.attribute(InetDiag.ATTR_BBRINFO, bbr)))
                .containsEntry("bbr_bw_hi", BigInteger.valueOf(0x100000000L))
                .containsEntry("bbr_bw_lo", BigInteger.valueOf(5))
                .containsEntry("bbr_mode", 2L)
                .containsEntry("bbr_phase", 1L)
                .containsEntry("bbr_version", 3L)
                .containsEntry("bbr_inflight_lo", null)
                .containsEntry("bbr_inflight_hi", 7L)
                .containsEntry("bbr_extra_acked", 9L);
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 48, 56})
    void bbrOfAnotherLengthIsAProblemAndItsFirstFieldsCount(int length) {
        byte[] bbr = dump.buffer(length).putInt(3).array();
        assertThat(row(dump.attribute(InetDiag.ATTR_BBRINFO, bbr))).containsEntry("bbr_bw", BigInteger.valueOf(3));
        assertThat(reasons()).containsExactly("attribute 16 has a length that is unknown: in 1 messages");
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
