package io.tcpsnap.output;

/** Text whose control characters are shown instead of sent, so that data cannot drive the terminal. */
public final class Visible {
    private Visible() {}

    /** On one line: line feeds and tabs are shown as {@code \n} and {@code \t} too. */
    public static String line(CharSequence text) {
        return escape(text, "");
    }

    /** Lines stay lines; tabs stay tabs. */
    public static String lines(CharSequence text) {
        return escape(text, "\n\t");
    }

    private static String escape(CharSequence text, String kept) {
        StringBuilder safe = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = !isControl(c) || kept.indexOf(c) >= 0;
            if (!plain && safe == null) {
                safe = new StringBuilder(text.length() + 8).append(text, 0, i);
            }
            if (safe != null) {
                safe.append(plain ? String.valueOf(c) : escape(c));
            }
        }
        return safe == null ? text.toString() : safe.toString();
    }

    /** Control characters, line separators, and what turns the direction of writing. */
    private static boolean isControl(char c) {
        return Character.isISOControl(c)
                || c == '\u061c'
                || c == '\u200e'
                || c == '\u200f'
                || c == '\u2028'
                || c == '\u2029'
                || (c >= '\u202a' && c <= '\u202e')
                || (c >= '\u2066' && c <= '\u2069');
    }

    private static String escape(char c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case 0x1b -> "\\e";
            default -> (c < 0x100 ? "\\x%02x" : "\\u%04x").formatted((int) c);
        };
    }
}
