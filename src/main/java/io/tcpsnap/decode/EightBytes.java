package io.tcpsnap.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight characters at once, the first in the lowest byte of a long: one step for each eight, and no table. */
final class EightBytes {
    static final long BLANKS = 0x2020202020202020L;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long ONES = 0x0101010101010101L;

    private EightBytes() {}

    static long at(byte[] bytes, int index) {
        return (long) LONG.get(bytes, index);
    }

    /** Four of them, in the lower half. */
    static long fourAt(byte[] bytes, int index) {
        return (int) INT.get(bytes, index) & 0xffffffffL;
    }

    /** Two of them, in the lowest quarter. */
    static long twoAt(byte[] bytes, int index) {
        return (short) SHORT.get(bytes, index) & 0xffffL;
    }

    /** Not 0 where one of them is no hexadecimal digit: a bit for each such. */
    static long notHex(long eight) {
        // sums that pass 0x7f set a byte's high bit; none carries into the next, as long as no byte had it before
        long letters = eight | ONES * 0x20;
        long digit = eight + ONES * (0x80 - '0') & ~(eight + ONES * (0x7f - '9'));
        long letter = letters + ONES * (0x80 - 'a') & ~(letters + ONES * (0x7f - 'f'));
        return (~(digit | letter) | eight) & HIGH_BITS;
    }

    /** The number that eight hexadecimal digits are. */
    static long hex(long eight) {
        long nibbles = (eight & ONES * 0x0f) + (eight >>> 6 & ONES) * 9;
        long v = Long.reverseBytes(nibbles);
        v = (v | v >>> 4) & 0x00ff00ff00ff00ffL;
        v = (v | v >>> 8) & 0x0000ffff0000ffffL;
        return (v | v >>> 16) & 0xffffffffL;
    }

    /** Whether none of them is beyond ASCII. */
    static boolean areAscii(long eight) {
        return (eight & HIGH_BITS) == 0;
    }
}
