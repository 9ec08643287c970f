package io.tcpsnap.duckdb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes texts into the cells of VARCHAR vectors, without a call into DuckDB for each. Not for more than one thread.
 *
 * <pre>
 * u32 length   char[12] the text, zeros behind it          up to twelve bytes
 * u32 length   char[4] its beginning   u64 address of it   longer ones
 * </pre>
 */
final class TextCells {
    static final int WIDTH = 16;
    static final int POINTER = 8;
    private static final int INLINED = 12;
    /** What is longer comes once, mostly. */
    private static final int LONGEST = 64;

    private static final int SLOTS = 1 << 12;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[][] texts = new byte[SLOTS][];
    private final long[] addresses = new long[SLOTS];

    /**
     * Writes the first {@code rows} texts, which are UTF-8; null where a row has none.
     *
     * @param first row of the first of them in the vector
     */
    void write(byte[][] values, int rows, VectorMemory out, int first) {
        ByteBuffer data = out.data();
        byte[] last = null;
        long low = 0;
        long high = 0;
        for (int row = 0; row < rows; row++) {
            byte[] text = values[row];
            if (text == null) {
                continue;
            }
            if (text != last) {
                last = null;
                low = text.length | beginning(text) << 32;
                high = text.length <= INLINED ? inlined(text) : address(text);
                if (high == 0 && text.length > INLINED || !isAscii(text)) {
                    out.vector().setString(first + row, new String(text, StandardCharsets.UTF_8));
                    continue;
                }
                last = text;
            }
            data.putLong(WIDTH * (first + row), low);
            data.putLong(WIDTH * (first + row) + POINTER, high);
        }
    }

    /** The first four bytes as a number, the first of them the lowest; zeros behind the end. */
    private static long beginning(byte[] text) {
        return bytes(text, 0, Math.min(4, text.length));
    }

    /** Bytes four to twelve, in the same way. */
    private static long inlined(byte[] text) {
        return bytes(text, 4, text.length);
    }

    private static long bytes(byte[] text, int from, int to) {
        long value = 0;
        for (int i = to - 1; i >= from; i--) {
            value = value << 8 | text[i] & 0xff;
        }
        return value;
    }

    private static boolean isAscii(byte[] text) {
        long bits = 0;
        int i = 0;
        for (; i + 8 <= text.length; i += 8) {
            bits |= (long) LONG.get(text, i);
        }
        for (; i < text.length; i++) {
            bits |= text[i];
        }
        return (bits & HIGH_BITS) == 0;
    }

    /** Where a longer text is in memory; 0 for one that is to be copied. */
    private long address(byte[] text) {
        if (text.length > LONGEST || !isAscii(text)) {
            return 0;
        }
        int slot = slot(text);
        byte[] known = texts[slot];
        if (known != text) {
            if (known == null || !Arrays.equals(known, text)) {
                addresses[slot] = TextHeap.SHARED.address(text);
            }
            texts[slot] = text;
        }
        return addresses[slot];
    }

    private static int slot(byte[] text) {
        long hash = (long) LONG.get(text, text.length - 8);
        for (int i = 0; i < text.length - 8; i += 8) {
            hash = hash * 0x9e3779b97f4a7c15L + (long) LONG.get(text, i);
        }
        hash *= 0x9e3779b97f4a7c15L;
        return (int) (hash >>> 40 ^ hash >>> 20) & SLOTS - 1;
    }
}
