package io.tcpsnap.redact;

import io.tcpsnap.archive.Entry;
import io.tcpsnap.kernel.InetDiag;
import io.tcpsnap.kernel.Netlink;
import io.tcpsnap.kernel.UlpInfo;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * {@code sock_diag/*}: netlink messages. Written anew from what is known of them: the fields of {@code struct inet_diag_msg}, and
 * the attributes listed here; ss reads the result as it read the original.
 */
final class DiagMessages implements EntryRedaction {
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int FIXED = Netlink.NLMSG_HDRLEN + InetDiag.MSG_LENGTH;
    /** Attributes that are numbers about traffic, and the most bytes that any kernel sends. */
    private static final Map<Integer, Integer> COUNTERS = Map.ofEntries(
            Map.entry(InetDiag.ATTR_MEMINFO, 16),
            Map.entry(InetDiag.ATTR_INFO, 280),
            Map.entry(InetDiag.ATTR_VEGASINFO, 16),
            Map.entry(InetDiag.ATTR_TOS, 1),
            Map.entry(InetDiag.ATTR_TCLASS, 1),
            Map.entry(InetDiag.ATTR_SKMEMINFO, 36),
            Map.entry(InetDiag.ATTR_SHUTDOWN, 1),
            Map.entry(InetDiag.ATTR_DCTCPINFO, 16),
            Map.entry(InetDiag.ATTR_PROTOCOL, 1),
            Map.entry(InetDiag.ATTR_SKV6ONLY, 1),
            Map.entry(InetDiag.ATTR_BBRINFO, 52),
            Map.entry(InetDiag.ATTR_SOCKOPT, 4));

    /** The last attribute of a message and of what it nests may not be padded. */
    private static final int PADDING = 64;

    /** Offset of the token in {@code struct mptcp_info}. */
    private static final int MPTCP_TOKEN = 12;

    private final Renaming renaming;
    private final Account account;
    private ByteBuffer in;
    private ByteBuffer out;
    private String source;

    DiagMessages(Renaming renaming, Account account) {
        this.renaming = renaming;
        this.account = account;
    }

    @Override
    public byte[] of(Entry entry, String path, ByteOrder order) {
        in = ByteBuffer.wrap(entry.bytes(), 0, entry.length()).order(order);
        source = path;
        ByteArrayOutputStream messages = new ByteArrayOutputStream(entry.length());
        int at = 0;
        while (at + Netlink.NLMSG_HDRLEN <= entry.length()) {
            int length = in.getInt(at);
            if (length < Netlink.NLMSG_HDRLEN || length > entry.length() - at) {
                break;
            }
            messages.writeBytes(message(at, length));
            at = Math.min(entry.length(), at + Netlink.align(length));
        }
        if (at < entry.length()) {
            account.count("ends of " + source);
        }
        return messages.toByteArray();
    }

    /** One message, padded to 4; empty where it is left out. */
    private byte[] message(int at, int length) {
        int type = in.getShort(at + 4) & 0xffff;
        out = ByteBuffer.allocate(length + PADDING).order(in.order());
        out.putInt(0)
                .putShort(in.getShort(at + 4))
                .putShort(in.getShort(at + 6))
                .putInt(in.getInt(at + 8))
                .putInt(0);
        if (type == Netlink.NLMSG_DONE || type == Netlink.NLMSG_ERROR) {
            if (length >= Netlink.NLMSG_HDRLEN + 4) {
                out.putInt(in.getInt(at + Netlink.NLMSG_HDRLEN));
            }
        } else if ((type == InetDiag.SOCK_DIAG_BY_FAMILY || type == InetDiag.TCPDIAG_GETSOCK)
                && length >= FIXED
                && isInet(at)) {
            socket(at + Netlink.NLMSG_HDRLEN);
            attributes(at + FIXED, at + length, this::attribute);
        } else {
            account.count("messages of " + source);
            return new byte[0];
        }
        out.putInt(0, out.position());
        return Arrays.copyOf(out.array(), Netlink.align(out.position()));
    }

    private boolean isInet(int at) {
        int family = in.get(at + Netlink.NLMSG_HDRLEN) & 0xff;
        return family == AF_INET || family == AF_INET6;
    }

    private void socket(int at) {
        int length = in.get(at) == AF_INET ? 4 : 16;
        out.putInt(in.getInt(at)); // family, state, timer, retrans
        out.order(ByteOrder.BIG_ENDIAN);
        out.putShort((short) renaming.port(bigEndian(at + InetDiag.SPORT)));
        out.putShort((short) renaming.port(bigEndian(at + InetDiag.DPORT)));
        address(at + InetDiag.SRC, length);
        address(at + InetDiag.DST, length);
        out.order(in.order());
        out.putInt(in.getInt(at + InetDiag.IF));
        long cookie = renaming.cookie(
                in.getInt(at + InetDiag.COOKIE) & 0xffffffffL | (long) in.getInt(at + InetDiag.COOKIE + 4) << 32);
        out.putInt((int) cookie).putInt((int) (cookie >>> 32));
        out.putInt(in.getInt(at + InetDiag.EXPIRES)).putInt(in.getInt(at + InetDiag.RQUEUE));
        out.putInt(in.getInt(at + InetDiag.WQUEUE));
        out.putInt((int) renaming.uid(in.getInt(at + InetDiag.UID) & 0xffffffffL));
        out.putInt((int) renaming.inode(in.getInt(at + InetDiag.INODE) & 0xffffffffL));
    }

    private int bigEndian(int at) {
        return (in.get(at) & 0xff) << 8 | in.get(at + 1) & 0xff;
    }

    /** The field has 16 bytes: those that the family does not use are not copied. */
    private void address(int at, int length) {
        out.put(Arrays.copyOf(renaming.address(Arrays.copyOfRange(in.array(), at, at + length)), 16));
    }

    /** Takes an attribute: its type as it is, and where its payload starts and ends. */
    @FunctionalInterface
    private interface Taker {
        void take(int type, int from, int to);
    }

    private void attributes(int from, int to, Taker taker) {
        int at = from;
        while (at + Netlink.NLA_HDRLEN <= to) {
            int size = in.getShort(at) & 0xffff;
            if (size < Netlink.NLA_HDRLEN || size > to - at) {
                break;
            }
            taker.take(in.getShort(at + 2) & 0xffff, at + Netlink.NLA_HDRLEN, at + size);
            at += Netlink.align(size);
        }
        if (at < to) {
            account.count("ends of messages of " + source);
        }
    }

    private void attribute(int rawType, int from, int to) {
        int type = rawType & Netlink.NLA_TYPE_MASK;
        boolean mptcp = source.endsWith("/mptcp") && type == InetDiag.ATTR_INFO;
        if (mptcp) {
            mptcpInfo(rawType, from, to);
        } else if (COUNTERS.containsKey(type)) {
            put(rawType, Arrays.copyOfRange(in.array(), from, Math.min(to, from + COUNTERS.get(type))));
        } else if (type == InetDiag.ATTR_CONG) {
            put(rawType, name(from, to, ProtocolNames.CONGESTION_CONTROLS, "cc_x"));
        } else if ((type == InetDiag.ATTR_MARK || type == InetDiag.ATTR_CLASS_ID) && to - from >= 4) {
            putInt(rawType, (int) renaming.mark(in.getInt(from) & 0xffffffffL));
        } else if (type == InetDiag.ATTR_CGROUP_ID && to - from >= 8) {
            byte[] id = new byte[8];
            ByteBuffer.wrap(id).order(in.order()).putLong(renaming.cgroupId(in.getLong(from)));
            put(rawType, id);
        } else if (type == InetDiag.ATTR_ULP_INFO) {
            nest(rawType, () -> attributes(from, to, this::ulp));
        } else if (type == InetDiag.ATTR_PAD) {
            put(rawType, new byte[to - from]);
        } else {
            unknown(rawType, to - from);
        }
    }

    private void unknown(int rawType, int length) {
        boolean keyed = (rawType & Netlink.NLA_TYPE_MASK) == InetDiag.ATTR_MD5SIG;
        if (renaming.policy().zeroUnknown() && !keyed) {
            put(rawType, new byte[length]);
        }
        account.count("attributes of " + source);
    }

    private void mptcpInfo(int rawType, int from, int to) {
        byte[] info = Arrays.copyOfRange(in.array(), from, Math.min(to, from + 96));
        if (info.length >= MPTCP_TOKEN + 4) {
            ByteBuffer fields = ByteBuffer.wrap(info).order(in.order());
            fields.putInt(MPTCP_TOKEN, (int) renaming.token(fields.getInt(MPTCP_TOKEN) & 0xffffffffL));
        }
        put(rawType, info);
    }

    private void ulp(int rawType, int from, int to) {
        switch (rawType & Netlink.NLA_TYPE_MASK) {
            case 1 -> put(rawType, name(from, to, ProtocolNames.UPPER_LAYERS, "ulp_x"));
            case UlpInfo.TLS -> nest(rawType, () -> attributes(from, to, (t, f, e) -> nested(UlpInfo.TLS, t, f, e)));
            case UlpInfo.MPTCP ->
                nest(rawType, () -> attributes(from, to, (t, f, e) -> nested(UlpInfo.MPTCP, t, f, e)));
            default -> unknown(rawType, to - from);
        }
    }

    private void nested(int nest, int rawType, int from, int to) {
        int type = rawType & Netlink.NLA_TYPE_MASK;
        UlpInfo info = UlpInfo.of(nest, type);
        if (info == UlpInfo.MPTCP_TOKEN_LOC || info == UlpInfo.MPTCP_TOKEN_REM) {
            if (to - from >= 4) {
                putInt(rawType, (int) renaming.token(in.getInt(from) & 0xffffffffL));
            }
        } else if (info != null) {
            put(rawType, Arrays.copyOfRange(in.array(), from, Math.min(to, from + info.width())));
        } else if (UlpInfo.isPadding(nest, type)) {
            put(rawType, new byte[to - from]);
        } else {
            unknown(rawType, to - from);
        }
    }

    private void nest(int rawType, Runnable content) {
        int start = out.position();
        out.putShort((short) 0).putShort((short) rawType);
        content.run();
        out.putShort(start, (short) (out.position() - start));
        align();
    }

    private void putInt(int rawType, int value) {
        put(rawType, ByteBuffer.allocate(4).order(in.order()).putInt(value).array());
    }

    private void put(int rawType, byte[] payload) {
        out.putShort((short) (Netlink.NLA_HDRLEN + payload.length))
                .putShort((short) rawType)
                .put(payload);
        align();
    }

    private void align() {
        while (out.position() % 4 != 0) {
            out.put((byte) 0);
        }
    }

    /** The name where it is one that kernels have; with its NUL. */
    private byte[] name(int from, int to, Set<String> known, String other) {
        String name = new String(in.array(), from, to - from, StandardCharsets.ISO_8859_1);
        int end = name.indexOf('\0');
        String text = end < 0 ? name : name.substring(0, end);
        boolean keeps = known.contains(text);
        String safe = keeps ? text : other.substring(0, Math.min(other.length(), Math.max(0, to - from - 1)));
        return Arrays.copyOf(safe.getBytes(StandardCharsets.ISO_8859_1), to - from);
    }
}
