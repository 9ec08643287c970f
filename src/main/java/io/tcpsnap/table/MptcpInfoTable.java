package io.tcpsnap.table;

import io.tcpsnap.decode.InetDiagDump;
import io.tcpsnap.decode.InetDiagRow;
import io.tcpsnap.kernel.InetDiag;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code mptcp_info}: messages of the sock_diag dump of protocol 262. Expressions are from net/mptcp/sockopt.c
 * mptcp_diag_fill_info(), 6.18.
 */
final class MptcpInfoTable {
    private static final String ABSENT = "not in the recorded mptcp_info, which is as long as the kernel's";
    private static final int LENGTH_6_5 = 80;
    private static final int LENGTH_6_10 = 96;

    static final TickTable<InetDiagRow> TABLE = new TickTable<>(
            new Table<>(
                    "mptcp_info",
                    "An MPTCP connection or listener at a tick, which is one or more sockets of tcp_info: those whose"
                            + " mptcp_token_loc is its token. Its addresses are those of the first. Of a listener almost all"
                            + " of struct mptcp_info is 0. Recorded with --sources +mptcp.",
                    columns()),
            problems -> new JoinedRows<>(
                    List.of(new SourceRows<>(List.of("sock_diag/mptcp"), InetDiagDump::mptcp, problems))));

    private MptcpInfoTable() {}

    private static List<Column<InetDiagRow>> columns() {
        List<Column<InetDiagRow>> columns = new ArrayList<>(TickColumns.of(InetDiagRow::snapshot));
        columns.addAll(TcpInfoTable.message());
        columns.addAll(limits());
        columns.addAll(progress());
        columns.addAll(times());
        columns.addAll(InetDiagAttributes.ofAnySocket());
        return columns;
    }

    private static List<Column<InetDiagRow>> limits() {
        return List.of(
                u8("subflows", 0)
                        .kernel("READ_ONCE(msk->pm.extra_subflows)")
                        .since("5.9")
                        .doc("Subflows beside the first."),
                u8("add_addr_signal", 1)
                        .kernel("READ_ONCE(msk->pm.add_addr_signaled)")
                        .since("5.9")
                        .doc("Addresses announced to the peer (ADD_ADDR)."),
                u8("add_addr_accepted", 2)
                        .kernel("READ_ONCE(msk->pm.add_addr_accepted)")
                        .since("5.9")
                        .doc("Announced addresses of the peer that were accepted."),
                u8("subflows_max", 3)
                        .kernel("mptcp_pm_get_limit_extra_subflows(msk)")
                        .since("5.9")
                        .doc("Limit of subflows."),
                u8("add_addr_signal_max", 4)
                        .kernel("mptcp_pm_get_endp_signal_max(msk)")
                        .since("5.9")
                        .doc("Addresses that there are to announce."),
                u8("add_addr_accepted_max", 5)
                        .kernel("mptcp_pm_get_limit_add_addr_accepted(msk)")
                        .since("5.9")
                        .doc("Limit of add_addr_accepted."),
                u32("flags", 8).since("5.9").doc("As bits: 1 fell back to TCP, 2 the key of the peer is known."),
                u32("token", 12)
                        .kernel("msk->token")
                        .since("5.9")
                        .doc("Names the connection on this host: mptcp_token_loc of its subflows in tcp_info."),
                u8("local_addr_used", 40)
                        .kernel("READ_ONCE(msk->pm.local_addr_used)")
                        .since("5.12")
                        .doc("Local addresses that subflows were made from."),
                u8("local_addr_max", 41)
                        .kernel("mptcp_pm_get_endp_subflow_max(msk)")
                        .since("5.12")
                        .doc("Local addresses that subflows may be made from."),
                u8("csum_enabled", 42)
                        .kernel("READ_ONCE(msk->csum_enabled)")
                        .since("5.14")
                        .doc("1 where data has checksums; 0 in 5.12 and 5.13, where it was padding."),
                u8("subflows_total", 80)
                        .kernel("msk->pm.extra_subflows + __mptcp_has_initial_subflow(msk)")
                        .since("6.8")
                        .doc("Subflows with the first, where it is still there."),
                u8("endp_laminar_max", 81)
                        .kernel("mptcp_pm_get_endp_laminar_max(msk)")
                        .since("6.18")
                        .doc(
                                "Local addresses for subflows to announced addresses; 0 before 6.18, where it was padding."));
    }

