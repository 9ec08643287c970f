package io.tcpsnap.decode;

import io.tcpsnap.kernel.ControlForm;
import io.tcpsnap.kernel.HexLine;
import io.tcpsnap.kernel.Netlink;
import io.tcpsnap.kernel.TcpNla;
import io.tcpsnap.kernel.TxEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Statistics of SCM_TIMESTAMPING_OPT_STATS that a program logged, in the forms of {@link ControlForm}; entries {@code
 * opt_stats/cmsg}, {@code opt_stats/nla}, and {@code opt_stats/hex}, where each line is one of the two.
 *
 * <p>A row is what one recvmsg() gave. Where one ends is not written down: the kernel puts the time first, then the
 * statistics, then IP_RECVERR, and in bare payloads no attribute twice. Source: net/socket.c __sock_recv_timestamp(),
 * net/ipv4/ip_sockglue.c ip_recv_error(), include/uapi/linux/errqueue.h.
 */
public final class OptStats extends TextDecoder {
    private static final int SOL_IP = 0;
    private static final int SOL_IPV6 = 41;
    private static final int IP_RECVERR = 11;
    private static final int IPV6_RECVERR = 25;
    private static final int SCM_TIMESTAMPING = 37;
    private static final int SCM_TIMESTAMPING_NEW = 65;
    /** struct sock_extended_err, without the address behind it. */
    private static final int EXTENDED_ERR = 16;

    private static final int SO_EE_ORIGIN_TIMESTAMPING = 4;
    private static final long NANOS = 1_000_000_000L;

    private final HostBytes host = new HostBytes();
    private final SsUnread unread = new SsUnread();
    private final long[] values = new long[TcpNla.values().length];
    /** Bits of the attributes that the row has. */
    private int present;

    private boolean hex;
    private boolean finished;
    /** The bytes of the input or, in text, of the line; the next to read and their end. */
    private byte[] data;

    private int next;
    private int stop;
    private ControlForm form;
    private Instant logged;
    private long message;
    private long software;
    private long hardware;
    /** Where the row's struct sock_extended_err is; -1 where it has none. */
    private int event;

    public OptStats(ProblemSink problems) {
        super(problems);
    }

    @Override
    protected void begin() {
        hex = source().endsWith("/hex");
        finished = false;
        logged = null;
        message = -1;
        next = 0;
        stop = 0;
        if (!hex) {
            open(bytes, end);
        }
    }

    /** Starts on the bytes of the input or of a line. */
    private void open(byte[] content, int length) {
        data = content;
        next = 0;
        stop = length;
        host.reset(data, snapshot().byteOrder());
        form = ControlForm.of(data, length, snapshot().byteOrder());
        if (form == null) {
            bad(0, stop, "no control message with TCP statistics, nor attributes of such");
            stop = 0;
        }
    }

    @Override
    public boolean next() {
        while (true) {
            while (next < stop) {
                if (form.header() == 0 ? payload() : control()) {
                    message++;
                    return true;
                }
            }
            if (!hex || !line()) {
                break;
            }
        }
        if (!finished) {
            finished = true;
            unread.report(this::problem);
        }
        return false;
    }

    /** Moves to the next line; false at the end. */
    private boolean line() {
        if (!nextLine()) {
            return false;
        }
        split(lineStart);
        if (tokens > 0) {
            HexLine line = HexLine.of(new String(bytes, lineStart, lineEnd - lineStart, StandardCharsets.ISO_8859_1));
            if (line == null) {
                lineProblem("a line that is no hexadecimal");
            } else {
                logged = line.when();
                open(line.bytes(), line.bytes().length);
            }
        }
        return true;
    }

    private void bad(int from, int to, String reason) {
        if (hex) {
            problem(lineStart, lineEnd, "byte " + from + " of the line's: " + reason);
        } else {
            problem(from, to, reason);
        }
    }

    private void unknown(String what, int from, int to) {
        unread.add(what + " is unknown", hex ? lineStart : from, hex ? lineEnd : to);
    }

    private void clear() {
        present = 0;
        software = 0;
        hardware = 0;
        event = -1;
    }

    /** Reads a bare payload: up to an attribute that it has already. */
    private boolean payload() {
        clear();
        next = attributes(next, stop);
        return present != 0;
    }

    /** Reads the control messages of one recvmsg(). */
    private boolean control() {
        clear();
        int last = 0;
        while (next < stop) {
            if (isPadding()) {
                next = Math.min(stop, next + form.align(1));
                continue;
            }
            int header = form.header();
            long length = stop - next < header ? 0 : header == 16 ? host.u64(next) : host.u32(next);
            if (length < header || length > stop - next) {
                bad(next, stop, "a control message of " + length + " bytes where " + (stop - next) + " are left");
                next = stop;
                break;
            }
            int rank = rank(host.u32(next + header - 8), host.u32(next + header - 4));
            if (rank > 0 && rank <= last) {
                break;
            }
            record(rank, next + header, next + (int) length);
            last = Math.max(last, rank);
            next = Math.min(stop, next + form.align((int) length));
        }
        return last > 0;
    }

