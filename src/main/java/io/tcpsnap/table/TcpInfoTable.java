package io.tcpsnap.table;

import static io.tcpsnap.table.SqlType.BIGINT;
import static io.tcpsnap.table.SqlType.INTEGER;
import static io.tcpsnap.table.SqlType.UBIGINT;
import static io.tcpsnap.table.SqlType.UINTEGER;
import static io.tcpsnap.table.SqlType.USMALLINT;
import static io.tcpsnap.table.SqlType.UTINYINT;

import io.tcpsnap.decode.Decoder;
import io.tcpsnap.decode.InetDiagDump;
import io.tcpsnap.kernel.RowKind;
import io.tcpsnap.kernel.TcpState;
import io.tcpsnap.kernel.TimerKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * {@code tcp_info}: messages of the sock_diag dump. Expressions are from net/ipv4/inet_diag.c inet_sk_diag_fill() and
 * net/ipv4/tcp_diag.c tcp_diag_get_info(), 6.18.
 */
final class TcpInfoTable {
    static final TickTable<InetDiagDump> TABLE = SourceRows.table(
            new Table<>(
                    "tcp_info",
                    "A socket of the sock_diag dump at a tick: identity, timer, struct tcp_info, memory, congestion control.",
                    columns()),
            List.of("sock_diag/tcp"),
            InetDiagDump::new);

    private TcpInfoTable() {}

    static List<Column<InetDiagDump>> columns() {
        List<Column<InetDiagDump>> columns = new ArrayList<>(TickColumns.of(Decoder::snapshot));
        columns.addAll(identity());
        columns.addAll(queues());
        columns.addAll(TcpInfoFields.columns());
        columns.addAll(InetDiagAttributes.columns());
        return columns;
    }

    private static Column<InetDiagDump> number(String name, SqlType type, ToLongFunction<InetDiagDump> value) {
        return Column.number(name, type, value);
    }

    private static List<Column<InetDiagDump>> identity() {
        return List.of(
                number("conn", UBIGINT, InetDiagDump::conn)
                        .doc("Hash of host, namespace, family and 4-tuple: the same in tcp and in all ticks."),
                number("family", UTINYINT, InetDiagDump::family)
                        .kernel("r->idiag_family")
                        .doc("4 for AF_INET, 6 for AF_INET6."),
                Column.<InetDiagDump>text("local_addr", InetDiagDump::localAddr)
                        .kernel("r->id.idiag_src")
                        .doc("Local address; IPv4-mapped ones as ::ffff:a.b.c.d."),
                number("local_port", USMALLINT, InetDiagDump::localPort)
                        .kernel("r->id.idiag_sport")
                        .doc("Local port."),
                Column.<InetDiagDump>text("remote_addr", InetDiagDump::remoteAddr)
                        .kernel("r->id.idiag_dst")
                        .doc("Address of the peer; all zero for a listener."),
                number("remote_port", USMALLINT, InetDiagDump::remotePort)
                        .kernel("r->id.idiag_dport")
                        .doc("Port of the peer; 0 for a listener."),
                Column.<InetDiagDump, TcpState>label("state", Enums.STATE, InetDiagDump::state)
                        .kernel("r->idiag_state")
                        .absentWhen(row -> row.state() == null, "a number that is no state, see problem")
                        .doc("TCP state; CLOSE here includes sockets that are bound and not connected."),
                Column.<InetDiagDump, RowKind>label("row_kind", Enums.ROW_KIND, InetDiagDump::rowKind)
                        .doc("What stands behind the row: a full socket, a TIME_WAIT mini socket or a request socket."),
                number("cookie", UBIGINT, InetDiagDump::cookie)
                        .kernel("sock_diag_save_cookie(sk, r->id.idiag_cookie)")
                        .doc(
                                "Names the socket within a boot: the best key over ticks; ss prints it as sk in hexadecimal."),
                number("ifindex", UINTEGER, InetDiagDump::ifindex)
                        .kernel("r->id.idiag_if = sk->sk_bound_dev_if")
                        .doc("Index of the interface that the socket is bound to; 0 for none."),
                number("uid", BIGINT, InetDiagDump::uid)
                        .kernel("from_kuid_munged(user_ns, sk_uid(sk))")
                        .doc("Owner, in the recorder's user namespace; 0 on time_wait and request rows."),
                number("inode", UBIGINT, InetDiagDump::inode)
                        .kernel("sock_i_ino(sk)")
                        .doc(
                                "Inode of the socket, its low 32 bits; 0 for an orphan, a mini socket or one not yet accepted."));
    }

    private static List<Column<InetDiagDump>> queues() {
        return List.of(
                number("tx_queue", UINTEGER, InetDiagDump::wqueue)
                        .unit("bytes")
                        .kernel("READ_ONCE(tp->write_seq) - tp->snd_una")
                        .absentWhen(InetDiagDump::isListen, "a listener, see accept_backlog")
                        .doc("Not yet acknowledged, sent or not; a SYN or FIN counts 1."),
                number("rx_queue", UINTEGER, InetDiagDump::rqueue)
                        .unit("bytes")
                        .kernel("max_t(int, READ_ONCE(tp->rcv_nxt) - READ_ONCE(tp->copied_seq), 0)")
                        .absentWhen(InetDiagDump::isListen, "a listener, see accept_queue")
                        .doc("Received and not yet read by the application; a received FIN counts 1."),
                number("accept_queue", UINTEGER, InetDiagDump::rqueue)
                        .unit("connections")
                        .kernel("READ_ONCE(sk->sk_ack_backlog)")
                        .absentWhen(row -> !row.isListen(), "no listener")
                        .doc("Established connections that wait for accept()."),
                number("accept_backlog", UINTEGER, InetDiagDump::wqueue)
                        .unit("connections")
                        .kernel("READ_ONCE(sk->sk_max_ack_backlog)")
                        .absentWhen(row -> !row.isListen(), "no listener")
                        .doc("Limit of the accept queue, from listen()."),
                Column.<InetDiagDump, TimerKind>label("timer", Enums.TIMER, InetDiagDump::timer)
                        .kernel("r->idiag_timer")
                        .absentWhen(row -> row.timer() == null, "a number that is no timer, see problem")
                        .doc("Which timer is armed, as in tcp; delack from 7.1 on."),
                number("timer_code", INTEGER, InetDiagDump::timerCode)
                        .kernel("r->idiag_timer")
                        .doc("The timer as sent."),
                number("expires", BIGINT, InetDiagDump::expires)
                        .unit("ms")
                        .kernel("jiffies_delta_to_msecs(icsk_timeout(icsk) - jiffies)")
                        .doc("Time until the timer fires; 0 without a timer, and where it has expired."),
                number("timer_retrans", INTEGER, InetDiagDump::retrans)
                        .kernel("r->idiag_retrans")
                        .doc("icsk_retransmits under timer retransmit, icsk_probes_out under probe0 and keepalive,"
                                + " num_retrans of a request."));
    }
}
