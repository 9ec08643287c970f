package io.tcpsnap.table;

import static io.tcpsnap.table.SqlType.BIGINT;
import static io.tcpsnap.table.SqlType.INTEGER;
import static io.tcpsnap.table.SqlType.UBIGINT;
import static io.tcpsnap.table.SqlType.UINTEGER;
import static io.tcpsnap.table.SqlType.USMALLINT;
import static io.tcpsnap.table.SqlType.UTINYINT;

import io.tcpsnap.decode.InetDiagDump;
import io.tcpsnap.decode.InetDiagRow;
import io.tcpsnap.decode.SsTcp;
import io.tcpsnap.kernel.InetDiag;
import io.tcpsnap.kernel.RowKind;
import io.tcpsnap.kernel.TcpState;
import io.tcpsnap.kernel.TimerKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * {@code tcp_info}: messages of the sock_diag dump, and what ss printed of such. Expressions are from net/ipv4/inet_diag.c inet_sk_diag_fill() and
 * net/ipv4/tcp_diag.c tcp_diag_get_info(), 6.18.
 */
final class TcpInfoTable {
    private static final String NOT_PRINTED = "ss did not print it, or not as a number";
    private static final byte[] SOCK_DIAG = "sock_diag".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SS = "ss".getBytes(StandardCharsets.US_ASCII);

    static final TickTable<InetDiagRow> TABLE = new TickTable<>(
            new Table<>(
                    "tcp_info",
                    "A socket of the sock_diag dump or of ss text at a tick: identity, timer, struct tcp_info, memory,"
                            + " congestion control. ss leaves out what is 0 and what it was not asked for: NULL in its"
                            + " rows. Its times have six digits, and busy_time, rwnd_limited and sndbuf_limited are cut to"
                            + " whole ms.",
                    columns()),
            problems -> new JoinedRows<>(List.of(
                    new SourceRows<>(List.of("sock_diag/tcp"), InetDiagDump::new, problems),
                    new SourceRows<>(List.of("ss/tcp"), SsTcp::new, problems))));

    private TcpInfoTable() {}

    private static List<Column<InetDiagRow>> columns() {
        List<Column<InetDiagRow>> columns = new ArrayList<>(TickColumns.of(InetDiagRow::snapshot));
        columns.addAll(source());
        columns.addAll(socket());
        return columns;
    }

    /** What is said of a socket, without the tick. */
    static List<Column<InetDiagRow>> socket() {
        List<Column<InetDiagRow>> columns = new ArrayList<>(message());
        columns.addAll(TcpInfoFields.columns());
        columns.addAll(InetDiagAttributes.columns());
        return columns;
    }

    /** {@code struct inet_diag_msg}. */
    static List<Column<InetDiagRow>> message() {
        List<Column<InetDiagRow>> columns = new ArrayList<>();
        columns.addAll(identity());
        columns.addAll(queues());
        return columns;
    }

    /** A field of {@code struct inet_diag_msg}. */
    private static Column<InetDiagRow> number(
            String name, SqlType type, int offset, ToLongFunction<InetDiagRow> value) {
        return Column.<InetDiagRow>number(name, type, value).absentWhen(row -> !row.sent(offset), NOT_PRINTED);
    }

    private static List<Column<InetDiagRow>> source() {
        return List.of(
                Column.<InetDiagRow>text("source", row -> row.source().startsWith("ss/") ? SS : SOCK_DIAG)
                        .doc("Who wrote the row down: sock_diag (the kernel) or ss; a tick may have both.")
                        .ofCopy(),
                Column.<InetDiagRow>text("ss_rest", InetDiagRow::rest)
                        .nullMeans("nothing is left, or no row of ss")
                        .doc(
                                "Words of ss that no other column holds: processes, cgroup paths, rates like 1.2Mbps, names of"
                                        + " ports and interfaces."));
    }

