package io.tcpsnap.table;

import static io.tcpsnap.kernel.InetDiag.ATTR_BBRINFO;
import static io.tcpsnap.kernel.InetDiag.ATTR_CGROUP_ID;
import static io.tcpsnap.kernel.InetDiag.ATTR_CLASS_ID;
import static io.tcpsnap.kernel.InetDiag.ATTR_CONG;
import static io.tcpsnap.kernel.InetDiag.ATTR_DCTCPINFO;
import static io.tcpsnap.kernel.InetDiag.ATTR_MARK;
import static io.tcpsnap.kernel.InetDiag.ATTR_MEMINFO;
import static io.tcpsnap.kernel.InetDiag.ATTR_PROTOCOL;
import static io.tcpsnap.kernel.InetDiag.ATTR_SHUTDOWN;
import static io.tcpsnap.kernel.InetDiag.ATTR_SKMEMINFO;
import static io.tcpsnap.kernel.InetDiag.ATTR_SKV6ONLY;
import static io.tcpsnap.kernel.InetDiag.ATTR_SOCKOPT;
import static io.tcpsnap.kernel.InetDiag.ATTR_TCLASS;
import static io.tcpsnap.kernel.InetDiag.ATTR_TOS;
import static io.tcpsnap.kernel.InetDiag.ATTR_VEGASINFO;

import io.tcpsnap.decode.InetDiagRow;
import java.util.ArrayList;
import java.util.List;

/** Columns of the attributes beside {@code struct tcp_info}; a column is NULL where the kernel did not send its attribute. */
final class InetDiagAttributes {
    static final String ABSENT = "not sent";
    private static final long NO_RTT = 0xffffffffL;
    private static final long UNBOUND = 0xffffffffL;

    private InetDiagAttributes() {}

    static List<Column<InetDiagRow>> columns() {
        List<Column<InetDiagRow>> columns = new ArrayList<>(memory());
        columns.addAll(options());
        columns.addAll(congestion());
        columns.addAll(bbr());
        columns.addAll(sockopt());
        columns.addAll(UlpInfoColumns.columns());
        return columns;
    }

    /** Those that every socket of inet_diag may have, whatever its protocol. */
    static List<Column<InetDiagRow>> ofAnySocket() {
        List<Column<InetDiagRow>> columns = new ArrayList<>(memory());
        columns.addAll(options());
        columns.addAll(sockopt());
        return columns;
    }

    private static List<Column<InetDiagRow>> memory() {
        return List.of(
                u32("mem_rmem", ATTR_MEMINFO, 0).unit("bytes").doc("Receive memory allocated, of MEMINFO."),
                u32("mem_wmem", ATTR_MEMINFO, 4).unit("bytes").doc("Write queue memory, of MEMINFO."),
                i32("mem_fmem", ATTR_MEMINFO, 8).unit("bytes").doc("Forward allocated memory, of MEMINFO."),
                u32("mem_tmem", ATTR_MEMINFO, 12).unit("bytes").doc("Transmit memory allocated, of MEMINFO."),
                u32("skmem_rmem_alloc", ATTR_SKMEMINFO, 0)
                        .unit("bytes")
                        .kernel("sk_rmem_alloc_get(sk)")
                        .since("3.3")
                        .doc("Receive memory allocated."),
                u32("skmem_rcvbuf", ATTR_SKMEMINFO, 4)
                        .unit("bytes")
                        .kernel("READ_ONCE(sk->sk_rcvbuf)")
                        .since("3.3")
                        .doc("Limit of receive memory."),
                u32("skmem_wmem_alloc", ATTR_SKMEMINFO, 8)
                        .unit("bytes")
                        .kernel("sk_wmem_alloc_get(sk)")
                        .since("3.3")
                        .doc("Transmit memory allocated."),
                u32("skmem_sndbuf", ATTR_SKMEMINFO, 12)
                        .unit("bytes")
                        .kernel("READ_ONCE(sk->sk_sndbuf)")
                        .since("3.3")
                        .doc("Limit of transmit memory."),
                i32("skmem_fwd_alloc", ATTR_SKMEMINFO, 16)
                        .unit("bytes")
                        .kernel("sk_forward_alloc_get(sk)")
                        .since("3.3")
                        .doc("Memory reserved ahead; may be negative for a moment."),
                u32("skmem_wmem_queued", ATTR_SKMEMINFO, 20)
                        .unit("bytes")
                        .kernel("READ_ONCE(sk->sk_wmem_queued)")
                        .since("3.3")
                        .doc("Memory of the write queue."),
                u32("skmem_optmem", ATTR_SKMEMINFO, 24)
                        .unit("bytes")
                        .kernel("atomic_read(&sk->sk_omem_alloc)")
                        .since("3.3")
                        .doc("Memory of options."),
                u32("skmem_backlog", ATTR_SKMEMINFO, 28)
                        .unit("bytes")
                        .kernel("READ_ONCE(sk->sk_backlog.len)")
                        .since("3.3")
                        .doc("Bytes in the backlog, while the owner holds the socket."),
                u32("skmem_drops", ATTR_SKMEMINFO, 32)
                        .unit("packets")
                        .kernel("atomic_read(&sk->sk_drops)")
                        .since("4.7")
                        .doc("Packets dropped at this socket."));
    }

