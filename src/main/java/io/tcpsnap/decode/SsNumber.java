package io.tcpsnap.decode;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers as ss prints them, in the units of the kernel. What is none, or does not fit, is {@link #NONE}; what was rounded
 * so that the value is lost is {@link #ROUNDED}.
 */
final class SsNumber {
    /** Both are impossible as values: none of what ss prints has all of the 63 upper bits set. */
    static final long NONE = -1;

    static final long ROUNDED = -2;
    static final long U32 = 0xffffffffL;

    /** {@code %g}: at most six digits. */
    private static final Pattern G = Pattern.compile("[0-9]{1,10}(\\.[0-9]{1,10})?(e[+-][0-9]{2})?");

    private static final Pattern RATE = Pattern.compile("([0-9]{1,21}|[0-9]{1,9}(?:\\.[0-9]+)?)([kKMGT]?)bps");
    /** print_ms_timer(): minutes, seconds, milliseconds. {@code 1.508ms} is 1.508 s. */
    private static final Pattern TIMER = Pattern.compile(
            "(?:([0-9]{1,7})min)?(?:([0-9]{1,2})(?:sec|(?=\\.)))?(?:([0-9]{1,3})ms|\\.([0-9]{3})(?:ms|sec))?");

    private SsNumber() {}

    /** Unsigned decimal up to {@code max}, which is at least 0. */
    static long count(String text, long max) {
        return radix(text, 10, max);
    }

    /** Unsigned decimal up to 2^63-1: no counter gets there. */
    static long count(String text) {
        return radix(text, 10, Long.MAX_VALUE);
    }

    /** 32 bits by {@code %d}: ss prints the upper half of an unsigned queue below 0. */
    static long queue(String text) {
        if (!text.startsWith("-")) {
            return count(text, U32);
        }
        long below = count(text.substring(1), 1L << 31);
        return below > 0 ? U32 + 1 - below : NONE;
    }

    /** {@code %#x}, which prints 0 as {@code 0}. */
    static long hex(String text, long max) {
        return radix(text.startsWith("0x") ? text.substring(2) : text, 16, max);
    }

    private static long radix(String text, int radix, long max) {
        if (text.isEmpty() || text.length() > 19 || Character.digit(text.charAt(0), radix) < 0) {
            return NONE;
        }
        try {
            long value = Long.parseLong(text, radix);
            return value <= max ? value : NONE;
        } catch (NumberFormatException e) {
            return NONE;
        }
    }

    /** Milliseconds by {@code %g}, as microseconds of 32 bits: exact below 1 s, from there on to six digits. */
    static long micros(String text) {
        return scaled(text, 1000);
    }

    /** A gain by {@code %g}, as the fixed-point number with 8 bits that it was: six digits determine it. */
    static long gain(String text) {
        return scaled(text, 256);
    }

    private static long scaled(String text, int factor) {
        if (!G.matcher(text).matches()) {
            return NONE;
        }
        long value = Math.round(new BigDecimal(text).doubleValue() * factor);
        return value <= U32 ? value : NONE;
    }

    /** Bits per second as bytes per second; with a prefix they were rounded to three digits or to one decimal. */
    static long bytesPerSecond(String text) {
        Matcher rate = RATE.matcher(text);
        if (!rate.matches()) {
            return NONE;
        }
        long bits = count(rate.group(1));
        boolean exact = rate.group(2).isEmpty() && bits >= 0 && bits % 8 == 0;
        return exact ? bits / 8 : ROUNDED;
    }

    /** Whole milliseconds, as microseconds. */
    static long wholeMillis(String text) {
        if (!text.endsWith("ms")) {
            return NONE;
        }
        long millis = count(text.substring(0, text.length() - 2), Long.MAX_VALUE / 1000);
        return millis < 0 ? NONE : millis * 1000;
    }

    /** The time of a timer in milliseconds; from 10 s on its milliseconds, from 10 min on its seconds are cut off. */
    static long timer(String text) {
        Matcher time = TIMER.matcher(text);
        if (!time.matches()) {
            return NONE;
        }
        long seconds = time.group(2) == null ? 0 : Long.parseLong(time.group(2));
        if (time.group(1) != null || seconds > 9) {
            return ROUNDED;
        }
        String millis = time.group(3) == null ? time.group(4) : time.group(3);
        return seconds * 1000 + (millis == null ? 0 : Long.parseLong(millis));
    }

    /** A socket's cookie. Old versions print the low word first, each with eight digits, of a kernel address. */
    static long cookie(String text) {
        if (!text.matches("[0-9a-f]{1,16}")) {
            return NONE;
        }
        long value = Long.parseUnsignedLong(text, 16);
        if (text.length() < 16 || text.startsWith("ffff")) {
            return value;
        }
        return text.startsWith("ffff", 8) ? Long.rotateLeft(value, 32) : ROUNDED;
    }
}
