package io.tcpsnap.table;

import static io.tcpsnap.table.SqlType.BIGINT;
import static io.tcpsnap.table.SqlType.INTEGER;
import static io.tcpsnap.table.SqlType.UBIGINT;
import static io.tcpsnap.table.SqlType.UINTEGER;
import static io.tcpsnap.table.SqlType.USMALLINT;
import static io.tcpsnap.table.SqlType.UTINYINT;

import io.tcpsnap.decode.NetstatTcp;
import io.tcpsnap.decode.ProcNetTcp;
import io.tcpsnap.decode.TcpRow;
import io.tcpsnap.kernel.RowKind;
import io.tcpsnap.kernel.TcpState;
import io.tcpsnap.kernel.TimerKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** {@code tcp}: lines of /proc/net/tcp and tcp6, and of netstat. Expressions are from net/ipv4/tcp_ipv4.c get_tcp4_sock(), 6.18. */
final class TcpTable {
    private static final byte[] PROC = "proc".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NETSTAT = "netstat".getBytes(StandardCharsets.US_ASCII);
    private static final String NOT_PRINTED = "netstat did not print it, or not as a number";

    static final TickTable<TcpRow> TABLE = new TickTable<>(
            new Table<>(
                    "tcp",
                    "A line of /proc/net/tcp or /proc/net/tcp6, or of netstat, which reads them: a socket at a tick."
                            + " netstat prints no rto, cwnd and ssthresh, other columns only when asked, and times in 10 ms:"
                            + " what it left out is NULL in its rows.",
                    columns()),
            problems -> new JoinedRows<>(List.of(
                    new SourceRows<>(List.of("proc/net/tcp", "proc/net/tcp6"), ProcNetTcp::new, problems),
                    new SourceRows<>(List.of("netstat/tcp"), NetstatTcp::new, problems))));

    private static final String MINI = "a time_wait or request row, which ends before, or of netstat";

    private static final String NO_HZ =
            "HZ is unknown: an archive without CLK_TCK, or a kernel before 2.6.32, which prints jiffies";

    private TcpTable() {}

    private static List<Column<TcpRow>> columns() {
        List<Column<TcpRow>> columns = new ArrayList<>(TickColumns.of(TcpRow::snapshot));
        columns.addAll(source());
        columns.addAll(identity());
        columns.addAll(queues());
        columns.addAll(timer());
        columns.addAll(owner());
        columns.addAll(congestion());
        columns.addAll(netstat());
        return columns;
    }

    private static Column<TcpRow> number(String name, SqlType type, ToLongFunction<TcpRow> value) {
        return Column.number(name, type, value);
    }

    /** A number that one of the sources may lack. */
    private static Column<TcpRow> printed(String name, SqlType type, ToLongFunction<TcpRow> value) {
        return number(name, type, value).nullWhen(TcpRow.UNKNOWN, NOT_PRINTED);
    }

    /** A number that the kernel prints in every row. */
    private static Column<TcpRow> ofProc(String name, SqlType type, ToLongFunction<TcpRow> value) {
        return number(name, type, value).nullWhen(TcpRow.UNKNOWN, "of netstat");
    }

    private static List<Column<TcpRow>> source() {
        return List.of(Column.<TcpRow>text("source", row -> row.source().startsWith("netstat/") ? NETSTAT : PROC)
                .doc("Who wrote the row down: proc (the kernel) or netstat; a tick may have both.")
                .ofCopy());
    }

    private static List<Column<TcpRow>> identity() {
        return List.of(
                number("conn", UBIGINT, TcpRow::conn)
                        .absentWhen(row -> !row.hasConn(), "netstat printed names for addresses or ports, or cut them")
                        .doc("Hash of host, namespace, family and 4-tuple: the same in tcp_info and in all ticks."),
                printed("family", UTINYINT, TcpRow::family)
                        .doc("4 for /proc/net/tcp, 6 for tcp6, where IPv4 peers of dual-stack sockets are too."),
                ofProc("sl", INTEGER, TcpRow::sl).kernel("st->num").doc("Number of the line in its file."),
                Column.<TcpRow>text("local_addr", TcpRow::localAddr)
                        .kernel("inet->inet_rcv_saddr")
                        .doc("Local address; IPv4-mapped ones as ::ffff:a.b.c.d."),
                printed("local_port", USMALLINT, TcpRow::localPort)
                        .kernel("ntohs(inet->inet_sport)")
                        .doc("Local port."),
                Column.<TcpRow>text("remote_addr", TcpRow::remoteAddr)
                        .kernel("inet->inet_daddr")
                        .doc("Address of the peer; all zero for a listener."),
                printed("remote_port", USMALLINT, TcpRow::remotePort)
                        .kernel("ntohs(inet->inet_dport)")
                        .doc("Port of the peer; 0 for a listener."),
                Column.<TcpRow, TcpState>label("state", Enums.STATE, TcpRow::state)
                        .kernel("inet_sk_state_load(sk)")
                        .nullMeans("not a state, see problem")
                        .doc("TCP state."),
                Column.<TcpRow, RowKind>label("row_kind", Enums.ROW_KIND, TcpRow::rowKind)
                        .doc(
                                "What stands behind the row: a full socket, a TIME_WAIT mini socket or a request socket; NULL"
                                        + " where netstat does not tell."),
                Column.<TcpRow>flag("duplicate", TcpRow::isDuplicate)
                        .doc(
                                "Whether an earlier line of the file shows the same socket: the kernel drops its locks between two"
                                        + " pages, so a walk may list one twice. The later line is the better one; views use it."));
    }

