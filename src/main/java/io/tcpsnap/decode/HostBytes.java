package io.tcpsnap.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Unsigned numbers out of an array, in the byte order of the recorded host; an index is of the number's first byte. */
final class HostBytes {
    private static final VarHandle SHORT_LE = view(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT_BE = view(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT_LE = view(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT_BE = view(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG_LE = view(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG_BE = view(long[].class, ByteOrder.BIG_ENDIAN);

    private byte[] bytes = {};
    private boolean big;

    private static VarHandle view(Class<?> type, ByteOrder order) {
        return MethodHandles.byteArrayViewVarHandle(type, order);
    }

    void reset(byte[] content, ByteOrder order) {
        bytes = content;
        big = order == ByteOrder.BIG_ENDIAN;
    }

    int u8(int index) {
        return bytes[index] & 0xff;
    }

    int u16(int index) {
        return (short) (big ? SHORT_BE : SHORT_LE).get(bytes, index) & 0xffff;
    }

    long u32(int index) {
        return (int) (big ? INT_BE : INT_LE).get(bytes, index) & 0xffffffffL;
    }

    /** As a bit pattern. */
    long u64(int index) {
        return (long) (big ? LONG_BE : LONG_LE).get(bytes, index);
    }

    /** A 32-bit number in network order, whatever the host: an IPv4 address. */
    long be32(int index) {
        return (int) INT_BE.get(bytes, index) & 0xffffffffL;
    }

    /** A 64-bit number in network order: half of an IPv6 address. */
    long be64(int index) {
        return (long) LONG_BE.get(bytes, index);
    }

    /**
     * A C bit-field. The compiler counts bits from the other end on big-endian machines.
     *
     * @param unit the number that holds it
     * @param size bits of that number: 8 or 32
     * @param bit number of the field's first bit on a little-endian machine
     */
    long bits(long unit, int size, int bit, int width) {
        int shift = big ? size - bit - width : bit;
        return unit >> shift & (1L << width) - 1;
    }
}
