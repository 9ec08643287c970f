package io.tcpsnap.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * A socket option that is read from other processes' sockets: the whole list of them, and no other is ever asked for.
 *
 * <p>Each has no effect on the connection when read through a duplicated descriptor. Left out, for their side effects or
 * secrets (net/ipv4/tcp.c do_tcp_getsockopt(), net/core/sock.c sk_getsockopt()): SO_ERROR, which is cleared by reading;
 * TCP_SAVED_SYN, which is freed; TCP_ZEROCOPY_RECEIVE, which takes data out of the queue; TCP_FASTOPEN_KEY, TCP_MD5SIG and
 * the TCP_AO options, which are keys; SO_PEERSEC and SO_PEERCRED, which are of other families; TCP_REPAIR_QUEUE,
 * TCP_QUEUE_SEQ and TCP_REPAIR_WINDOW, which answer in repair mode only; SO_MEMINFO, which sock_diag has.
 *
 * @param level SOL_SOCKET or IPPROTO_TCP
 * @param number as in include/uapi/linux/tcp.h, include/uapi/asm-generic/socket.h (x86-64, aarch64, riscv and s390 agree)
 * @param name of the column: the kernel's in lower case
 * @param unit null where it has none
 * @param since first kernel that answers; null for all that we know
 * @param doc one sentence
 */
public record SockOption(int level, int number, String name, Type type, String unit, String since, String doc) {
    /** What the bytes are, in the order of the host. */
    public enum Type {
        /** An int that is 0 or 1. */
        FLAG(4),
        INT(4),
        UINT(4),
        U64(8),
        /** {@code struct linger}: an int that says whether it is on, and seconds. */
        LINGER(8),
        /** {@code struct __kernel_old_timeval} of a 64-bit kernel: seconds and microseconds; all 0 for none. */
        TIMEVAL(16),
        /** Text that ends with a NUL or the value; length 0 where there is none. */
        TEXT(64),
        /** A structure, as long as the kernel has it. */
        BYTES(1024);

        private final int size;

        Type(int size) {
            this.size = size;
        }

        /** Bytes to offer to getsockopt: the exact size of a number, since SO_MAX_PACING_RATE is 4 or 8 bytes as asked. */
        public int size() {
            return size;
        }
    }

    public static final int SOL_SOCKET = 1;
    public static final int IPPROTO_TCP = 6;

    /** All, in the order of asking. */
    public static final List<SockOption> ALL = all();

    private static SockOption so(int number, String name, Type type, String unit, String since, String doc) {
        return new SockOption(SOL_SOCKET, number, "so_" + name, type, unit, since, doc);
    }

    private static SockOption tcp(int number, String name, Type type, String unit, String since, String doc) {
        return new SockOption(IPPROTO_TCP, number, "tcp_" + name, type, unit, since, doc);
    }

    private static List<SockOption> all() {
        List<SockOption> all = new ArrayList<>(socket());
        all.addAll(tcp());
        return List.copyOf(all);
    }

    private static List<SockOption> socket() {
        return List.of(
                so(57, "cookie", Type.U64, null, "4.12", "Names the socket within a boot, as cookie in tcp_info."),
                so(71, "netns_cookie", Type.U64, null, "5.14", "Names the socket's network namespace within a boot."),
                so(39, "domain", Type.INT, null, "2.6.32", "Address family: 2 AF_INET, 10 AF_INET6."),
                so(38, "protocol", Type.INT, null, "2.6.32", "IP protocol: 6 TCP, 262 MPTCP."),
                so(30, "acceptconn", Type.FLAG, null, null, "Whether the socket listens."),
                so(1, "debug", Type.FLAG, null, null, "Whether debugging is on."),
                so(2, "reuseaddr", Type.FLAG, null, null, "Whether the local address may be bound again."),
                so(15, "reuseport", Type.FLAG, null, "3.9", "Whether several sockets may share the port."),
                so(5, "dontroute", Type.FLAG, null, null, "Whether only hosts on the link are reached."),
                so(7, "sndbuf", Type.INT, "bytes", null, "Limit of transmit memory: twice what was set."),
                so(8, "rcvbuf", Type.INT, "bytes", null, "Limit of receive memory: twice what was set."),
                so(72, "buf_lock", Type.INT, null, "5.14", "Buffers whose size is fixed, as bits: 1 send, 2 receive."),
                so(9, "keepalive", Type.FLAG, null, null, "Whether keepalive probes are sent."),
                so(10, "oobinline", Type.FLAG, null, null, "Whether urgent data stays in the stream."),
                so(12, "priority", Type.INT, null, null, "Priority of its packets."),
                so(13, "linger", Type.LINGER, "s", null, "How long close() waits for the data to be acknowledged."),
                so(18, "rcvlowat", Type.INT, "bytes", null, "Bytes that make the socket readable."),
                so(20, "rcvtimeo", Type.TIMEVAL, "us", null, "Time-out of receiving; 0 for none."),
                so(21, "sndtimeo", Type.TIMEVAL, "us", null, "Time-out of sending and connecting; 0 for none."),
                so(25, "bindtodevice", Type.TEXT, null, "3.8", "Interface that the socket is bound to."),
                so(29, "timestamp", Type.FLAG, null, null, "Whether received data has timestamps."),
                so(37, "timestamping", Type.INT, null, "2.6.30", "Kinds of timestamps, bits SOF_TIMESTAMPING_*."),
                so(36, "mark", Type.UINT, null, "2.6.25", "Mark of its packets."),
                so(42, "peek_off", Type.INT, "bytes", "3.4", "Offset of peeking; negative for none."),
                so(46, "busy_poll", Type.INT, "us", "3.11", "How long to poll the device for data."),
                so(69, "prefer_busy_poll", Type.INT, null, "5.11", "Whether busy polling is preferred."),
                so(
                        47,
                        "max_pacing_rate",
                        Type.U64,
                        "bytes/s",
                        "3.13",
                        "Limit of the pacing rate; all bits 1 for none."),
                so(49, "incoming_cpu", Type.INT, null, "3.19", "CPU that last handled a received packet; -1 for none."),
                so(56, "incoming_napi_id", Type.UINT, null, "4.12", "Queue of the last received packet; 0 for none."),
                so(60, "zerocopy", Type.INT, null, "4.14", "Whether MSG_ZEROCOPY may be used."),
                so(73, "reserve_mem", Type.INT, "bytes", "5.17", "Memory reserved for the socket."),
                so(74, "txrehash", Type.INT, null, "6.0", "Whether another path is tried on time-outs."));
    }

