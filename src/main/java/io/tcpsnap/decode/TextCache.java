package io.tcpsnap.decode;

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
        if (length < 8 || length > LONGEST) {
            return Utf8.copy(bytes, from, to);
        }
        long hash = 0;
        for (int i = from; i < to - 8; i += 8) {
            hash = ConnHash.mix(hash ^ EightBytes.at(bytes, i));
        }
        int slot = (int) ConnHash.mix(hash ^ EightBytes.at(bytes, to - 8)) & SLOTS - 1;
        byte[] text = texts[slot];
        if (text == null || !equal(text, bytes, from, length)) {
            text = Utf8.copy(bytes, from, to);
            texts[slot] = text.length == length ? text : null; // else it was not in UTF-8
        }
        return text;
    }

    private static boolean equal(byte[] text, byte[] bytes, int from, int length) {
        if (text.length != length) {
            return false;
        }
        for (int i = 0; i < length - 8; i += 8) {
            if (EightBytes.at(text, i) != EightBytes.at(bytes, from + i)) {
                return false;
            }
        }
        return EightBytes.at(text, length - 8) == EightBytes.at(bytes, from + length - 8);
    }
}
