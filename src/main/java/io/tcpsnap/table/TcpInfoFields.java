package io.tcpsnap.table;

import io.tcpsnap.decode.InetDiagRow;
import io.tcpsnap.kernel.InetDiag;
import java.util.List;

/**
 * Columns of {@code struct tcp_info}, by offset. Expressions are from net/ipv4/tcp.c tcp_get_info(), 6.18. A field is there
 * where the attribute is long enough, whatever the kernel's version: vendors add fields to older kernels.
 */
final class TcpInfoFields {
    /** include/net/tcp.h TCP_INFINITE_SSTHRESH. */
    private static final long TCP_INFINITE_SSTHRESH = 0x7fffffff;

    private static final long UNLIMITED = -1;
    private static final long NO_RTT = 0xffffffffL;
    private static final String ABSENT = "not sent: an older kernel, or a mini socket";
    /** Where 6.18 has two 16-bit fields, and 7.0 redefined the same bytes as bit-fields. */
    private static final int ACCECN = 276;

    private TcpInfoFields() {}

    static List<Column<InetDiagRow>> columns() {
        return List.of(
                u8("ca_state", 1)
                        .kernel("icsk->icsk_ca_state")
                        .since("2.4")
                        .doc("State of loss recovery: 0 open, 1 disorder, 2 CWR, 3 recovery, 4 loss."),
                u8("retransmits", 2)
                        .kernel("icsk->icsk_retransmits")
                        .since("2.4")
                        .doc("Time-outs in a row without an answer; no tail loss probes."),
                u8("probes", 3)
                        .kernel("icsk->icsk_probes_out")
                        .since("2.4")
                        .doc("Unanswered zero window or keepalive probes."),
                u8("backoff", 4)
                        .kernel("icsk->icsk_backoff")
                        .since("2.4")
                        .doc("Shift of the exponential back-off of the RTO or persist timer."),
                u8("options", 5)
                        .since("2.4")
                        .doc(
                                "Options in use, as bits: 1 timestamps, 2 SACK, 4 window scaling, 8 ECN, 16 ECN seen, 32 data in SYN, 64 microsecond timestamps, 128 Fast Open child."),
                bits("snd_wscale", 6, 0, 4, 7)
                        .unit("shift")
                        .kernel("tp->rx_opt.snd_wscale")
                        .since("2.4")
                        .doc("Window scale of the peer: shift applied to the window that it sends."),
                bits("rcv_wscale", 6, 4, 4, 7)
                        .unit("shift")
                        .kernel("tp->rx_opt.rcv_wscale")
                        .since("2.4")
                        .doc("Window scale of this side."),
                bits("delivery_rate_app_limited", 7, 0, 1, 168)
                        .kernel("tp->rate_app_limited")
                        .since("4.9")
                        .doc("Whether the last delivery rate sample was limited by the application."),
                bits("fastopen_client_fail", 7, 1, 2, 232)
                        .kernel("tp->fastopen_client_fail")
                        .since("5.5")
                        .doc(
                                "Why Fast Open of a client failed: 0 it did not, 1 no cookie, 2 data not acknowledged, 3 SYN retransmitted."),
                u32("rto", 8)
                        .unit("us")
                        .kernel("jiffies_to_usecs(icsk->icsk_rto)")
                        .since("2.4")
                        .doc("Retransmission time-out with its back-off."),
                u32("ato", 12)
                        .unit("us")
                        .kernel("jiffies_to_usecs(min_t(u32, icsk->icsk_ack.ato, tcp_delack_max(sk)))")
                        .since("2.4")
                        .doc("Delayed ACK time-out estimate; 0 without one."),
                u32("snd_mss", 16)
                        .unit("bytes")
                        .kernel("tp->mss_cache")
                        .since("2.4")
                        .doc("Current sending MSS (mss_cache, options already subtracted)."),
                u32("rcv_mss", 20)
                        .unit("bytes")
                        .kernel("icsk->icsk_ack.rcv_mss")
                        .since("2.4")
                        .doc("Estimate of the MSS the peer uses (from what arrives)."),
                u32("unacked", 24)
                        .unit("segments")
                        .kernel("tp->packets_out")
                        .since("2.4")
                        .absentWhen(InetDiagRow::isListen, "a listener, see accept_queue")
                        .doc("Segments in flight; SYN and FIN count as one."),
                u32("sacked", 28)
                        .unit("segments")
                        .kernel("tp->sacked_out")
                        .since("2.4")
                        .absentWhen(InetDiagRow::isListen, "a listener, see accept_backlog")
                        .doc("Segments SACKed, or duplicate ACKs without SACK."),
                u32("lost", 32)
                        .unit("segments")
                        .kernel("tp->lost_out")
                        .since("2.4")
                        .doc("Segments currently marked lost (not cumulative)."),
                u32("retrans", 36)
                        .unit("segments")
                        .kernel("tp->retrans_out")
                        .since("2.4")
                        .doc("Retransmitted segments now in flight (not cumulative)."),
                u32("fackets", 40)
                        .unit("segments")
                        .since("2.4")
                        .doc("Forward-most SACKed distance; always 0 since 4.15."),
                u32("last_data_sent", 44)
                        .unit("ms")
                        .kernel("jiffies_to_msecs(now - tp->lsndtime)")
                        .since("2.4")
                        .doc("Time since data was last sent; where none ever was, about the uptime less 300 s."),
                u32("last_ack_sent", 48).unit("ms").since("2.4").doc("Never filled by any kernel: always 0."),
                u32("last_data_recv", 52)
                        .unit("ms")
                        .kernel("jiffies_to_msecs(now - icsk->icsk_ack.lrcvtime)")
                        .since("2.4")
                        .doc(
                                "Time since data was last received; where the connection was never established, about the uptime less 300 s."),
                u32("last_ack_recv", 56)
                        .unit("ms")
                        .kernel("jiffies_to_msecs(now - tp->rcv_tstamp)")
                        .since("2.4")
                        .doc(
                                "Time since an ACK was last received; where the connection was never established, about the uptime less 300 s."),
                u32("pmtu", 60)
                        .unit("bytes")
                        .kernel("icsk->icsk_pmtu_cookie")
                        .since("2.4")
                        .doc("Path MTU last used (icsk_pmtu_cookie)."),
                u32("rcv_ssthresh", 64)
                        .unit("bytes")
                        .kernel("tp->rcv_ssthresh")
                        .since("2.4")
                        .doc("Current cap on the window we will advertise."),
                u32("rtt", 68)
                        .unit("us")
                        .kernel("tp->srtt_us >> 3")
                        .since("2.4")
                        .doc("Smoothed RTT; 0 before the first sample."),
                u32("rttvar", 72)
                        .unit("us")
                        .kernel("tp->mdev_us >> 2")
                        .since("2.4")
                        .doc("Smoothed mean deviation of the RTT, not the RTTVAR of RFC 6298."),
                u32("snd_ssthresh", 76)
                        .unit("segments")
                        .kernel("tp->snd_ssthresh")
                        .since("2.4")
                        .nullWhen(TCP_INFINITE_SSTHRESH, "never reduced, see in_initial_slowstart")
                        .doc("Slow start threshold."),
                marker("in_initial_slowstart", 76, 4, TCP_INFINITE_SSTHRESH)
                        .doc("Whether the slow start threshold was never reduced."),
                u32("snd_cwnd", 80)
                        .unit("segments")
                        .kernel("tcp_snd_cwnd(tp)")
                        .since("2.4")
                        .doc("Congestion window."),
                u32("advmss", 84)
                        .unit("bytes")
                        .kernel("tp->advmss")
                        .since("2.4")
                        .doc("MSS we advertise."),
                u32("reordering", 88)
                        .unit("segments")
                        .kernel("tp->reordering")
                        .since("2.4")
                        .doc("Reordering degree that is assumed."),
                u32("rcv_rtt", 92)
                        .unit("us")
                        .kernel("tp->rcv_rtt_est.rtt_us >> 3")
                        .since("2.6.11")
                        .doc("RTT as the receiver estimates it; 0 without an estimate."),
                u32("rcv_space", 96)
                        .unit("bytes")
                        .kernel("tp->rcvq_space.space")
                        .since("2.6.11")
                        .doc("Receive-buffer auto-tuning: bytes copied to user per RTT (rcvq_space.space)."),
                u32("total_retrans", 100)
                        .unit("segments")
                        .kernel("tp->total_retrans")
                        .since("2.6.11")
                        .cumulative()
                        .doc("Cumulative retransmitted segments incl. SYN, FIN and tail-loss probes."),
                u64("pacing_rate", 104)
                        .unit("bytes/s")
                        .kernel("sk->sk_pacing_rate")
                        .since("3.15")
                        .nullWhen(UNLIMITED, "unlimited, see pacing_unlimited")
                        .doc("Pacing rate."),
                marker("pacing_unlimited", 104, 8, UNLIMITED).since("3.15").doc("Whether there is no pacing rate."),
                u64("max_pacing_rate", 112)
                        .unit("bytes/s")
                        .kernel("sk->sk_max_pacing_rate")
                        .since("3.15")
                        .nullWhen(UNLIMITED, "unlimited, see max_pacing_unlimited")
                        .doc("Limit of the pacing rate, SO_MAX_PACING_RATE."),
                marker("max_pacing_unlimited", 112, 8, UNLIMITED)
                        .since("3.15")
                        .doc("Whether the pacing rate has no limit."),
                u64("bytes_acked", 120)
                        .unit("bytes")
                        .kernel("tp->bytes_acked")
                        .since("4.1")
                        .cumulative()
                        .doc(
                                "Sequence space that the peer acknowledged: the SYN of an active open and the FIN count 1."),
                u64("bytes_received", 128)
                        .unit("bytes")
                        .kernel("tp->bytes_received")
                        .since("4.1")
                        .cumulative()
                        .doc("Sequence space received in order: the FIN of the peer counts 1."),
                u32("segs_out", 136)
                        .unit("segments")
                        .kernel("tp->segs_out")
                        .since("4.2")
                        .cumulative()
                        .doc("Segments sent incl. pure ACKs and retransmits."),
                u32("segs_in", 140)
                        .unit("segments")
                        .kernel("tp->segs_in")
                        .since("4.2")
                        .cumulative()
                        .doc("Segments received incl. pure ACKs."),
                u32("notsent_bytes", 144)
                        .unit("bytes")
                        .kernel("max_t(int, 0, tp->write_seq - tp->snd_nxt)")
                        .since("4.6")
                        .doc("Bytes in the write queue not yet sent once."),
                u32("min_rtt", 148)
                        .unit("us")
                        .kernel("tcp_min_rtt(tp)")
                        .since("4.6")
                        .nullWhen(NO_RTT, "no sample")
                        .doc(
                                "Least RTT in the window tcp_min_rtt_wlen, by default 300 s, not of the whole connection."),
                u32("data_segs_in", 152)
                        .unit("segments")
                        .kernel("tp->data_segs_in")
                        .since("4.6")
                        .cumulative()
                        .doc("Segments with payload received."),
                u32("data_segs_out", 156)
                        .unit("segments")
                        .kernel("tp->data_segs_out")
                        .since("4.6")
                        .cumulative()
                        .doc("Segments with payload sent incl. retransmits."),
                u64("delivery_rate", 160)
                        .unit("bytes/s")
                        .kernel("tcp_compute_delivery_rate(tp)")
                        .since("4.9")
                        .doc("Most recent delivery rate sample; 0 before the first."),
                u64("busy_time", 168)
                        .unit("us")
                        .kernel("tcp_get_info_chrono_stats(tp, info)")
                        .since("4.10")
                        .cumulative()
                        .doc("Time with data outstanding or waiting."),
                u64("rwnd_limited", 176)
                        .unit("us")
                        .kernel("tcp_get_info_chrono_stats(tp, info)")
                        .since("4.10")
                        .cumulative()
                        .doc("Part of busy_time limited by the peer window."),
                u64("sndbuf_limited", 184)
                        .unit("us")
                        .kernel("tcp_get_info_chrono_stats(tp, info)")
                        .since("4.10")
                        .cumulative()
                        .doc("Part of busy_time limited by the send buffer."),
                u32("delivered", 192)
                        .unit("segments")
                        .kernel("tp->delivered")
                        .since("4.18")
                        .cumulative()
                        .doc(
                                "Segments delivered (acked or sacked) incl. SYN or SYN-ACK: 1 right after the handshake on both sides."),
                u32("delivered_ce", 196)
                        .unit("segments")
                        .kernel("tp->delivered_ce")
                        .since("4.18")
                        .cumulative()
                        .doc("Part of delivered whose ACK carried ECE."),
                u64("bytes_sent", 200)
                        .unit("bytes")
                        .kernel("tp->bytes_sent")
                        .since("4.19")
                        .cumulative()
                        .doc("Payload bytes sent incl. retransmits (no SYN, no FIN)."),
                u64("bytes_retrans", 208)
                        .unit("bytes")
                        .kernel("tp->bytes_retrans")
                        .since("4.19")
                        .cumulative()
                        .doc("Payload bytes retransmitted."),
                u32("dsack_dups", 216)
                        .kernel("tp->dsack_dups")
                        .since("4.19")
                        .cumulative()
                        .doc("DSACK blocks received."),
                u32("reord_seen", 220)
                        .kernel("tp->reord_seen")
                        .since("4.19")
                        .cumulative()
                        .doc("Reordering events seen by the sender."),
                u32("rcv_ooopack", 224)
                        .unit("segments")
                        .kernel("tp->rcv_ooopack")
                        .since("5.4")
                        .cumulative()
                        .doc("Out-of-order packets received."),
                u32("snd_wnd", 228)
                        .unit("bytes")
                        .kernel("tp->snd_wnd")
                        .since("5.4")
                        .doc("Window last advertised by the peer, scaled (0 = zero window)."),
                u32("rcv_wnd", 232)
                        .unit("bytes")
                        .kernel("tp->rcv_wnd")
                        .since("6.2")
                        .doc("Window we advertise, scaled."),
                u32("rehash", 236)
                        .kernel("tp->plb_rehash + tp->timeout_rehash")
                        .since("6.2")
                        .cumulative()
                        .doc("PLB + timeout triggered route-hash changes."),
                u16("total_rto", 240)
                        .kernel("tp->total_rto")
                        .since("6.7")
                        .cumulative()
                        .doc("RTO expiries incl. SYN and SYN-ACK."),
                u16("total_rto_recoveries", 242)
                        .kernel("tp->total_rto_recoveries")
                        .since("6.7")
                        .cumulative()
                        .doc("RTO recovery episodes incl. an unfinished one."),
                u32("total_rto_time", 244)
                        .unit("ms")
                        .kernel("tp->total_rto_time")
                        .since("6.7")
                        .cumulative()
                        .doc("Time spent in RTO recovery incl. the running one."),
                u32("received_ce", 248)
                        .unit("segments")
                        .kernel("tp->received_ce")
                        .since("6.18")
                        .cumulative()
                        .doc("CE-marked segments received."),
                u32("delivered_e1_bytes", 252)
                        .unit("bytes")
                        .kernel("tp->delivered_ecn_bytes[INET_ECN_ECT_1 - 1]")
                        .since("6.18")
                        .cumulative()
                        .doc("AccECN: bytes the peer reported as received ECT(1)."),
                u32("delivered_e0_bytes", 256)
                        .unit("bytes")
                        .kernel("tp->delivered_ecn_bytes[INET_ECN_ECT_0 - 1]")
                        .since("6.18")
                        .cumulative()
                        .doc("AccECN: bytes the peer reported as received ECT(0)."),
                u32("delivered_ce_bytes", 260)
                        .unit("bytes")
                        .kernel("tp->delivered_ecn_bytes[INET_ECN_CE - 1]")
                        .since("6.18")
                        .cumulative()
                        .doc("AccECN: bytes the peer reported as received CE."),
                u32("received_e1_bytes", 264)
                        .unit("bytes")
                        .kernel("tp->received_ecn_bytes[INET_ECN_ECT_1 - 1]")
                        .since("6.18")
                        .cumulative()
                        .doc("Payload bytes received marked ECT(1)."),
                u32("received_e0_bytes", 268)
                        .unit("bytes")
                        .kernel("tp->received_ecn_bytes[INET_ECN_ECT_0 - 1]")
                        .since("6.18")
                        .cumulative()
                        .doc("Payload bytes received marked ECT(0)."),
                u32("received_ce_bytes", 272)
                        .unit("bytes")
                        .kernel("tp->received_ecn_bytes[INET_ECN_CE - 1]")
                        .since("6.18")
                        .cumulative()
                        .doc("Payload bytes received marked CE."),
                ecnBits("ecn_mode", 0, 2).since("7.0").doc("ECN mode: 1 RFC 3168, 2 AccECN, 3 pending."),
                ecnWord("accecn_opt_seen", 2, 2)
                        .since("6.18")
                        .doc("AccECN option seen: 0 none, 1 empty, 2 counters, 3 fail."),
                ecnWord("accecn_fail_mode", 4, 4)
                        .since("6.18")
                        .doc("AccECN failures, as bits: 1 ACE sent, 2 ACE received, 4 option sent, 8 option received."),
                ecnBits("options2", 8, 24).since("7.0").doc("More option bits; none has a name in 7.1."));
    }

