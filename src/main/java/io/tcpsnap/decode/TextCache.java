package io.tcpsnap.decode;

import java.util.Arrays;

/**
 * Short texts that come again and again, each as one array, so that none is made for each row. Not for more than one
 * thread.
 */
final class TextCache {
    private static final int SLOTS = 1 << 12;
    private static final int LONGEST = 64;

    private final byte[][] texts = new byte[SLOTS][];

    /** The bytes {@code [from, to)} in UTF-8, as {@link Utf8#copy} makes it; not to be changed. */
    byte[] of(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length > LONGEST) {
            return Utf8.copy(bytes, from, to);
        }
        int slot = (int) hash(bytes, from, to) & SLOTS - 1;
        byte[] text = texts[slot];
        if (text == null || !Arrays.equals(text, 0, text.length, bytes, from, to)) {
            text = Utf8.copy(bytes, from, to);
            texts[slot] = text.length == length ? text : null; // else it was not in UTF-8
        }
        return text;
    }

    private static long hash(byte[] bytes, int from, int to) {
        long hash = 0;
        int i = from;
        for (; i + 8 <= to; i += 8) {
            hash = ConnHash.mix(hash ^ EightBytes.at(bytes, i));
        }
        long rest = 0;
        for (; i < to; i++) {
            rest = rest << 8 | bytes[i] & 0xff;
        }
        return ConnHash.mix(hash ^ rest);
    }
}