    private static List<Column<InetDiagRow>> identity() {
        return List.of(
                Column.<InetDiagRow>number("conn", UBIGINT, InetDiagRow::conn)
                        .absentWhen(row -> !row.hasConn(), "ss printed names for addresses or ports")
                        .doc("Hash of host, namespace, family and 4-tuple: the same in tcp and in all ticks."),
                number("family", UTINYINT, InetDiag.FAMILY, InetDiagRow::family)
                        .kernel("r->idiag_family")
                        .doc("4 for AF_INET, 6 for AF_INET6."),
                Column.<InetDiagRow>text("local_addr", InetDiagRow::localAddr)
                        .kernel("r->id.idiag_src")
                        .doc("Local address; IPv4-mapped ones as ::ffff:a.b.c.d."),
                number("local_port", USMALLINT, InetDiag.SPORT, InetDiagRow::localPort)
                        .kernel("r->id.idiag_sport")
                        .doc("Local port."),
                Column.<InetDiagRow>text("remote_addr", InetDiagRow::remoteAddr)
                        .kernel("r->id.idiag_dst")
                        .doc("Address of the peer; all zero for a listener."),
                number("remote_port", USMALLINT, InetDiag.DPORT, InetDiagRow::remotePort)
                        .kernel("r->id.idiag_dport")
                        .doc("Port of the peer; 0 for a listener."),
                Column.<InetDiagRow, TcpState>label("state", Enums.STATE, InetDiagRow::state)
                        .kernel("r->idiag_state")
                        .nullMeans("a number that is no state, see problem; or ss had one state to show")
                        .doc("TCP state; CLOSE here includes sockets that are bound and not connected."),
                Column.<InetDiagRow, RowKind>label("row_kind", Enums.ROW_KIND, InetDiagRow::rowKind)
                        .doc(
                                "What stands behind the row: a full socket, a TIME_WAIT mini socket or a request socket; NULL"
                                        + " where the words of ss do not tell."),
                number("cookie", UBIGINT, InetDiag.COOKIE, InetDiagRow::cookie)
                        .kernel("sock_diag_save_cookie(sk, r->id.idiag_cookie)")
                        .doc(
                                "Names the socket within a boot: the best key over ticks; ss prints it as sk in hexadecimal."),
                number("ifindex", UINTEGER, InetDiag.IF, InetDiagRow::ifindex)
                        .kernel("r->id.idiag_if = sk->sk_bound_dev_if")
                        .doc("Index of the interface that the socket is bound to; 0 for none."),
                number("uid", BIGINT, InetDiag.UID, InetDiagRow::uid)
                        .kernel("from_kuid_munged(user_ns, sk_uid(sk))")
                        .doc("Owner, in the recorder's user namespace; 0 on time_wait and request rows."),
                number("inode", UBIGINT, InetDiag.INODE, InetDiagRow::inode)
                        .kernel("sock_i_ino(sk)")
                        .doc(
                                "Inode of the socket, its low 32 bits; 0 for an orphan, a mini socket or one not yet accepted."));
    }

    private static List<Column<InetDiagRow>> queues() {
        return List.of(
                number("tx_queue", UINTEGER, InetDiag.WQUEUE, InetDiagRow::wqueue)
                        .unit("bytes")
                        .kernel("READ_ONCE(tp->write_seq) - tp->snd_una")
                        .absentWhen(InetDiagRow::isListen, "a listener, see accept_backlog")
                        .doc(
                                "Not yet acknowledged, sent or not; a SYN or FIN counts 1. A random number while connect() waits for"
                                        + " data to send with its SYN (see defer_connect)."),
                number("rx_queue", UINTEGER, InetDiag.RQUEUE, InetDiagRow::rqueue)
                        .unit("bytes")
                        .kernel("max_t(int, READ_ONCE(tp->rcv_nxt) - READ_ONCE(tp->copied_seq), 0)")
                        .absentWhen(InetDiagRow::isListen, "a listener, see accept_queue")
                        .doc("Received and not yet read by the application; a received FIN counts 1."),
                number("accept_queue", UINTEGER, InetDiag.RQUEUE, InetDiagRow::rqueue)
                        .unit("connections")
                        .kernel("READ_ONCE(sk->sk_ack_backlog)")
                        .absentWhen(row -> !row.isListen(), "no listener")
                        .doc("Established connections that wait for accept()."),
                number("accept_backlog", UINTEGER, InetDiag.WQUEUE, InetDiagRow::wqueue)
                        .unit("connections")
                        .kernel("READ_ONCE(sk->sk_max_ack_backlog)")
                        .absentWhen(row -> !row.isListen(), "no listener")
                        .doc("Limit of the accept queue, from listen()."),
                Column.<InetDiagRow, TimerKind>label("timer", Enums.TIMER, InetDiagRow::timer)
                        .kernel("r->idiag_timer")
                        .nullMeans("a number that is no timer, see problem; or not printed by ss")
                        .doc("Which timer is armed, as in tcp; delack from 7.1 on."),
                number("timer_code", INTEGER, InetDiag.TIMER, InetDiagRow::timerCode)
                        .kernel("r->idiag_timer")
                        .doc("The timer as sent."),
                number("expires", BIGINT, InetDiag.EXPIRES, InetDiagRow::expires)
                        .unit("ms")
                        .kernel("jiffies_delta_to_msecs(icsk_timeout(icsk) - jiffies)")
                        .doc("Time until the timer fires; 0 without a timer, and where it has expired."),
                number("timer_retrans", INTEGER, InetDiag.RETRANS, InetDiagRow::retrans)
                        .kernel("r->idiag_retrans")
                        .doc("icsk_retransmits under timer retransmit, icsk_probes_out under probe0 and keepalive,"
                                + " num_retrans of a request."));
    }
}