    private static List<Column<InetDiagRow>> options() {
        return List.of(
                u8("tos", ATTR_TOS, 0).kernel("inet->tos").since("3.2").doc("IP_TOS."),
                u8("tclass", ATTR_TCLASS, 0)
                        .kernel("inet6_sk(sk)->tclass")
                        .since("3.2")
                        .doc("IPV6_TCLASS."),
                u8("shutdown", ATTR_SHUTDOWN, 0)
                        .kernel("sk->sk_shutdown")
                        .since("3.8")
                        .doc("Directions that are shut down, as bits: 1 receive, 2 send."),
                u8("protocol", ATTR_PROTOCOL, 0)
                        .kernel("sk->sk_protocol")
                        .since("4.2")
                        .doc("IP protocol; sent with destroy events only."),
                flag("v6only", ATTR_SKV6ONLY, 1)
                        .kernel("ipv6_only_sock(sk)")
                        .since("4.2")
                        .doc("Whether IPV6_V6ONLY is set, of IPv6 listeners and closed sockets."),
                u32("mark", ATTR_MARK, 0)
                        .kernel("READ_ONCE(sk->sk_mark)")
                        .since("4.9")
                        .doc("SO_MARK; sent to CAP_NET_ADMIN only."),
                u32("class_id", ATTR_CLASS_ID, 0)
                        .kernel("sock_cgroup_classid(&sk->sk_cgrp_data) or sk->sk_priority")
                        .since("4.14")
                        .doc("Class of net_cls, else the priority."),
                u64("cgroup_id", ATTR_CGROUP_ID, 0)
                        .kernel("cgroup_id(sock_cgroup_ptr(&sk->sk_cgrp_data))")
                        .since("5.8")
                        .doc("Inode of the cgroup v2 that the socket was made in; 1 is the root."));
    }

    private static List<Column<InetDiagRow>> congestion() {
        return List.of(
                Column.<InetDiagRow>text("cong", row -> row.text(ATTR_CONG))
                        .kernel("icsk->icsk_ca_ops->name")
                        .absentWhen(row -> !row.has(ATTR_CONG, 1), ABSENT)
                        .doc("Name of the congestion control algorithm."),
                flag("vegas_enabled", ATTR_VEGASINFO, 4).doc("Whether Vegas is in charge."),
                u32("vegas_rttcnt", ATTR_VEGASINFO, 4).doc("RTT samples of the last round."),
                u32("vegas_rtt", ATTR_VEGASINFO, 8)
                        .unit("us")
                        .nullWhen(0x7fffffff, "no sample")
                        .doc("RTT of the last round, of vegas or illinois."),
                u32("vegas_minrtt", ATTR_VEGASINFO, 12)
                        .unit("us")
                        .nullWhen(0x7fffffff, "no sample")
                        .doc("Least RTT of the last round."),
                flag("dctcp_enabled", ATTR_DCTCPINFO, 2)
                        .since("3.18")
                        .doc("Whether DCTCP is in charge, not its fallback."),
                field("dctcp_ce_state", SqlType.USMALLINT, ATTR_DCTCPINFO, 2, 2)
                        .since("3.18")
                        .doc("Whether the last segment carried CE."),
                u32("dctcp_alpha", ATTR_DCTCPINFO, 4)
                        .unit("1/1024")
                        .since("3.18")
                        .doc("Share of marked bytes, smoothed."),
                u32("dctcp_ab_ecn", ATTR_DCTCPINFO, 8)
                        .unit("bytes")
                        .since("3.18")
                        .doc("Acknowledged bytes with ECN echo."),
                u32("dctcp_ab_tot", ATTR_DCTCPINFO, 12)
                        .unit("bytes")
                        .since("3.18")
                        .doc("Acknowledged bytes."));
    }