    private static Column<InetDiagRow> u8(String name, int offset) {
        return field(name, SqlType.UTINYINT, offset, 1);
    }

    private static Column<InetDiagRow> u16(String name, int offset) {
        return field(name, SqlType.USMALLINT, offset, 2);
    }

    private static Column<InetDiagRow> u32(String name, int offset) {
        return field(name, SqlType.UINTEGER, offset, 4);
    }

    private static Column<InetDiagRow> u64(String name, int offset) {
        return field(name, SqlType.UBIGINT, offset, 8);
    }

    private static Column<InetDiagRow> field(String name, SqlType type, int offset, int width) {
        return Column.<InetDiagRow>number(name, type, row -> row.field(InetDiag.ATTR_INFO, offset, width))
                .absentWhen(row -> !row.has(InetDiag.ATTR_INFO, offset + width), ABSENT)
                .batch((row, rows, out, first) ->
                        row.fields(InetDiag.ATTR_INFO, offset, width, rows, out.longs, out.present, first));
    }

    /** A bit-field, there where tcp_info has {@code length} bytes: before, its byte was padding. */
    private static Column<InetDiagRow> bits(String name, int offset, int bit, int width, int length) {
        return Column.<InetDiagRow>number(
                        name, SqlType.UTINYINT, row -> row.bits(InetDiag.ATTR_INFO, offset, bit, width))
                .absentWhen(row -> !row.hasBits(InetDiag.ATTR_INFO, offset, bit, length), ABSENT);
    }