    private static List<Column<TcpRow>> queues() {
        return List.of(
                number("tx_queue", UINTEGER, TcpRow::txQueue)
                        .unit("bytes")
                        .kernel("READ_ONCE(tp->write_seq) - tp->snd_una")
                        .doc(
                                "Not yet acknowledged, sent or not; a SYN or FIN counts 1. A random number while connect() waits for"
                                        + " data to send with its SYN (SYN_SENT without a timer)."),
                number("rx_queue", UINTEGER, TcpRow::rxQueue)
                        .unit("bytes")
                        .kernel("max_t(int, READ_ONCE(tp->rcv_nxt) - READ_ONCE(tp->copied_seq), 0)")
                        .absentWhen(TcpRow::isListen, "a listener, see accept_queue")
                        .doc("Received and not yet read by the application; a received FIN counts 1. Before 4.4 a value"
                                + " near 2^32 is a difference that was negative for a moment."),
                number("accept_queue", UINTEGER, TcpRow::rxQueue)
                        .unit("connections")
                        .kernel("READ_ONCE(sk->sk_ack_backlog)")
                        .since("2.6.20")
                        .absentWhen(
                                row -> !row.isListen() || !row.hasAcceptQueue(),
                                "no listener, or a kernel before 2.6.20")
                        .doc("Established connections that wait for accept()."));
    }

    private static List<Column<TcpRow>> timer() {
        Predicate<TcpRow> noTimer = row -> row.timerCode() == TimerKind.NONE.ordinal() || !row.hasTimerMillis();
        return List.of(
                Column.<TcpRow, TimerKind>label("timer", Enums.TIMER, TcpRow::timer)
                        .nullMeans("no timer that is known, see problem, or not printed by netstat")
                        .doc(
                                "Which timer is armed: retransmit covers RTO, tail loss probe and RACK, and the SYN-ACK timer"
                                        + " of requests; keepalive also the FIN_WAIT2 time-out of orphans."),
                printed("timer_code", INTEGER, TcpRow::timerCode)
                        .kernel("timer_active")
                        .doc("The timer as printed under tr."),
                ofProc("tm_when", BIGINT, TcpRow::tmWhen)
                        .unit("USER_HZ ticks")
                        .kernel("jiffies_delta_to_clock_t(timer_expires - jiffies)")
                        .doc("Time until the timer fires, as printed: jiffies before 2.6.11; 0 without a timer."),
                number("timer_ms", BIGINT, TcpRow::timerMillis)
                        .unit("ms")
                        .absentWhen(
                                noTimer,
                                "no timer, or not printed by netstat; or HZ is unknown: an archive without CLK_TCK, or a kernel before 2.6.11, which prints jiffies")
                        .doc("Time until the timer fires; 0 where it has expired."),
                printed("retrnsmt", UINTEGER, TcpRow::retrnsmt)
                        .kernel("icsk->icsk_retransmits")
                        .doc("Retransmission time-outs without an answer; on a request row SYN-ACK time-outs."));
    }

    private static List<Column<TcpRow>> owner() {
        return List.of(
                printed("uid", BIGINT, TcpRow::uid)
                        .kernel("from_kuid_munged(seq_user_ns(f), sk_uid(sk))")
                        .doc("Owner, in the recorder's user namespace; always 0 on time_wait rows."),
                printed("timeout", BIGINT, TcpRow::timeout)
                        .kernel("icsk->icsk_probes_out")
                        .doc("Unanswered zero window or keepalive probes: a count, whatever the kernel's header says."),
                printed("inode", UBIGINT, TcpRow::inode)
                        .kernel("sock_i_ino(sk)")
                        .doc("Inode of the socket; 0 for an orphan, a mini socket or one not yet accepted."),
                ofProc("ref", BIGINT, TcpRow::ref)
                        .kernel("refcount_read(&sk->sk_refcnt)")
                        .doc("References that the kernel holds."),
                Column.<TcpRow>text("sk", TcpRow::sk)
                        .kernel("%pK of sk")
                        .doc("The kernel's pointer as printed: hashed since 4.15, zeros where hidden; no key."));
    }