    /** Whether zeros are where a length would be: a buffer may be longer than what was received. */
    private boolean isPadding() {
        for (int i = next; i < Math.min(stop, next + form.align(1)); i++) {
            if (data[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** The place among those of one recvmsg(); 0 for what is none of ours. */
    private static int rank(long level, long type) {
        boolean socket = level == ControlForm.SOL_SOCKET;
        if (socket && (type == SCM_TIMESTAMPING || type == SCM_TIMESTAMPING_NEW)) {
            return 1;
        }
        if (socket && type == ControlForm.SCM_TIMESTAMPING_OPT_STATS) {
            return 2;
        }
        return level == SOL_IP && type == IP_RECVERR || level == SOL_IPV6 && type == IPV6_RECVERR ? 3 : 0;
    }

    private void record(int rank, int from, int to) {
        switch (rank) {
            case 1 -> stamps(from, to);
            case 2 -> {
                int end = attributes(from, to);
                if (end < to) {
                    bad(end, to, "an attribute that is there twice");
                }
            }
            case 3 -> {
                event = from;
                if (to - from < EXTENDED_ERR) {
                    bad(from, to, "an extended error of " + (to - from) + " bytes");
                    event = -1;
                }
            }
            default -> {
                int start = from - form.header();
                unknown("control message " + host.u32(from - 8) + "/" + host.u32(from - 4), start, to);
            }
        }
    }

    /** Three struct timespec: of the software, none, of the device. */
    private void stamps(int from, int to) {
        if (to - from == 48) {
            software = host.u64(from) * NANOS + host.u64(from + 8);
            hardware = host.u64(from + 32) * NANOS + host.u64(from + 40);
        } else if (to - from == 24) {
            software = host.u32(from) * NANOS + host.u32(from + 4);
            hardware = host.u32(from + 16) * NANOS + host.u32(from + 20);
        } else {
            bad(from, to, "time stamps of " + (to - from) + " bytes");
        }
    }

    /** Reads attributes; returns where it ended: at the end, or at one that the row has already. */
    private int attributes(int from, int to) {
        int at = from;
        while (at + Netlink.NLA_HDRLEN <= to) {
            int size = host.u16(at);
            int type = host.u16(at + 2) & Netlink.NLA_TYPE_MASK;
            if (size < Netlink.NLA_HDRLEN || size > to - at) {
                bad(at, to, "attribute " + type + " of " + size + " bytes does not fit its message");
                return to;
            }
            TcpNla attribute = TcpNla.of(type);
            if (attribute != null && has(attribute)) {
                return at;
            }
            attribute(attribute, type, at, size);
            at += Netlink.align(size);
        }
        if (at < to) {
            bad(at, to, (to - at) + " bytes behind the last attribute");
        }
        return to;
    }

    private void attribute(TcpNla attribute, int type, int at, int size) {
        int width = size - Netlink.NLA_HDRLEN;
        if (attribute == null) {
            if (type != TcpNla.PAD) {
                unknown("attribute " + type, at, at + size);
            }
        } else if (width != attribute.width()) {
            bad(at, at + size, "attribute " + type + " with " + width + " bytes instead of " + attribute.width());
        } else {
            present |= 1 << attribute.ordinal();
            values[attribute.ordinal()] = number(at + Netlink.NLA_HDRLEN, width);
        }
    }

    private long number(int at, int width) {
        return switch (width) {
            case 1 -> host.u8(at);
            case 2 -> host.u16(at);
            case 4 -> host.u32(at);
            default -> host.u64(at);
        };
    }

    public boolean has(TcpNla attribute) {
        return (present >> attribute.ordinal() & 1) != 0;
    }

    /** Value of an attribute that the row {@link #has}; 8 bytes as their bit pattern. */
    public long value(TcpNla attribute) {
        return values[attribute.ordinal()];
    }

    /** Number of the row in its log, from 0. */
    public long message() {
        return message;
    }

    /** The time in front of the line, microseconds since the epoch; asked for only where {@link #isLogged}. */
    public long logged() {
        return Math.addExact(Math.multiplyExact(logged.getEpochSecond(), 1_000_000L), logged.getNano() / 1000);
    }

    public boolean isLogged() {
        return logged != null;
    }

    /** Nanoseconds since the epoch; 0 where the kernel took none. */
    public long software() {
        return software;
    }

    /** Nanoseconds of the device's clock; 0 where it took none. */
    public long hardware() {
        return hardware;
    }

    /** Whether it is told what happened. */
    public boolean hasEvent() {
        return event >= 0 && host.u8(event + 4) == SO_EE_ORIGIN_TIMESTAMPING;
    }

    /** Null where the number is of none that is known. */
    public TxEvent event() {
        return hasEvent() ? TxEvent.of(eeInfo()) : null;
    }

    public long eeInfo() {
        return host.u32(event + 8);
    }

    public long eeData() {
        return host.u32(event + 12);
    }
}
