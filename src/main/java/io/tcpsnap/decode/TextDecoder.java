package io.tcpsnap.decode;

import java.util.Arrays;

/** A decoder of lines of words. Splits lines into tokens; the parse methods note what is no number in {@link #bad}. */
abstract class TextDecoder extends Decoder {
    private static final byte[] HEX = new byte[256];

    static {
        Arrays.fill(HEX, (byte) -1);
        for (int i = 0; i < 16; i++) {
            HEX[Character.forDigit(i, 16)] = (byte) i;
            HEX[Character.toUpperCase(Character.forDigit(i, 16))] = (byte) i;
        }
    }

    /** Where the current line starts and ends, without its line feed. */
    protected int lineStart;

    protected int lineEnd;
    /** Whether the line had no line feed: the input ends in it. */
    protected boolean cut;
    /** Where each token starts, and ends. */
    protected int[] from = new int[32];

    protected int[] to = new int[32];
    protected int tokens;
    /** Whether a parse method met something that is no number, since it was last set to false. */
    protected boolean bad;

    TextDecoder(ProblemSink problems) {
        super(problems);
    }

    /** Moves to the next line; false at the end of the input. */
    protected final boolean nextLine() {
        if (at >= end) {
            return false;
        }
        lineStart = at;
        int i = at;
        while (i < end && bytes[i] != '\n') {
            i++;
        }
        lineEnd = i;
        cut = i == end;
        at = i + 1;
        return true;
    }

    /** Splits the current line from {@code start} on at blanks. */
    protected final void split(int start) {
        tokens = 0;
        splitMore(start);
    }

    /** Adds the tokens of the current line from {@code start} on. */
    protected final void splitMore(int start) {
        int i = start;
        while (true) {
            while (i < lineEnd && isBlank(bytes[i])) {
                i++;
            }
            if (i >= lineEnd) {
                return;
            }
            if (tokens == from.length) {
                from = Arrays.copyOf(from, 2 * tokens);
                to = Arrays.copyOf(to, 2 * tokens);
            }
            from[tokens] = i;
            while (i < lineEnd && !isBlank(bytes[i])) {
                i++;
            }
            to[tokens++] = i;
        }
    }

    /** Where the words of a line begin: behind the marks by which a mail program shows that it quotes. */
    protected final int unquoted(int start) {
        int i = start;
        while (i < end && (bytes[i] == ' ' || bytes[i] == '>')) {
            i++;
        }
        return i;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r';
    }

    protected final void lineProblem(String reason) {
        problem(lineStart, lineEnd, reason);
    }

    /** Reports a line that decodes and is the last, without a line feed: every file of /proc ends with one. */
    protected final void noteCut() {
        if (cut) {
            lineProblem("the input ends in this row: its last word may be cut short");
        }
    }

    /** Unsigned hexadecimal of 1 to 16 digits, all of {@code [a, b)}. */
    protected final long hex(int a, int b) {
        long value = 0;
        bad |= a >= b || b - a > 16;
        for (int i = a; i < b; i++) {
            int digit = HEX[bytes[i] & 0xff];
            bad |= digit < 0;
            value = value << 4 | digit;
        }
        return value;
    }

    /** Unsigned hexadecimal of at most 8 digits. */
    protected final long hex32(int a, int b) {
        bad |= b - a > 8;
        return hex(a, b);
    }

    /** Unsigned decimal of a token, up to 2^64-1 as a bit pattern. */
    protected final long unsigned(int token) {
        return unsigned(from[token], to[token]);
    }

    protected final long unsigned(int a, int b) {
        long value = 0;
        bad |= a >= b || b - a > 20;
        for (int i = a; i < b; i++) {
            int digit = bytes[i] - '0';
            bad |= digit < 0 || digit > 9;
            if (i - a == 19) {
                // the twentieth digit must not carry over 2^64
                bad |= Long.compareUnsigned(value, Long.divideUnsigned(-1L - digit, 10)) > 0;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** Decimal of a token with an optional minus, in the range of a long. */
    protected final long signed(int token) {
        boolean minus = from[token] < to[token] && bytes[from[token]] == '-';
        long value = unsigned(from[token] + (minus ? 1 : 0), to[token]);
        bad |= value < 0;
        return minus ? -value : value;
    }

    /** Unsigned decimal of a token, at most {@code max}. */
    protected final long atMost(int token, long max) {
        return atMost(from[token], to[token], max);
    }

    protected final long atMost(int a, int b, long max) {
        long value = unsigned(a, b);
        bad |= value < 0 || value > max;
        return value;
    }

    protected final boolean is(int token, String text) {
        int length = to[token] - from[token];
        if (length != text.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[from[token] + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a token starts as a number does. */
    protected final boolean isNumber(int token) {
        byte first = bytes[from[token]];
        return first >= '0' && first <= '9' || first == '-';
    }

    /** A copy in UTF-8, whatever the bytes. */
    protected final byte[] text(int a, int b) {
        return Utf8.copy(bytes, a, b);
    }
}
