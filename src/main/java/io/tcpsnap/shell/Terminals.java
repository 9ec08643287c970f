package io.tcpsnap.shell;

import io.tcpsnap.output.Style;
import java.nio.charset.Charset;

/** What the launcher found out about standard input, output and error: testing for terminals costs Java more than it. */
public final class Terminals {
    private static final String TTY = System.getProperty("tcpsnap.tty", "");

    private Terminals() {}

    public static boolean isInput() {
        return TTY.contains("0");
    }

    public static boolean isOutput() {
        return TTY.contains("1");
    }

    public static boolean isError() {
        return TTY.contains("2");
    }

    /** Whether the terminal can do nothing but lines of text. */
    static boolean isDumb() {
        String type = System.getenv("TERM");
        return type == null || type.isEmpty() || type.startsWith("dumb");
    }

    /** The charset of standard output. */
    public static Charset charset() {
        String name = System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding"));
        return name != null && Charset.isSupported(name) ? Charset.forName(name) : nativeCharset();
    }

    private static Charset nativeCharset() {
        String name = System.getProperty("native.encoding");
        return name != null && Charset.isSupported(name) ? Charset.forName(name) : Charset.defaultCharset();
    }

    /** How tables are drawn on standard output. */
    public static Style style() {
        return new Style(charset().newEncoder().canEncode('│'));
    }
}
