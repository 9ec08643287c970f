package io.tcpsnap.table;

import static io.tcpsnap.table.SqlType.BIGINT;
import static io.tcpsnap.table.SqlType.UBIGINT;
import static io.tcpsnap.table.SqlType.UINTEGER;
import static io.tcpsnap.table.SqlType.USMALLINT;
import static io.tcpsnap.table.SqlType.UTINYINT;

import io.tcpsnap.decode.Decoder;
import io.tcpsnap.decode.OptStats;
import io.tcpsnap.kernel.TcpNla;
import io.tcpsnap.kernel.TxEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code opt_stats}: control messages that a program logged. Expressions are from net/ipv4/tcp.c
 * tcp_get_timestamping_opt_stats(), 6.18.
 */
final class OptStatsTable {
    private static final String ABSENT = "not in the message";
    private static final String NO_EVENT = "no IP_RECVERR in the log";
    private static final long NANOS_IN_MICRO = 1000;

    static final TickTable<OptStats> TABLE = SourceRows.table(
            new Table<>(
                    "opt_stats",
                    "What one recvmsg(MSG_ERRQUEUE) gave a program that logged it: the TCP_NLA_* attributes of"
                            + " SCM_TIMESTAMPING_OPT_STATS, what happened to which data, and when. Imported only. The log does"
                            + " not say of which socket a message is.",
                    columns()),
            List.of("opt_stats/cmsg", "opt_stats/nla", "opt_stats/hex"),
            OptStats::new);

    private OptStatsTable() {}

    private static List<Column<OptStats>> columns() {
        List<Column<OptStats>> columns = new ArrayList<>(TickColumns.of(Decoder::snapshot));
        columns.addAll(event());
        columns.addAll(traffic());
        columns.addAll(path());
        columns.addAll(limits());
        return columns;
    }

    private static List<Column<OptStats>> event() {
        return List.of(
                Column.<OptStats>number("message", BIGINT, OptStats::message)
                        .doc("Number of the message in its log, from 0: their order."),
                Column.<OptStats>number("logged", SqlType.TIMESTAMP, OptStats::logged)
                        .absentWhen(row -> !row.isLogged(), "no line of hexadecimal with a time in front")
                        .doc("The time in front of the line, UTC."),
                Column.<OptStats, TxEvent>label("event", Enums.TX_EVENT, OptStats::event)
                        .kernel("serr->ee.ee_info")
                        .absentWhen(row -> row.event() == null, NO_EVENT + ", or of another kind")
                        .doc(
                                "What happened to the data: SCHED it entered the packet scheduler, SND it left for the device, ACK"
                                        + " it was acknowledged."),
                Column.<OptStats>number("ee_info", UINTEGER, OptStats::eeInfo)
                        .kernel("serr->ee.ee_info")
                        .absentWhen(row -> !row.hasEvent(), NO_EVENT)
                        .doc("The event as sent."),
                Column.<OptStats>number("ee_data", UINTEGER, OptStats::eeData)
                        .kernel("serr->ee.ee_data")
                        .absentWhen(row -> !row.hasEvent(), NO_EVENT)
                        .doc(
                                "With SOF_TIMESTAMPING_OPT_ID the offset in the stream of the last byte that the event is of, from"
                                        + " when the option was set; without it 0."),
                Column.<OptStats>number("tstamp", SqlType.TIMESTAMP, row -> row.software() / NANOS_IN_MICRO)
                        .kernel("tss->ts[0]")
                        .absentWhen(row -> row.software() == 0, "no SCM_TIMESTAMPING, or none of the software")
                        .doc("When it happened by the host's clock, UTC, cut to microseconds."),
                Column.<OptStats>number("tstamp_ns", BIGINT, OptStats::software)
                        .unit("ns")
                        .kernel("tss->ts[0]")
                        .nullWhen(0, "no SCM_TIMESTAMPING, or none of the software")
                        .doc("The same in full, since the epoch."),
                Column.<OptStats>number("tstamp_hw_ns", BIGINT, OptStats::hardware)
                        .unit("ns")
                        .kernel("tss->ts[2]")
                        .nullWhen(0, "no SCM_TIMESTAMPING, or none of the device")
                        .doc("When it happened by the device's clock."));
    }

