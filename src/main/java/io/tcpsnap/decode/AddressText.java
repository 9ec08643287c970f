package io.tcpsnap.decode;

import java.nio.charset.StandardCharsets;

/**
 * Addresses as text: IPv4 dotted, IPv6 by RFC 5952, IPv4-mapped ones as {@code ::ffff:a.b.c.d}. Keeps the texts of recent
 * addresses, since the same ones come with every tick. Not for more than one thread.
 */
final class AddressText {
    private static final int SLOTS = 1 << 12;

    private final long[] his = new long[SLOTS];
    private final long[] los = new long[SLOTS];
    private final boolean[] v6s = new boolean[SLOTS];
    private final byte[][] texts = new byte[SLOTS][];

    /**
     * @param hi first eight bytes of an IPv6 address, in network order; 0 for IPv4
     * @param lo last eight bytes, or the IPv4 address in the low 32 bits
     */
    byte[] of(boolean v6, long hi, long lo) {
        int slot = (int) (ConnHash.mix(hi * 31 + lo + (v6 ? 1 : 0)) & (SLOTS - 1));
        byte[] text = texts[slot];
        if (text == null || his[slot] != hi || los[slot] != lo || v6s[slot] != v6) {
            text = format(v6, hi, lo).getBytes(StandardCharsets.US_ASCII);
            his[slot] = hi;
            los[slot] = lo;
            v6s[slot] = v6;
            texts[slot] = text;
        }
        return text;
    }

    static String format(boolean v6, long hi, long lo) {
        if (!v6) {
            return dotted(lo);
        }
        if (hi == 0 && lo >>> 32 == 0xffff) {
            return "::ffff:" + dotted(lo);
        }
        int[] groups = new int[8];
        for (int i = 0; i < 4; i++) {
            groups[i] = (int) (hi >>> 48 - 16 * i) & 0xffff;
            groups[i + 4] = (int) (lo >>> 48 - 16 * i) & 0xffff;
        }
        return groups(groups);
    }

    private static String dotted(long v4) {
        return (v4 >>> 24 & 0xff) + "." + (v4 >>> 16 & 0xff) + "." + (v4 >>> 8 & 0xff) + "." + (v4 & 0xff);
    }

    /** The longest run of two or more zero groups becomes {@code ::}, the first of equal ones (RFC 5952, 4.2). */
    private static String groups(int[] groups) {
        int best = -1;
        int bestLength = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > bestLength) {
                best = i;
                bestLength = end - i;
            }
        }
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < 8; i++) {
            if (i == best) {
                text.append("::");
                i += bestLength - 1;
            } else {
                if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                    text.append(':');
                }
                text.append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }
}