    private static List<Column<TcpRow>> netstat() {
        return List.of(
                number("pid", INTEGER, TcpRow::pid)
                        .nullWhen(TcpRow.UNKNOWN, "not of netstat -p, or it did not find one")
                        .doc(
                                "A process that holds the socket, as netstat found it; see owner for those that we recorded."),
                Column.<TcpRow>text("program", TcpRow::program)
                        .nullMeans("not of netstat -p, or it did not find one")
                        .doc("Its name, cut by netstat to some 20 characters with the pid."),
                Column.<TcpRow>text("netstat_rest", TcpRow::rest)
                        .nullMeans("nothing is left, or no row of netstat")
                        .doc(
                                "Words of netstat that no other column holds: names of hosts, ports and users, addresses that it"
                                        + " cut."));
    }

    private static List<Column<TcpRow>> congestion() {
        Predicate<TcpRow> mini = row -> !row.isSocket();
        Predicate<TcpRow> noMillis = row -> !row.isSocket() || !row.hasRtoMillis();
        Predicate<TcpRow> noFlow = row -> !row.isSocket() || row.isListen();
        return List.of(
                number("rto", BIGINT, TcpRow::rto)
                        .unit("USER_HZ ticks")
                        .kernel("jiffies_to_clock_t(icsk->icsk_rto)")
                        .absentWhen(mini, MINI)
                        .doc("Retransmission time-out, as printed: jiffies before 2.6.32."),
                number("rto_ms", BIGINT, TcpRow::rtoMillis)
                        .unit("ms")
                        .absentWhen(noMillis, MINI + "; or " + NO_HZ)
                        .doc("Retransmission time-out; cut to whole ticks, so 204 ms reads 200."),
                number("ato", BIGINT, TcpRow::ato)
                        .unit("USER_HZ ticks")
                        .kernel("jiffies_to_clock_t(icsk->icsk_ack.ato)")
                        .absentWhen(mini, MINI)
                        .doc("Delayed ACK time-out estimate, as printed: jiffies before 2.6.32."),
                number("ato_ms", BIGINT, TcpRow::atoMillis)
                        .unit("ms")
                        .absentWhen(noMillis, MINI + "; or " + NO_HZ)
                        .doc("Delayed ACK time-out estimate, cut to whole ticks."),
                number("quick", BIGINT, TcpRow::quick)
                        .kernel("icsk->icsk_ack.quick")
                        .absentWhen(mini, MINI)
                        .doc("Quick ACKs that are left to send."),
                Column.<TcpRow>flag("pingpong", TcpRow::pingpong)
                        .kernel("inet_csk_in_pingpong_mode(sk)")
                        .absentWhen(mini, MINI)
                        .doc("Whether the session is interactive, so that ACKs are delayed."),
                number("cwnd", UINTEGER, TcpRow::cwnd)
                        .unit("segments")
                        .kernel("tcp_snd_cwnd(tp)")
                        .absentWhen(mini, MINI)
                        .doc("Congestion window; without meaning for a listener."),
                number("ssthresh", BIGINT, TcpRow::ssthresh)
                        .unit("segments")
                        .kernel("tcp_in_initial_slowstart(tp) ? -1 : tp->snd_ssthresh")
                        .absentWhen(noFlow, MINI + "; or a listener")
                        .nullWhen(-1, "never reduced, see in_initial_slowstart")
                        .doc("Slow start threshold."),
                Column.<TcpRow>flag("in_initial_slowstart", row -> row.ssthresh() == -1)
                        .kernel("tcp_in_initial_slowstart(tp)")
                        .absentWhen(noFlow, MINI + "; or a listener")
                        .doc("Whether the slow start threshold was never reduced."),
                number("fastopen_queue_max", BIGINT, TcpRow::ssthresh)
                        .unit("connections")
                        .kernel("fastopenq->max_qlen")
                        .absentWhen(row -> !row.isSocket() || !row.isListen(), "no listener")
                        .nullWhen(-1, "a kernel before 4.1, which prints ssthresh there")
                        .doc("Limit of the Fast Open queue of a listener; 0 where it is off."));
    }
}