    private static List<Column<OptStats>> traffic() {
        return List.of(
                of("bytes_sent", UBIGINT, TcpNla.BYTES_SENT)
                        .unit("bytes")
                        .kernel("tp->bytes_sent")
                        .since("4.19")
                        .doc("Payload sent, with what was sent again."),
                of("bytes_retrans", UBIGINT, TcpNla.BYTES_RETRANS)
                        .unit("bytes")
                        .kernel("tp->bytes_retrans")
                        .since("4.19")
                        .doc("Payload sent again."),
                of("data_segs_out", UBIGINT, TcpNla.DATA_SEGS_OUT)
                        .unit("segments")
                        .kernel("tp->data_segs_out")
                        .since("4.11")
                        .doc("Segments with payload sent."),
                of("total_retrans", UBIGINT, TcpNla.TOTAL_RETRANS)
                        .unit("segments")
                        .kernel("tp->total_retrans")
                        .since("4.11")
                        .doc("Segments sent again."),
                of("delivered", UINTEGER, TcpNla.DELIVERED)
                        .unit("segments")
                        .kernel("tp->delivered")
                        .since("4.18")
                        .doc("Segments delivered, by ACK or SACK."),
                of("delivered_ce", UINTEGER, TcpNla.DELIVERED_CE)
                        .unit("segments")
                        .kernel("tp->delivered_ce")
                        .since("4.18")
                        .doc("Of those, with the CE mark."),
                of("sndq_size", UINTEGER, TcpNla.SNDQ_SIZE)
                        .unit("bytes")
                        .kernel("tp->write_seq - tp->snd_una")
                        .since("4.17")
                        .doc("Not yet acknowledged, sent or not."),
                of("bytes_notsent", UINTEGER, TcpNla.BYTES_NOTSENT)
                        .unit("bytes")
                        .kernel("max_t(int, 0, tp->write_seq - tp->snd_nxt)")
                        .since("5.7")
                        .doc("Of those, not yet sent."),
                of("dsack_dups", UINTEGER, TcpNla.DSACK_DUPS)
                        .unit("segments")
                        .kernel("tp->dsack_dups")
                        .since("4.19")
                        .doc("Segments that the peer had already, by DSACK."),
                of("timeout_rehash", USMALLINT, TcpNla.TIMEOUT_REHASH)
                        .kernel("tp->timeout_rehash")
                        .since("5.6")
                        .doc("How often a time-out chose another path (txhash)."),
                of("rehash", UINTEGER, TcpNla.REHASH)
                        .kernel("tp->plb_rehash + tp->timeout_rehash")
                        .since("6.2")
                        .doc("How often another path was chosen (txhash)."));
    }