    private static List<SockOption> tcp() {
        return List.of(
                tcp(1, "nodelay", Type.FLAG, null, null, "Whether Nagle's algorithm is off."),
                tcp(2, "maxseg", Type.INT, "bytes", null, "Segment size in use; of a listener what was set."),
                tcp(3, "cork", Type.FLAG, null, null, "Whether only full segments are sent."),
                tcp(4, "keepidle", Type.INT, "s", null, "Idle time before keepalive probes."),
                tcp(5, "keepintvl", Type.INT, "s", null, "Distance of keepalive probes."),
                tcp(6, "keepcnt", Type.INT, null, null, "Keepalive probes without an answer before a reset."),
                tcp(7, "syncnt", Type.INT, null, null, "SYN retransmissions."),
                tcp(8, "linger2", Type.INT, "s", null, "Time in FIN_WAIT2 without an owner; negative for none."),
                tcp(9, "defer_accept", Type.INT, "s", null, "How long accept() waits for data."),
                tcp(10, "window_clamp", Type.INT, "bytes", null, "Limit of the advertised window."),
                tcp(
                        11,
                        "info",
                        Type.BYTES,
                        null,
                        null,
                        "The structure tcp_info, as the table tcp_info has it decoded."),
                tcp(12, "quickack", Type.FLAG, null, null, "Whether acknowledgements are sent at once."),
                tcp(13, "congestion", Type.TEXT, null, "2.6.13", "Name of the congestion control algorithm."),
                tcp(16, "thin_linear_timeouts", Type.FLAG, null, "2.6.34", "Whether thin streams do not back off."),
                tcp(17, "thin_dupack", Type.FLAG, null, "2.6.34", "Always false since 4.12."),
                tcp(
                        18,
                        "user_timeout",
                        Type.INT,
                        "ms",
                        "2.6.37",
                        "How long data may be unacknowledged; 0 for the default."),
                tcp(19, "repair", Type.INT, null, "3.5", "Whether the socket is in repair mode."),
                tcp(23, "fastopen", Type.INT, null, "3.7", "Limit of the Fast Open queue of a listener."),
                tcp(24, "timestamp", Type.UINT, null, "3.9", "The clock of TCP timestamps, as the peer sees it."),
                tcp(25, "notsent_lowat", Type.INT, "bytes", "3.12", "Unsent bytes below which the socket is writable."),
                tcp(26, "cc_info", Type.BYTES, null, "4.1", "Private info of the congestion control algorithm."),
                tcp(27, "save_syn", Type.INT, null, "4.2", "Whether SYNs are kept: 1, or 2 with the link header."),
                tcp(
                        30,
                        "fastopen_connect",
                        Type.FLAG,
                        null,
                        "4.11",
                        "Whether connect() waits for data, for Fast Open."),
                tcp(31, "ulp", Type.TEXT, null, "4.13", "Name of the upper layer protocol."),
                tcp(34, "fastopen_no_cookie", Type.FLAG, null, "4.15", "Whether Fast Open needs no cookie."),
                tcp(36, "inq", Type.FLAG, null, "4.18", "Whether recvmsg() tells what is left to read."),
                tcp(37, "tx_delay", Type.INT, "us", "5.3", "Delay added to each packet sent."),
                tcp(43, "is_mptcp", Type.FLAG, null, "6.10", "Whether the socket is MPTCP and did not fall back."),
                tcp(44, "rto_max_ms", Type.INT, "ms", "6.15", "Longest retransmission time-out."),
                tcp(45, "rto_min_us", Type.INT, "us", "6.15", "Least retransmission time-out."),
                tcp(46, "delack_max_us", Type.INT, "us", "6.15", "Longest delay of an acknowledgement."));
    }
}
