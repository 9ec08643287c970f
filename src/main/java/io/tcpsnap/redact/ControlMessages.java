package io.tcpsnap.redact;

import io.tcpsnap.archive.Entry;
import io.tcpsnap.kernel.ControlForm;
import io.tcpsnap.kernel.HexLine;
import io.tcpsnap.kernel.Netlink;
import io.tcpsnap.kernel.TcpNla;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * {@code opt_stats/*}: control messages that a program logged. What is no statistics, no time and no kind of event is zeroed:
 * IP_RECVERR also has an address, and a buffer may hold anything behind its messages.
 */
final class ControlMessages extends LineRedaction {
    private static final int SOL_IP = 0;
    private static final int SOL_IPV6 = 41;
    private static final int IP_RECVERR = 11;
    private static final int IPV6_RECVERR = 25;
    private static final int SCM_TIMESTAMPING = 37;
    private static final int SCM_TIMESTAMPING_NEW = 65;
    private static final int TIME = 16;
    /** Three {@code struct timespec} of 64-bit numbers. */
    private static final int TIMES = 3 * TIME;
    /** {@code struct sock_extended_err} without the address behind it. */
    private static final int EXTENDED_ERR = 16;

    private static final int ORIGIN_TIMESTAMPING = 4;

    private final Renaming renaming;
    private final Account account;
    private ByteOrder order;

    ControlMessages(Renaming renaming, Account account) {
        super(account);
        this.renaming = renaming;
        this.account = account;
    }

    @Override
    public byte[] of(Entry entry, String source, ByteOrder byteOrder) {
        order = byteOrder;
        return source.endsWith("/hex")
                ? super.of(entry, source, byteOrder)
                : safe(Arrays.copyOf(entry.bytes(), entry.length()));
    }

    /** The time in ISO form, and the bytes in plain hexadecimal. */
    @Override
    String line(String line) {
        HexLine hex = HexLine.of(line);
        if (hex == null) {
            return null;
        }
        try {
            String when = hex.when() == null ? "" : hex.when().minusSeconds(renaming.shift()) + " ";
            return when + HexFormat.of().formatHex(safe(hex.bytes()));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private byte[] safe(byte[] bytes) {
        if (bytes.length == 0) {
            return bytes;
        }
        ByteBuffer data = ByteBuffer.wrap(bytes).order(order);
        ControlForm form = ControlForm.of(bytes, bytes.length, order);
        if (form == null) {
            account.count("messages of opt_stats");
            return new byte[0];
        }
        int at = form.header() == 0 ? attributes(data, 0, bytes.length) : control(form, data);
        Arrays.fill(bytes, Math.min(at, bytes.length), bytes.length, (byte) 0);
        return bytes;
    }

    /** Zeroes what is not known; returns where the last message ends. */
    private int control(ControlForm form, ByteBuffer data) {
        int at = 0;
        int header = form.header();
        while (at + header <= data.limit()) {
            long length = header == 16 ? data.getLong(at) : data.getInt(at);
            if (length == 0) {
                at += form.align(1); // a buffer may be longer than what was received
                continue;
            }
            if (length < header || length > data.limit() - at) {
                return at;
            }
            int end = at + (int) length;
            int known = payload(data, data.getInt(at + header - 8), data.getInt(at + header - 4), at + header, end);
            int next = Math.min(data.limit(), at + form.align((int) length));
            Arrays.fill(data.array(), known, next, (byte) 0);
            at = next;
        }
        return at;
    }

    /** Returns where what is known of a payload ends. */
    private int payload(ByteBuffer data, int level, int type, int from, int to) {
        boolean socket = level == ControlForm.SOL_SOCKET;
        if (socket && (type == SCM_TIMESTAMPING || type == SCM_TIMESTAMPING_NEW)) {
            for (int at = from; at + TIME <= Math.min(to, from + TIMES); at += TIME) { // the kernel's, and the device's
                if (data.getLong(at) != 0) {
                    data.putLong(at, data.getLong(at) - renaming.shift());
                }
            }
            return Math.min(to, from + TIMES);
        }
        if (socket && type == ControlForm.SCM_TIMESTAMPING_OPT_STATS) {
            return attributes(data, from, to);
        }
        boolean error = level == SOL_IP && type == IP_RECVERR || level == SOL_IPV6 && type == IPV6_RECVERR;
        boolean ours = error && to - from >= EXTENDED_ERR && data.get(from + 4) == ORIGIN_TIMESTAMPING;
        return ours ? from + EXTENDED_ERR : from;
    }

    /** Zeroes the attributes that are not known; returns where the last one ends. */
    private int attributes(ByteBuffer data, int from, int to) {
        int at = from;
        while (at + Netlink.NLA_HDRLEN <= to) {
            int size = data.getShort(at) & 0xffff;
            if (size < Netlink.NLA_HDRLEN || size > to - at) {
                return at;
            }
            TcpNla known = TcpNla.of(data.getShort(at + 2) & Netlink.NLA_TYPE_MASK);
            int keeps = known == null ? 0 : Math.min(size - Netlink.NLA_HDRLEN, known.width());
            int next = Math.min(to, at + Netlink.align(size));
            Arrays.fill(data.array(), at + Netlink.NLA_HDRLEN + keeps, next, (byte) 0);
            at = next;
        }
        return at;
    }
}
