package io.tcpsnap.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * How bytes that a program logged hold statistics of SCM_TIMESTAMPING_OPT_STATS: as the control buffer of recvmsg(), {@code
 * struct cmsghdr} (length with its header, level, type) and payload one after the other, or as bare payloads.
 *
 * @param header bytes of a {@code struct cmsghdr}: 16 on a 64-bit host, 12 on a 32-bit one; 0 for bare payloads
 */
public record ControlForm(ByteOrder order, int header) {
    public static final int SOL_SOCKET = 1;
    public static final int SCM_TIMESTAMPING_OPT_STATS = 54;

    private static final List<ByteOrder> ORDERS = List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);
    /** The payload of 4.10 had so many attributes. */
    private static final int FEWEST = 3;

    /** Records looked at before the first with statistics. */
    private static final int MOST = 16;

    /** The form in which the beginning of the bytes makes sense, in either byte order; null where it is none. */
    public static ControlForm of(byte[] bytes, int length) {
        for (ByteOrder order : ORDERS) {
            ControlForm form = of(bytes, length, order);
            if (form != null) {
                return form;
            }
        }
        return null;
    }

    public static ControlForm of(byte[] bytes, int length, ByteOrder order) {
        ByteBuffer data = ByteBuffer.wrap(bytes, 0, length).order(order);
        for (int header : new int[] {16, 12}) {
            ControlForm form = new ControlForm(order, header);
            if (form.isControl(data)) {
                return form;
            }
        }
        return isPayload(data, 0, length) ? new ControlForm(order, 0) : null;
    }

    /** Where the next record begins, behind one of {@code length} bytes. */
    public int align(int length) {
        int unit = header == 16 ? 8 : 4;
        return length + unit - 1 & -unit;
    }

    private boolean isControl(ByteBuffer data) {
        int at = 0;
        for (int record = 0; record < MOST && at + header <= data.limit(); record++) {
            long length = header == 16 ? data.getLong(at) : data.getInt(at);
            int level = data.getInt(at + header - 8);
            int type = data.getInt(at + header - 4);
            if (length < header || length > data.limit() - at) {
                return false;
            }
            if (level == SOL_SOCKET && type == SCM_TIMESTAMPING_OPT_STATS) {
                return isPayload(data, at + header, at + (int) length);
            }
            at += align((int) length);
        }
        return false;
    }

    /** Whether attributes begin here, each of the width that it should have, one like no other. */
    private static boolean isPayload(ByteBuffer data, int from, int to) {
        Set<TcpNla> seen = EnumSet.noneOf(TcpNla.class);
        int at = from;
        while (seen.size() < FEWEST && at + Netlink.NLA_HDRLEN <= to) {
            int size = data.getShort(at) & 0xffff;
            int type = data.getShort(at + 2) & 0xffff;
            TcpNla attribute = TcpNla.of(type);
            boolean padding = type == TcpNla.PAD && size == Netlink.NLA_HDRLEN;
            boolean sound = attribute != null && size == Netlink.NLA_HDRLEN + attribute.width() && at + size <= to;
            if (!padding && !(sound && seen.add(attribute))) {
                return false;
            }
            at += Netlink.align(size);
        }
        return seen.size() >= FEWEST;
    }
}
