package io.tcpsnap.archive;

/** Names and texts out of an input, fit for a message of one line on a terminal. */
public final class Printable {
    private Printable() {}

    /** The text with a question mark for each control character. */
    public static String of(String text) {
        return text == null ? null : text.replaceAll("\\p{Cc}", "?");
    }
}
