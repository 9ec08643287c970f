package io.tcpsnap.table;

import static io.tcpsnap.table.SqlType.BIGINT;
import static io.tcpsnap.table.SqlType.INTEGER;
import static io.tcpsnap.table.SqlType.UBIGINT;
import static io.tcpsnap.table.SqlType.UINTEGER;
import static io.tcpsnap.table.SqlType.USMALLINT;
import static io.tcpsnap.table.SqlType.UTINYINT;

import io.tcpsnap.decode.Decoder;
import io.tcpsnap.decode.ProcNetTcp;
import io.tcpsnap.kernel.TimerKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** {@code tcp}: lines of /proc/net/tcp and tcp6. Expressions are from net/ipv4/tcp_ipv4.c get_tcp4_sock(), 6.18. */
final class TcpTable {
    static final TickTable<ProcNetTcp> TABLE = SourceRows.table(
            new Table<>("tcp", "A line of /proc/net/tcp or /proc/net/tcp6: a socket at a tick.", columns()),
            List.of("proc/net/tcp", "proc/net/tcp6"),
            ProcNetTcp::new);

    private static final String MINI = "a time_wait or request row, which ends before";

    private static final String NO_HZ =
            "HZ is unknown: an archive without CLK_TCK, or a kernel before 2.6.32, which prints jiffies";

    private TcpTable() {}

    private static List<Column<ProcNetTcp>> columns() {
        List<Column<ProcNetTcp>> columns = new ArrayList<>(TickColumns.of(Decoder::snapshot));
        columns.addAll(identity());
        columns.addAll(queues());
        columns.addAll(timer());
        columns.addAll(owner());
        columns.addAll(congestion());
        return columns;
    }

    private static Column<ProcNetTcp> number(
            String name, SqlType type, java.util.function.ToLongFunction<ProcNetTcp> value) {
        return Column.number(name, type, value);
    }

    private static List<Column<ProcNetTcp>> identity() {
        return List.of(
                number("conn", UBIGINT, ProcNetTcp::conn)
                        .doc("Hash of host, namespace, family and 4-tuple: the same in tcp_info and in all ticks."),
                number("family", UTINYINT, ProcNetTcp::family)
                        .doc("4 for /proc/net/tcp, 6 for tcp6, where IPv4 peers of dual-stack sockets are too."),
                number("sl", INTEGER, ProcNetTcp::sl).kernel("st->num").doc("Number of the line in its file."),
                Column.<ProcNetTcp>text("local_addr", ProcNetTcp::localAddr)
                        .kernel("inet->inet_rcv_saddr")
                        .doc("Local address; IPv4-mapped ones as ::ffff:a.b.c.d."),
                number("local_port", USMALLINT, ProcNetTcp::localPort)
                        .kernel("ntohs(inet->inet_sport)")
                        .doc("Local port."),
                Column.<ProcNetTcp>text("remote_addr", ProcNetTcp::remoteAddr)
                        .kernel("inet->inet_daddr")
                        .doc("Address of the peer; all zero for a listener."),
                number("remote_port", USMALLINT, ProcNetTcp::remotePort)
                        .kernel("ntohs(inet->inet_dport)")
                        .doc("Port of the peer; 0 for a listener."),
                Column.<ProcNetTcp, io.tcpsnap.kernel.TcpState>label("state", Enums.STATE, ProcNetTcp::state)
                        .kernel("inet_sk_state_load(sk)")
                        .absentWhen(row -> row.state() == null, "a number that is no state, see problem")
                        .doc("TCP state."),
                Column.<ProcNetTcp, io.tcpsnap.kernel.RowKind>label("row_kind", Enums.ROW_KIND, ProcNetTcp::rowKind)
                        .doc("What stands behind the row: a full socket, a TIME_WAIT mini socket or a request socket."),
                Column.<ProcNetTcp>flag("duplicate", ProcNetTcp::isDuplicate)
                        .doc(
                                "Whether an earlier line of the file shows the same socket: the kernel drops its locks between two"
                                        + " pages, so a walk may list one twice. The later line is the better one; views use it."));
    }

