package io.tcpsnap.archive;

import java.util.regex.Pattern;

/** Names and texts out of an input, fit for a message of one line on a terminal. */
public final class Printable {
    /** Control characters, line separators, and what turns the direction of writing. */
    private static final Pattern CONTROL =
            Pattern.compile("[\\p{Cc}\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]");

    private Printable() {}

    /** The text with a question mark for each character that a terminal obeys. */
    public static String of(String text) {
        return text == null ? null : CONTROL.matcher(text).replaceAll("?");
    }
}
