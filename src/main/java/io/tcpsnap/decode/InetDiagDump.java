package io.tcpsnap.decode;

import io.tcpsnap.kernel.InetDiag;
import io.tcpsnap.kernel.Netlink;
import io.tcpsnap.kernel.RowKind;
import io.tcpsnap.kernel.TcpState;
import io.tcpsnap.kernel.TimerKind;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A sock_diag dump: netlink messages, each {@code struct inet_diag_msg} and attributes, up to NLMSG_DONE.
 *
 * <p>A row is a message. What the kernel did not send is told by {@link #has}, never by a zero: an attribute is there or
 * not, and {@code struct tcp_info} is as long as the kernel's, whatever its version. All in host byte order but ports and
 * addresses. Source: net/ipv4/inet_diag.c inet_sk_diag_fill(), include/uapi/linux/{netlink,inet_diag}.h.
 */
public final class InetDiagDump extends Decoder {
    private static final VarHandle SHORT_LE = view(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT_BE = view(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT_LE = view(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT_BE = view(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG_LE = view(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG_BE = view(long[].class, ByteOrder.BIG_ENDIAN);

    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int ATTRIBUTES = InetDiag.ATTR_SOCKOPT + 1;
    private static final int AHEAD = 256;
    /** Timers further away than this have expired: kernels before 5.10 sent a negative difference. */
    private static final long EXPIRED = 1L << 31;

    private final AddressText addresses = new AddressText();
    private final ConnHash hash = new ConnHash();
    /** Of the rows read ahead: where the {@code struct inet_diag_msg} starts, and its attributes from {@link #base} on. */
    private final int[] messages = new int[AHEAD];

    private final int[] attributeAt = new int[AHEAD * ATTRIBUTES];
    private final int[] attributeLength = new int[AHEAD * ATTRIBUTES];
    /** How often each unknown attribute occurred in this tick, by its number. */
    private final int[] unknown = new int[Netlink.NLA_TYPE_MASK + 1];

    private boolean anyUnknown;
    private boolean big;
    private boolean done;
    /** Where the current {@code struct inet_diag_msg} starts. */
    private int message;
    /** Where its attributes start in {@link #attributeAt} and {@link #attributeLength}. */
    private int base;

    public InetDiagDump(ProblemSink problems) {
        super(problems);
    }

    private static VarHandle view(Class<?> type, ByteOrder order) {
        return MethodHandles.byteArrayViewVarHandle(type, order);
    }

    @Override
    protected void begin() {
        big = snapshot().byteOrder() == ByteOrder.BIG_ENDIAN;
        done = false;
        anyUnknown = false;
    }

    @Override
    public boolean next() {
        while (!done) {
            if (at + Netlink.NLMSG_HDRLEN > end) {
                finish("the dump ends without NLMSG_DONE: it was cut short");
                return false;
            }
            int start = at;
            long length = u32(start);
            if (length < Netlink.NLMSG_HDRLEN || start + length > end) {
                finish("a netlink message of " + length + " bytes where " + (end - start) + " are left");
                return false;
            }
            at = (int) Math.min(end, start + (length + 3 & ~3L));
            int type = u16(start + 4);
            if (type == Netlink.NLMSG_DONE) {
                done(start, (int) length);
            } else if (type == InetDiag.SOCK_DIAG_BY_FAMILY || type == InetDiag.TCPDIAG_GETSOCK) {
                if (parse(start, start + (int) length)) {
                    return true;
                }
            } else {
                problem(start, at, "a netlink message of type " + type);
            }
        }
        return false;
    }

    @Override
    public int ahead(int max) {
        System.arraycopy(attributeAt, base, attributeAt, 0, ATTRIBUTES);
        System.arraycopy(attributeLength, base, attributeLength, 0, ATTRIBUTES);
        int rows = 0;
        do {
            messages[rows++] = message;
            base = rows * ATTRIBUTES;
        } while (rows < Math.min(max, AHEAD) && next());
        base = 0;
        return rows;
    }

    @Override
    public void row(int index) {
        message = messages[index];
        base = index * ATTRIBUTES;
    }

    private void finish(String reason) {
        problem(at, end, reason);
        at = end;
        done = true;
        reportUnknown();
    }

    private void done(int start, int length) {
        int errno = length >= Netlink.NLMSG_HDRLEN + 4 ? -(int) u32(start + Netlink.NLMSG_HDRLEN) : 0;
        if (errno != 0) {
            problem(start, start + length, "the kernel ended the dump with error " + errno);
        }
        if (at < end) {
            problem(at, end, (end - at) + " bytes behind NLMSG_DONE");
        }
        done = true;
        reportUnknown();
    }

    private void reportUnknown() {
        for (int type = 0; anyUnknown && type < unknown.length; type++) {
            if (unknown[type] > 0) {
                problem(end, end, "attribute " + type + " is unknown: in " + unknown[type] + " messages");
            }
        }
        if (anyUnknown) {
            Arrays.fill(unknown, 0);
        }
    }

    private boolean parse(int start, int messageEnd) {
        message = start + Netlink.NLMSG_HDRLEN;
        if (messageEnd < message + InetDiag.MSG_LENGTH) {
            problem(start, messageEnd, "an inet_diag message of " + (messageEnd - message) + " bytes instead of 72");
            return false;
        }
        if (u8(InetDiag.FAMILY) != AF_INET && u8(InetDiag.FAMILY) != AF_INET6) {
            problem(start, messageEnd, "address family " + u8(InetDiag.FAMILY));
            return false;
        }
        attributes(start, messageEnd);
        if (state() == null) {
            problem(start, messageEnd, "state " + u8(InetDiag.STATE) + " is unknown");
        }
        if (timer() == null) {
            problem(start, messageEnd, "timer " + timerCode() + " is unknown");
        }
        return true;
    }

    private void attributes(int start, int messageEnd) {
        Arrays.fill(attributeAt, base, base + ATTRIBUTES, 0);
        int attribute = message + InetDiag.MSG_LENGTH;
        while (attribute + Netlink.NLA_HDRLEN <= messageEnd) {
            int length = u16(attribute);
            int type = u16(attribute + 2) & Netlink.NLA_TYPE_MASK;
            if (length < Netlink.NLA_HDRLEN || attribute + length > messageEnd) {
                problem(start, messageEnd, "attribute " + type + " of " + length + " bytes does not fit its message");
                return;
            }
            if (type > 0 && type < ATTRIBUTES) {
                attributeAt[base + type] = attribute + Netlink.NLA_HDRLEN;
                attributeLength[base + type] = length - Netlink.NLA_HDRLEN;
            } else {
                unknown[type]++;
                anyUnknown = true;
            }
            attribute += Netlink.align(length);
        }
    }

    private int u8(int offset) {
        return bytes[message + offset] & 0xff;
    }

    private int u16(int index) {
        return (short) (big ? SHORT_BE : SHORT_LE).get(bytes, index) & 0xffff;
    }

    private long u32(int index) {
        return (int) (big ? INT_BE : INT_LE).get(bytes, index) & 0xffffffffL;
    }

    private long u64(int index) {
        return (long) (big ? LONG_BE : LONG_LE).get(bytes, index);
    }

    /** Whether the kernel sent an attribute with at least {@code length} bytes. */
    public boolean has(int attribute, int length) {
        return attributeAt[base + attribute] != 0 && attributeLength[base + attribute] >= length;
    }

    /** Payload length of an attribute that is there. */
    public int length(int attribute) {
        return attributeLength[base + attribute];
    }

    /** A field of an attribute that {@link #has} it; 8 bytes as their bit pattern. */
    public long field(int attribute, int offset, int width) {
        int index = attributeAt[base + attribute] + offset;
        return switch (width) {
            case 1 -> bytes[index] & 0xff;
            case 2 -> u16(index);
            case 4 -> u32(index);
            default -> u64(index);
        };
    }

    /**
     * A C bit-field of an attribute's byte: the compiler counts bits from the other end on big-endian machines.
     *
     * @param bit number of its first bit on a little-endian machine
     */
    public long bits(int attribute, int offset, int bit, int width) {
        int value = bytes[attributeAt[base + attribute] + offset] & 0xff;
        int shift = big ? 8 - bit - width : bit;
        return value >> shift & (1 << width) - 1;
    }

    /** A C bit-field of an attribute's 32-bit word, as {@link #bits}. */
    public long wordBits(int attribute, int offset, int bit, int width) {
        long value = field(attribute, offset, 4);
        int shift = big ? 32 - bit - width : bit;
        return value >> shift & (1L << width) - 1;
    }

    /** A NUL-terminated text. */
    public byte[] text(int attribute) {
        int from = attributeAt[base + attribute];
        return terminated(from, from + attributeLength[base + attribute]);
    }

    private byte[] terminated(int from, int limit) {
        int to = from;
        while (to < limit && bytes[to] != 0) {
            to++;
        }
        return Arrays.copyOfRange(bytes, from, to);
    }

    /** The NUL-terminated text of a nested attribute, or null where it is not there. */
    public byte[] nestedText(int attribute, int nested) {
        int limit = attributeAt[base + attribute] + attributeLength[base + attribute];
        int inner = attributeAt[base + attribute];
        while (attributeAt[base + attribute] != 0 && inner + Netlink.NLA_HDRLEN <= limit) {
            int length = u16(inner);
            if (length < Netlink.NLA_HDRLEN || inner + length > limit) {
                return null;
            }
            if ((u16(inner + 2) & Netlink.NLA_TYPE_MASK) == nested) {
                return terminated(inner + Netlink.NLA_HDRLEN, inner + length);
            }
            inner += Netlink.align(length);
        }
        return null;
    }

    public boolean isV6() {
        return u8(InetDiag.FAMILY) == AF_INET6;
    }

    public int family() {
        return isV6() ? 6 : 4;
    }

    public TcpState state() {
        return TcpState.of(u8(InetDiag.STATE));
    }

    public boolean isListen() {
        return u8(InetDiag.STATE) == TcpState.LISTEN.number();
    }

    public TimerKind timer() {
        return TimerKind.of(timerCode());
    }

    public int timerCode() {
        return u8(InetDiag.TIMER);
    }

    public int retrans() {
        return u8(InetDiag.RETRANS);
    }

    /** Mini sockets are sent without any attribute of a full socket. */
    public RowKind rowKind() {
        if (state() == TcpState.TIME_WAIT
                || state() == TcpState.FIN_WAIT2 && timerCode() == TimerKind.TIMEWAIT.ordinal()) {
            return RowKind.TIME_WAIT;
        }
        boolean full = attributeAt[base + InetDiag.ATTR_INFO] != 0
                || attributeAt[base + InetDiag.ATTR_SHUTDOWN] != 0
                || attributeAt[base + InetDiag.ATTR_SKMEMINFO] != 0
                || attributeAt[base + InetDiag.ATTR_MEMINFO] != 0;
        return state() == TcpState.SYN_RECV && !full ? RowKind.REQUEST : RowKind.SOCKET;
    }

    private int port(int offset) {
        return u8(offset) << 8 | u8(offset + 1);
    }

    public int localPort() {
        return port(InetDiag.SPORT);
    }

    public int remotePort() {
        return port(InetDiag.DPORT);
    }

    private long addressHi(int offset) {
        return isV6() ? (long) LONG_BE.get(bytes, message + offset) : 0;
    }

    private long addressLo(int offset) {
        return isV6()
                ? (long) LONG_BE.get(bytes, message + offset + 8)
                : (int) INT_BE.get(bytes, message + offset) & 0xffffffffL;
    }

    public byte[] localAddr() {
        return addresses.of(isV6(), addressHi(InetDiag.SRC), addressLo(InetDiag.SRC));
    }

    public byte[] remoteAddr() {
        return addresses.of(isV6(), addressHi(InetDiag.DST), addressLo(InetDiag.DST));
    }

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

    public long ifindex() {
        return u32(message + InetDiag.IF);
    }

    public long cookie() {
        return u32(message + InetDiag.COOKIE) | u32(message + InetDiag.COOKIE + 4) << 32;
    }

    /** Milliseconds until the timer fires; 0 where it has expired. */
    public long expires() {
        long value = u32(message + InetDiag.EXPIRES);
        return value >= EXPIRED ? 0 : value;
    }

    public long rqueue() {
        return u32(message + InetDiag.RQUEUE);
    }

    public long wqueue() {
        return u32(message + InetDiag.WQUEUE);
    }

    public long uid() {
        return u32(message + InetDiag.UID);
    }

    public long inode() {
        return u32(message + InetDiag.INODE);
    }
}
