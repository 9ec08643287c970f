package io.tcpsnap.decode;

import io.tcpsnap.kernel.InetDiag;
import io.tcpsnap.kernel.Netlink;
import io.tcpsnap.kernel.RowKind;
import io.tcpsnap.kernel.TcpState;
import io.tcpsnap.kernel.TimerKind;

/**
 * Sock_diag dumps: netlink messages, each {@code struct inet_diag_msg} and attributes, up to NLMSG_DONE; mostly one dump,
 * or one for each family. Also broadcasts, which have no end.
 *
 * <p>A row is a message. What the kernel did not send is told by {@link #has}, never by a zero: an attribute is there or
 * not, and {@code struct tcp_info} is as long as the kernel's, whatever its version. All in host byte order but ports and
 * addresses. Source: net/ipv4/inet_diag.c inet_sk_diag_fill(), include/uapi/linux/{netlink,inet_diag}.h.
 */
public final class InetDiagDump extends Decoder implements InetDiagRow {
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    /** Timers further away than this have expired: kernels before 5.10 sent a negative difference. */
    private static final long EXPIRED = 1L << 31;

    private final AddressText addresses = new AddressText();
    private final TextCache texts = new TextCache();
    private final ConnHash hash = new ConnHash();
    private final HostBytes host = new HostBytes();
    private final DiagAttributes attributes;
    /** Where the {@code struct inet_diag_msg} of each row read ahead starts. */
    private final int[] messages = new int[DiagAttributes.AHEAD];

    /** Whether the last message ended its dump, or the end was reported. */
    private boolean ended;

    private final boolean broadcasts;
    private boolean finished;
    /** Where that of the current row starts. */
    private int message;

    public InetDiagDump(ProblemSink problems) {
        this(problems, false, false);
    }

    private InetDiagDump(ProblemSink problems, boolean mptcp, boolean broadcasts) {
        super(problems);
        this.attributes = new DiagAttributes(host, mptcp, this::problem);
        this.broadcasts = broadcasts;
    }

    /** Reads messages that are no dump and come without an end. */
    public static InetDiagDump broadcasts(ProblemSink problems) {
        return new InetDiagDump(problems, false, true);
    }

    /** Reads a dump of MPTCP sockets, whose INFO is {@link InetDiag#MPTCP_INFO}. */
    public static InetDiagDump mptcp(ProblemSink problems) {
        return new InetDiagDump(problems, true, false);
    }

    @Override
    protected void begin() {
        host.reset(bytes, snapshot().byteOrder());
        attributes.reset();
        ended = false;
        finished = false;
    }

    @Override
    public boolean next() {
        while (at < end) {
            int start = at;
            int left = end - start;
            long length = left < Netlink.NLMSG_HDRLEN ? left : host.u32(start);
            if (length < Netlink.NLMSG_HDRLEN || length > left) {
                problem(start, end, "a netlink message of " + length + " bytes where " + left + " are left");
                at = end;
                ended = true;
            } else {
                at = (int) Math.min(end, start + (length + 3 & ~3L));
                if (message(start, start + (int) length)) {
                    return true;
                }
            }
        }
        if (!finished) {
            finish();
        }
        return false;
    }

    @Override
    public int ahead(int max) {
        attributes.moveToFirst();
        int rows = 0;
        do {
            messages[rows++] = message;
            if (rows == Math.min(max, DiagAttributes.AHEAD)) {
                break;
            }
            attributes.slot(rows);
        } while (next());
        attributes.slot(0);
        message = messages[0];
        return rows;
    }

    @Override
    public void row(int index) {
        message = messages[index];
        attributes.slot(index);
    }

    private void finish() {
        finished = true;
        if (!ended && !broadcasts) {
            problem(end, end, "the dump ends without NLMSG_DONE: it was cut short");
        }
        attributes.reportUnknown();
    }