    /** Whether a field holds the kernel's marker. */
    private static Column<InetDiagRow> marker(String name, int offset, int width, long marker) {
        return Column.<InetDiagRow>flag(name, row -> row.field(InetDiag.ATTR_INFO, offset, width) == marker)
                .absentWhen(row -> !row.has(InetDiag.ATTR_INFO, offset + width), ABSENT);
    }

    /**
     * A bit-field of the word at {@link #ACCECN} that 6.18 has too, as 16 bits elsewhere in the word: zero there, since
     * its AccECN cannot be switched on, so the layout of 7.0 reads both.
     */
    private static Column<InetDiagRow> ecnWord(String name, int bit, int width) {
        return Column.<InetDiagRow>number(
                        name, SqlType.UINTEGER, row -> row.wordBits(InetDiag.ATTR_INFO, ACCECN, bit, width))
                .absentWhen(row -> !row.has(InetDiag.ATTR_INFO, ACCECN + 4), ABSENT);
    }

    /** A bit-field of 7.0 that 6.18 has not: of equal length, so only a word that is not zero shows that it is there. */
    private static Column<InetDiagRow> ecnBits(String name, int bit, int width) {
        return ecnWord(name, bit, width)
                .absentWhen(
                        row -> row.has(InetDiag.ATTR_INFO, ACCECN + 4) && row.field(InetDiag.ATTR_INFO, ACCECN, 4) == 0,
                        "the whole word is 0, as on 6.18");
    }
}
