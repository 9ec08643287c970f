package io.tcpsnap.redact;

import java.util.HashMap;
import java.util.Map;

/**
 * Pseudonyms of numbers of one kind: one to one, and with as many digits as the number has, so that columns stay where they are.
 * A Feistel network of six rounds over the numbers of one length. Not for more than one thread.
 */
final class Numbers {
    private static final int ROUNDS = 6;
    private static final int MAX_CACHED = 1 << 18;

    private final Key key;
    private final String kind;
    private final int radix;
    private final Map<Long, Long> cache = new HashMap<>();

    /** @param radix 10, or 16 for numbers that are printed in hexadecimal */
    Numbers(Key key, String kind, int radix) {
        this.key = key;
        this.kind = kind;
        this.radix = radix;
    }

    /** @param value unsigned; 0 stays 0, and a number of up to 32 bits has a pseudonym of up to 32 bits */
    long of(long value) {
        if (value == 0) {
            return 0;
        }
        Long known = cache.get(value);
        if (known == null) {
            if (cache.size() > MAX_CACHED) {
                cache.clear();
            }
            known = walk(value);
            cache.put(value, known);
        }
        return known;
    }

    private long walk(long value) {
        int digits = Long.toUnsignedString(value, radix).length();
        long first = power(digits - 1);
        if (value >>> 32 != 0 && first >>> 32 == 0) {
            first = 1L << 32;
        }
        long last = last(digits, value);
        int bits = 64 - Long.numberOfLeadingZeros(last - first);
        int half = Math.max(1, (bits + 1) / 2);
        long at = value - first;
        do {
            at = permuted(at, half, digits);
        } while (Long.compareUnsigned(at, last - first) > 0);
        return first + at;
    }

    private long power(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= radix;
        }
        return power;
    }

    /** The largest number of so many digits, on the same side of 2^32 as {@code value}. */
    private long last(int digits, long value) {
        boolean short32 = value >>> 32 == 0;
        if (short32) {
            return digits == Long.toUnsignedString(0xffffffffL, radix).length() ? 0xffffffffL : power(digits) - 1;
        }
        return digits == Long.toUnsignedString(-1L, radix).length() ? -1L : power(digits) - 1;
    }

    private long permuted(long value, int half, int digits) {
        long mask = half == 32 ? 0xffffffffL : (1L << half) - 1;
        long left = value >>> half & mask;
        long right = value & mask;
        for (int round = 0; round < ROUNDS; round++) {
            long next = left ^ key.number(kind + digits + ":" + half + ":" + round, right) & mask;
            left = right;
            right = next;
        }
        return left << half | right;
    }
}