    /** Takes one whole message; true where it is a row. */
    private boolean message(int start, int messageEnd) {
        int type = host.u16(start + 4);
        ended = type == Netlink.NLMSG_DONE || type == Netlink.NLMSG_ERROR;
        if (type == InetDiag.SOCK_DIAG_BY_FAMILY || type == InetDiag.TCPDIAG_GETSOCK) {
            return socket(start, messageEnd);
        }
        if (!ended) {
            problem(start, messageEnd, "a netlink message of type " + type);
        } else {
            end(type, start, messageEnd);
        }
        return false;
    }

    /** NLMSG_DONE and NLMSG_ERROR both carry a negative errno: 0 is the sound end of a dump. */
    private void end(int type, int start, int messageEnd) {
        boolean carries = messageEnd - start >= Netlink.NLMSG_HDRLEN + 4;
        int errno = carries ? -(int) host.u32(start + Netlink.NLMSG_HDRLEN) : 0;
        if (type == Netlink.NLMSG_ERROR) {
            problem(start, messageEnd, "the kernel answered with error " + errno);
        } else if (errno != 0) {
            problem(start, messageEnd, "the kernel ended the dump with error " + errno);
        }
    }

    private boolean socket(int start, int messageEnd) {
        message = start + Netlink.NLMSG_HDRLEN;
        if (messageEnd < message + InetDiag.MSG_LENGTH) {
            problem(start, messageEnd, "an inet_diag message of " + (messageEnd - message) + " bytes instead of 72");
            return false;
        }
        if (u8(InetDiag.FAMILY) != AF_INET && u8(InetDiag.FAMILY) != AF_INET6) {
            problem(start, messageEnd, "address family " + u8(InetDiag.FAMILY));
            return false;
        }
        attributes.find(message + InetDiag.MSG_LENGTH, messageEnd);
        if (state() == null) {
            problem(start, messageEnd, "state " + u8(InetDiag.STATE) + " is unknown");
        }
        if (timer() == null) {
            problem(start, messageEnd, "timer " + timerCode() + " is unknown");
        }
        return true;
    }

    private int u8(int offset) {
        return host.u8(message + offset);
    }

    private long u32(int offset) {
        return host.u32(message + offset);
    }

    /** Whether the kernel sent an attribute with at least {@code length} bytes. */
    @Override
    public boolean has(int attribute, int length) {
        return attributes.has(attribute) && attributes.length(attribute) >= length;
    }

    /** A netlink message has them all. */
    @Override
    public boolean sent(int offset) {
        return true;
    }

    @Override
    public boolean hasConn() {
        return true;
    }

    @Override
    public boolean hasBits(int attribute, int offset, int bit, int length) {
        return has(attribute, length);
    }

    @Override
    public byte[] rest() {
        return null;
    }

    /** A field of an attribute that {@link #has} it; 8 bytes as their bit pattern. */
    @Override
    public long field(int attribute, int offset, int width) {
        return number(attributes.at(attribute) + offset, width);
    }

    private long number(int index, int width) {
        return switch (width) {
            case 1 -> host.u8(index);
            case 2 -> host.u16(index);
            case 4 -> host.u32(index);
            default -> host.u64(index);
        };
    }

    /** Without a call for each row: most of the cells of tcp_info come from here. */
    @Override
    public void fields(int attribute, int offset, int width, int rows, long[] values, boolean[] present, int first) {
        for (int i = 0; i < rows && attributes.anyHas(attribute); i++) {
            int payload = attributes.at(i, attribute, offset + width);
            if (payload != 0) {
                values[first + i] = number(payload + offset, width);
                present[first + i] = true;
            }
        }
    }

    /**
     * A C bit-field of an attribute's byte.
     *
     * @param bit number of its first bit on a little-endian machine
     */
    @Override
    public long bits(int attribute, int offset, int bit, int width) {
        return host.bits(field(attribute, offset, 1), 8, bit, width);
    }