    private static List<Column<ProcNetTcp>> queues() {
        return List.of(
                number("tx_queue", UINTEGER, ProcNetTcp::txQueue)
                        .unit("bytes")
                        .kernel("READ_ONCE(tp->write_seq) - tp->snd_una")
                        .doc(
                                "Not yet acknowledged, sent or not; a SYN or FIN counts 1. A random number while connect() waits for"
                                        + " data to send with its SYN (SYN_SENT without a timer)."),
                number("rx_queue", UINTEGER, ProcNetTcp::rxQueue)
                        .unit("bytes")
                        .kernel("max_t(int, READ_ONCE(tp->rcv_nxt) - READ_ONCE(tp->copied_seq), 0)")
                        .absentWhen(ProcNetTcp::isListen, "a listener, see accept_queue")
                        .doc("Received and not yet read by the application; a received FIN counts 1. Before 4.4 a value"
                                + " near 2^32 is a difference that was negative for a moment."),
                number("accept_queue", UINTEGER, ProcNetTcp::rxQueue)
                        .unit("connections")
                        .kernel("READ_ONCE(sk->sk_ack_backlog)")
                        .since("2.6.20")
                        .absentWhen(
                                row -> !row.isListen() || !row.hasAcceptQueue(),
                                "no listener, or a kernel before 2.6.20")
                        .doc("Established connections that wait for accept()."));
    }

    private static List<Column<ProcNetTcp>> timer() {
        Predicate<ProcNetTcp> noTimer = row -> row.timerCode() == TimerKind.NONE.ordinal() || !row.hasTimerMillis();
        return List.of(
                Column.<ProcNetTcp, TimerKind>label("timer", Enums.TIMER, ProcNetTcp::timer)
                        .absentWhen(row -> row.timer() == null, "a number that is no timer, see problem")
                        .doc(
                                "Which timer is armed: retransmit covers RTO, tail loss probe and RACK, and the SYN-ACK timer"
                                        + " of requests; keepalive also the FIN_WAIT2 time-out of orphans."),
                number("timer_code", INTEGER, ProcNetTcp::timerCode)
                        .kernel("timer_active")
                        .doc("The timer as printed under tr."),
                number("tm_when", BIGINT, ProcNetTcp::tmWhen)
                        .unit("USER_HZ ticks")
                        .kernel("jiffies_delta_to_clock_t(timer_expires - jiffies)")
                        .doc("Time until the timer fires, as printed: jiffies before 2.6.11; 0 without a timer."),
                number("timer_ms", BIGINT, ProcNetTcp::timerMillis)
                        .unit("ms")
                        .absentWhen(
                                noTimer,
                                "no timer; or HZ is unknown: an archive without CLK_TCK, or a kernel before 2.6.11, which prints jiffies")
                        .doc("Time until the timer fires; 0 where it has expired."),
                number("retrnsmt", UINTEGER, ProcNetTcp::retrnsmt)
                        .kernel("icsk->icsk_retransmits")
                        .doc("Retransmission time-outs without an answer; on a request row SYN-ACK time-outs."));
    }

    private static List<Column<ProcNetTcp>> owner() {
        return List.of(
                number("uid", BIGINT, ProcNetTcp::uid)
                        .kernel("from_kuid_munged(seq_user_ns(f), sk_uid(sk))")
                        .doc("Owner, in the recorder's user namespace; always 0 on time_wait rows."),
                number("timeout", BIGINT, ProcNetTcp::timeout)
                        .kernel("icsk->icsk_probes_out")
                        .doc("Unanswered zero window or keepalive probes: a count, whatever the kernel's header says."),
                number("inode", UBIGINT, ProcNetTcp::inode)
                        .kernel("sock_i_ino(sk)")
                        .doc("Inode of the socket; 0 for an orphan, a mini socket or one not yet accepted."),
                number("ref", BIGINT, ProcNetTcp::ref)
                        .kernel("refcount_read(&sk->sk_refcnt)")
                        .doc("References that the kernel holds."),
                Column.<ProcNetTcp>text("sk", ProcNetTcp::sk)
                        .kernel("%pK of sk")
                        .doc("The kernel's pointer as printed: hashed since 4.15, zeros where hidden; no key."));
    }