    private static List<Column<InetDiagRow>> progress() {
        return List.of(
                u64("write_seq", 16)
                        .kernel("msk->write_seq")
                        .since("5.9")
                        .doc("Data sequence number of the next byte to be queued."),
                u64("snd_una", 24)
                        .kernel("msk->snd_una")
                        .since("5.9")
                        .doc("Data sequence number of the first byte not acknowledged."),
                u64("rcv_nxt", 32)
                        .kernel("msk->ack_seq")
                        .since("5.9")
                        .doc("Data sequence number of the next byte expected."),
                u32("retransmits", 44, LENGTH_6_5)
                        .kernel("inet_csk(sk)->icsk_retransmits")
                        .since("6.5")
                        .doc("Retransmissions in a row at MPTCP's level, on another subflow maybe."),
                u64("bytes_retrans", 48)
                        .unit("bytes")
                        .kernel("msk->bytes_retrans")
                        .since("6.5")
                        .cumulative()
                        .doc("Bytes that MPTCP sent again."),
                u64("bytes_sent", 56)
                        .unit("bytes")
                        .kernel("msk->bytes_sent")
                        .since("6.5")
                        .cumulative()
                        .doc("Payload sent, without what was sent again."),
                u64("bytes_received", 64)
                        .unit("bytes")
                        .kernel("msk->bytes_received")
                        .since("6.5")
                        .cumulative()
                        .doc("Payload received in order."),
                u64("bytes_acked", 72)
                        .unit("bytes")
                        .kernel("msk->bytes_acked")
                        .since("6.5")
                        .cumulative()
                        .doc("Payload acknowledged."));
    }

    private static List<Column<InetDiagRow>> times() {
        return List.of(
                u32("last_data_sent", 84, LENGTH_6_10)
                        .unit("ms")
                        .kernel("jiffies_to_msecs(now - msk->last_data_sent)")
                        .since("6.10")
                        .doc("Time since data was last sent."),
                u32("last_data_recv", 88)
                        .unit("ms")
                        .kernel("jiffies_to_msecs(now - msk->last_data_recv)")
                        .since("6.10")
                        .doc("Time since data was last received."),
                u32("last_ack_recv", 92)
                        .unit("ms")
                        .kernel("jiffies_to_msecs(now - READ_ONCE(msk->last_ack_recv))")
                        .since("6.10")
                        .doc("Time since an acknowledgement was last received."));
    }

    private static Column<InetDiagRow> u8(String name, int offset) {
        return field(name, SqlType.UTINYINT, offset, 1);
    }

    private static Column<InetDiagRow> u32(String name, int offset) {
        return field(name, SqlType.UINTEGER, offset, 4);
    }

    /** There where mptcp_info has {@code length} bytes: before, its bytes were padding. */
    private static Column<InetDiagRow> u32(String name, int offset, int length) {
        return field(name, SqlType.UINTEGER, offset, 4, length);
    }

    private static Column<InetDiagRow> u64(String name, int offset) {
        return field(name, SqlType.UBIGINT, offset, 8);
    }

    private static Column<InetDiagRow> field(String name, SqlType type, int offset, int width) {
        return field(name, type, offset, width, offset + width);
    }

    private static Column<InetDiagRow> field(String name, SqlType type, int offset, int width, int length) {
        return Column.<InetDiagRow>number(name, type, row -> row.field(InetDiag.MPTCP_INFO, offset, width))
                .absentWhen(row -> !row.has(InetDiag.MPTCP_INFO, length), ABSENT);
    }
}