    /** A C bit-field of an attribute's 32-bit word, as {@link #bits}. */
    @Override
    public long wordBits(int attribute, int offset, int bit, int width) {
        return host.bits(field(attribute, offset, 4), 32, bit, width);
    }

    /** A NUL-terminated text. */
    @Override
    public byte[] text(int attribute) {
        int from = attributes.at(attribute);
        int to = from;
        while (to < from + attributes.length(attribute) && bytes[to] != 0) {
            to++;
        }
        return texts.of(bytes, from, to);
    }

    public boolean isV6() {
        return u8(InetDiag.FAMILY) == AF_INET6;
    }

    @Override
    public int family() {
        return isV6() ? 6 : 4;
    }

    @Override
    public TcpState state() {
        return TcpState.of(u8(InetDiag.STATE));
    }

    @Override
    public boolean isListen() {
        return u8(InetDiag.STATE) == TcpState.LISTEN.number();
    }

    @Override
    public TimerKind timer() {
        return TimerKind.of(timerCode());
    }

    @Override
    public int timerCode() {
        return u8(InetDiag.TIMER);
    }

    @Override
    public int retrans() {
        return u8(InetDiag.RETRANS);
    }

    /** Mini sockets are sent without any attribute of a full socket. */
    @Override
    public RowKind rowKind() {
        if (state() == TcpState.TIME_WAIT
                || state() == TcpState.FIN_WAIT2 && timerCode() == TimerKind.TIMEWAIT.ordinal()) {
            return RowKind.TIME_WAIT;
        }
        boolean full = attributes.has(InetDiag.ATTR_INFO)
                || attributes.has(InetDiag.MPTCP_INFO)
                || attributes.has(InetDiag.ATTR_SHUTDOWN)
                || attributes.has(InetDiag.ATTR_SKMEMINFO)
                || attributes.has(InetDiag.ATTR_MEMINFO);
        return state() == TcpState.SYN_RECV && !full ? RowKind.REQUEST : RowKind.SOCKET;
    }

    private int port(int offset) {
        return u8(offset) << 8 | u8(offset + 1);
    }

    @Override
    public int localPort() {
        return port(InetDiag.SPORT);
    }

    @Override
    public int remotePort() {
        return port(InetDiag.DPORT);
    }

    private long addressHi(int offset) {
        return isV6() ? host.be64(message + offset) : 0;
    }

    private long addressLo(int offset) {
        return isV6() ? host.be64(message + offset + 8) : host.be32(message + offset);
    }

    @Override
    public byte[] localAddr() {
        return addresses.of(isV6(), addressHi(InetDiag.SRC), addressLo(InetDiag.SRC));
    }

    @Override
    public byte[] remoteAddr() {
        return addresses.of(isV6(), addressHi(InetDiag.DST), addressLo(InetDiag.DST));
    }

    @Override
    public long conn() {
        return hash.of(
                snapshot(),
                isV6(),
                addressHi(InetDiag.SRC),
                addressLo(InetDiag.SRC),
                localPort(),
                addressHi(InetDiag.DST),
                addressLo(InetDiag.DST),
                remotePort());
    }

    @Override
    public long ifindex() {
        return u32(InetDiag.IF);
    }

    @Override
    public long cookie() {
        return u32(InetDiag.COOKIE) | u32(InetDiag.COOKIE + 4) << 32;
    }

    /** Milliseconds until the timer fires; 0 where it has expired. */
    @Override
    public long expires() {
        long value = u32(InetDiag.EXPIRES);
        return value >= EXPIRED ? 0 : value;
    }

    @Override
    public long rqueue() {
        return u32(InetDiag.RQUEUE);
    }

    @Override
    public long wqueue() {
        return u32(InetDiag.WQUEUE);
    }

    @Override
    public long uid() {
        return u32(InetDiag.UID);
    }

    @Override
    public long inode() {
        return u32(InetDiag.INODE);
    }
}