    private static List<Column<OptStats>> path() {
        return List.of(
                of("snd_cwnd", UINTEGER, TcpNla.SND_CWND)
                        .unit("segments")
                        .kernel("tcp_snd_cwnd(tp)")
                        .since("4.14")
                        .doc("Congestion window."),
                of("snd_ssthresh", UINTEGER, TcpNla.SND_SSTHRESH)
                        .unit("segments")
                        .kernel("tp->snd_ssthresh")
                        .since("4.17")
                        .nullWhen(0x7fffffffL, "never reduced")
                        .doc("Slow start threshold."),
                Column.<OptStats>flag("in_initial_slowstart", row -> row.value(TcpNla.SND_SSTHRESH) == 0x7fffffffL)
                        .since("4.17")
                        .absentWhen(row -> !row.has(TcpNla.SND_SSTHRESH), ABSENT)
                        .doc("Whether snd_ssthresh was never reduced."),
                of("ca_state", UTINYINT, TcpNla.CA_STATE)
                        .kernel("inet_csk(sk)->icsk_ca_state")
                        .since("4.17")
                        .doc("State of loss recovery: 0 open, 1 disorder, 2 CWR, 3 recovery, 4 loss."),
                of("srtt", UINTEGER, TcpNla.SRTT)
                        .unit("us")
                        .kernel("tp->srtt_us >> 3")
                        .since("5.0")
                        .doc("Smoothed RTT."),
                of("min_rtt", UINTEGER, TcpNla.MIN_RTT)
                        .unit("us")
                        .kernel("tcp_min_rtt(tp)")
                        .since("4.14")
                        .nullWhen(0xffffffffL, "no sample")
                        .doc("Least RTT of the recent past."),
                of("reordering", UINTEGER, TcpNla.REORDERING)
                        .unit("segments")
                        .kernel("tp->reordering")
                        .since("4.14")
                        .doc("Reordering that is taken for no loss."),
                of("reord_seen", UINTEGER, TcpNla.REORD_SEEN)
                        .kernel("tp->reord_seen")
                        .since("4.19")
                        .doc("Reordering events."),
                of("recur_retrans", UTINYINT, TcpNla.RECUR_RETRANS)
                        .kernel("READ_ONCE(inet_csk(sk)->icsk_retransmits)")
                        .since("4.14")
                        .doc("Time-outs in a row without an answer."),
                of("pacing_rate", UBIGINT, TcpNla.PACING_RATE)
                        .unit("bytes/s")
                        .kernel("READ_ONCE(sk->sk_pacing_rate)")
                        .since("4.14")
                        .nullWhen(-1, "unlimited")
                        .doc("Rate at which segments are paced."),
                Column.<OptStats>flag("pacing_unlimited", row -> row.value(TcpNla.PACING_RATE) == -1)
                        .since("4.14")
                        .absentWhen(row -> !row.has(TcpNla.PACING_RATE), ABSENT)
                        .doc("Whether pacing_rate is unlimited."),
                of("delivery_rate", UBIGINT, TcpNla.DELIVERY_RATE)
                        .unit("bytes/s")
                        .kernel("tcp_compute_delivery_rate(tp)")
                        .since("4.14")
                        .doc("Most recent rate of delivery."),
                of("delivery_rate_app_lmt", UTINYINT, TcpNla.DELIVERY_RATE_APP_LMT)
                        .kernel("!!tp->rate_app_limited")
                        .since("4.14")
                        .doc("1 where that was limited by the application."),
                of("ttl", UTINYINT, TcpNla.TTL)
                        .unit("hops")
                        .kernel("tcp_skb_ttl_or_hop_limit(ack_skb)")
                        .since("5.12")
                        .doc("TTL or hop limit of the packet that acknowledged; with event ACK only."));
    }

    private static List<Column<OptStats>> limits() {
        return List.of(
                of("busy", UBIGINT, TcpNla.BUSY)
                        .unit("us")
                        .kernel("tcp_get_info_chrono_stats()")
                        .since("4.10")
                        .doc("Time with data to send or in flight."),
                of("rwnd_limited", UBIGINT, TcpNla.RWND_LIMITED)
                        .unit("us")
                        .kernel("tcp_get_info_chrono_stats()")
                        .since("4.10")
                        .doc("Of that, limited by the receiver's window."),
                of("sndbuf_limited", UBIGINT, TcpNla.SNDBUF_LIMITED)
                        .unit("us")
                        .kernel("tcp_get_info_chrono_stats()")
                        .since("4.10")
                        .doc("Of that, limited by the send buffer."),
                of("edt", UBIGINT, TcpNla.EDT)
                        .unit("ns")
                        .kernel("orig_skb->skb_mstamp_ns")
                        .since("5.9")
                        .doc("When the data was to depart at the earliest, by CLOCK_MONOTONIC."));
    }

    private static Column<OptStats> of(String name, SqlType type, TcpNla attribute) {
        return Column.<OptStats>number(name, type, row -> row.value(attribute))
                .absentWhen(row -> !row.has(attribute), ABSENT);
    }
}
