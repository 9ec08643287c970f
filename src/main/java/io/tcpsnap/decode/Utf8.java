package io.tcpsnap.decode;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Names as the kernel has them: any bytes, and mostly UTF-8. The kernel does not look (net/core/dev.c dev_valid_name()),
 * but SQL text must be UTF-8: a byte that is not comes out as {@code \xe9}, so that names stay different (but for one that
 * spells out such an escape).
 */
final class Utf8 {
    private Utf8() {}

    /** A copy of {@code [from, to)} that is UTF-8. */
    static byte[] copy(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] < 0) {
                return escape(ByteBuffer.wrap(bytes, from, to - from));
            }
        }
        return Arrays.copyOfRange(bytes, from, to);
    }

    private static byte[] escape(ByteBuffer in) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer chars = CharBuffer.allocate(in.remaining());
        StringBuilder text = new StringBuilder();
        while (true) {
            CoderResult result = decoder.reset().decode(in, chars, true);
            text.append(chars.flip());
            chars.clear();
            if (!result.isError()) {
                return text.toString().getBytes(StandardCharsets.UTF_8);
            }
            for (int i = 0; i < result.length(); i++) {
                text.append(String.format("\\x%02x", in.get()));
            }
        }
    }
}