    private static List<Column<ProcNetTcp>> congestion() {
        Predicate<ProcNetTcp> mini = row -> !row.isSocket();
        Predicate<ProcNetTcp> noMillis = row -> !row.isSocket() || !row.hasRtoMillis();
        Predicate<ProcNetTcp> noFlow = row -> !row.isSocket() || row.isListen();
        return List.of(
                number("rto", BIGINT, ProcNetTcp::rto)
                        .unit("USER_HZ ticks")
                        .kernel("jiffies_to_clock_t(icsk->icsk_rto)")
                        .absentWhen(mini, MINI)
                        .doc("Retransmission time-out, as printed: jiffies before 2.6.32."),
                number("rto_ms", BIGINT, ProcNetTcp::rtoMillis)
                        .unit("ms")
                        .absentWhen(noMillis, MINI + "; or " + NO_HZ)
                        .doc("Retransmission time-out; cut to whole ticks, so 204 ms reads 200."),
                number("ato", BIGINT, ProcNetTcp::ato)
                        .unit("USER_HZ ticks")
                        .kernel("jiffies_to_clock_t(icsk->icsk_ack.ato)")
                        .absentWhen(mini, MINI)
                        .doc("Delayed ACK time-out estimate, as printed: jiffies before 2.6.32."),
                number("ato_ms", BIGINT, ProcNetTcp::atoMillis)
                        .unit("ms")
                        .absentWhen(noMillis, MINI + "; or " + NO_HZ)
                        .doc("Delayed ACK time-out estimate, cut to whole ticks."),
                number("quick", BIGINT, ProcNetTcp::quick)
                        .kernel("icsk->icsk_ack.quick")
                        .absentWhen(mini, MINI)
                        .doc("Quick ACKs that are left to send."),
                Column.<ProcNetTcp>flag("pingpong", ProcNetTcp::pingpong)
                        .kernel("inet_csk_in_pingpong_mode(sk)")
                        .absentWhen(mini, MINI)
                        .doc("Whether the session is interactive, so that ACKs are delayed."),
                number("cwnd", UINTEGER, ProcNetTcp::cwnd)
                        .unit("segments")
                        .kernel("tcp_snd_cwnd(tp)")
                        .absentWhen(mini, MINI)
                        .doc("Congestion window; without meaning for a listener."),
                number("ssthresh", BIGINT, ProcNetTcp::ssthresh)
                        .unit("segments")
                        .kernel("tcp_in_initial_slowstart(tp) ? -1 : tp->snd_ssthresh")
                        .absentWhen(noFlow, MINI + "; or a listener")
                        .nullWhen(-1, "never reduced, see in_initial_slowstart")
                        .doc("Slow start threshold."),
                Column.<ProcNetTcp>flag("in_initial_slowstart", row -> row.ssthresh() == -1)
                        .kernel("tcp_in_initial_slowstart(tp)")
                        .absentWhen(noFlow, MINI + "; or a listener")
                        .doc("Whether the slow start threshold was never reduced."),
                number("fastopen_queue_max", BIGINT, ProcNetTcp::ssthresh)
                        .unit("connections")
                        .kernel("fastopenq->max_qlen")
                        .absentWhen(row -> !row.isSocket() || !row.isListen(), "no listener")
                        .nullWhen(-1, "a kernel before 4.1, which prints ssthresh there")
                        .doc("Limit of the Fast Open queue of a listener; 0 where it is off."));
    }
}