    /** Of 4.9, and of google/bbr; source: its include/uapi/linux/inet_diag.h struct tcp_bbr_info. */
    private static List<Column<InetDiagRow>> bbr() {
        return List.of(
                bbrRate("bbr_bw", 0).since("4.9").doc("Bandwidth as BBR estimates it."),
                u32("bbr_min_rtt", ATTR_BBRINFO, 8)
                        .unit("us")
                        .since("4.9")
                        .nullWhen(NO_RTT, "no sample")
                        .doc("Least RTT as BBR sees it."),
                u32("bbr_pacing_gain", ATTR_BBRINFO, 12)
                        .unit("1/256")
                        .since("4.9")
                        .doc("Pacing gain."),
                u32("bbr_cwnd_gain", ATTR_BBRINFO, 16)
                        .unit("1/256")
                        .since("4.9")
                        .doc("Congestion window gain."),
                bbrRate("bbr_bw_hi", 20).doc("Upper bound of the bandwidth, of BBRv2 and BBRv3."),
                bbrRate("bbr_bw_lo", 28).doc("Bound of the bandwidth for a time after loss, of BBRv2 and BBRv3."),
                u8("bbr_mode", ATTR_BBRINFO, 36)
                        .doc("Mode, of BBRv2 and BBRv3: 0 startup, 1 drain, 2 probe bandwidth, 3 probe RTT."),
                u8("bbr_phase", ATTR_BBRINFO, 37).doc("Phase within the mode, of BBRv2 and BBRv3."),
                u8("bbr_version", ATTR_BBRINFO, 39).doc("Version of BBR, of BBRv2 and BBRv3."),
                u32("bbr_inflight_lo", ATTR_BBRINFO, 40)
                        .unit("segments")
                        .nullWhen(UNBOUND, "no bound")
                        .doc("Bound of what is in flight for a time after loss, of BBRv2 and BBRv3."),
                u32("bbr_inflight_hi", ATTR_BBRINFO, 44)
                        .unit("segments")
                        .nullWhen(UNBOUND, "no bound")
                        .doc("Upper bound of what is in flight, of BBRv2 and BBRv3."),
                u32("bbr_extra_acked", ATTR_BBRINFO, 48)
                        .unit("segments")
                        .doc("Segments acknowledged beyond what the bandwidth explains, of BBRv2 and BBRv3."));
    }

    /** A rate in two words, the low one first. */
    private static Column<InetDiagRow> bbrRate(String name, int offset) {
        return Column.<InetDiagRow>number(
                        name,
                        SqlType.UBIGINT,
                        row -> row.field(ATTR_BBRINFO, offset, 4) | row.field(ATTR_BBRINFO, offset + 4, 4) << 32)
                .unit("bytes/s")
                .absentWhen(row -> !row.has(ATTR_BBRINFO, offset + 8), ABSENT);
    }

    private static List<Column<InetDiagRow>> sockopt() {
        String[][] bits = {
            {"recverr", "IP_RECVERR is set"},
            {"is_icsk", "the socket is a connection socket"},
            {"freebind", "IP_FREEBIND is set"},
            {"hdrincl", "IP_HDRINCL is set"},
            {"mc_loop", "IP_MULTICAST_LOOP is set"},
            {"transparent", "IP_TRANSPARENT is set"},
            {"mc_all", "IP_MULTICAST_ALL is set"},
            {"nodefrag", "IP_NODEFRAG is set"},
            {"bind_address_no_port", "IP_BIND_ADDRESS_NO_PORT is set"},
            {"recverr_rfc4884", "IP_RECVERR_RFC4884 is set"},
            {"defer_connect", "connect() waits for data, for Fast Open"},
        };
        List<Column<InetDiagRow>> columns = new ArrayList<>();
        for (int i = 0; i < bits.length; i++) {
            int bit = i;
            columns.add(Column.<InetDiagRow>flag(bits[i][0], row -> row.bits(ATTR_SOCKOPT, bit / 8, bit % 8, 1) != 0)
                    .since("5.10")
                    .absentWhen(row -> !row.has(ATTR_SOCKOPT, bit / 8 + 1), ABSENT)
                    .doc("Whether " + bits[i][1] + "."));
        }
        return columns;
    }

    /** Whether the number at the start of the attribute is not 0. */
    private static Column<InetDiagRow> flag(String name, int attribute, int width) {
        return Column.<InetDiagRow>flag(name, row -> row.field(attribute, 0, width) != 0)
                .absentWhen(row -> !row.has(attribute, width), ABSENT);
    }

    private static Column<InetDiagRow> u8(String name, int attribute, int offset) {
        return field(name, SqlType.UTINYINT, attribute, offset, 1);
    }

    private static Column<InetDiagRow> u32(String name, int attribute, int offset) {
        return field(name, SqlType.UINTEGER, attribute, offset, 4);
    }

    private static Column<InetDiagRow> u64(String name, int attribute, int offset) {
        return field(name, SqlType.UBIGINT, attribute, offset, 8);
    }

    private static Column<InetDiagRow> i32(String name, int attribute, int offset) {
        return Column.<InetDiagRow>number(name, SqlType.INTEGER, row -> (int) row.field(attribute, offset, 4))
                .absentWhen(row -> !row.has(attribute, offset + 4), ABSENT);
    }

    private static Column<InetDiagRow> field(String name, SqlType type, int attribute, int offset, int width) {
        return Column.<InetDiagRow>number(name, type, row -> row.field(attribute, offset, width))
                .absentWhen(row -> !row.has(attribute, offset + width), ABSENT)
                .batch((row, rows, out, first) ->
                        row.fields(attribute, offset, width, rows, out.longs, out.present, first));
    }
}
