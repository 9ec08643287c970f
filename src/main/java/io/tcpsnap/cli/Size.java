package io.tcpsnap.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes on the command line: {@code 64MB}, {@code 1.5GB}, {@code 512MiB}. */
final class Size {
    private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)([kMGT]?)(i?)B");

    private Size() {}

    static boolean matches(String text) {
        return FORM.matcher(text).matches();
    }

    /** In bytes; throws IllegalArgumentException with the reason. */
    static long bytes(String text) {
        Matcher m = FORM.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no size: write 500MB, 2GB or 64MiB");
        }
        int power = " kMGT".indexOf(m.group(2).isEmpty() ? " " : m.group(2));
        return Math.round(Double.parseDouble(m.group(1)) * Math.pow(m.group(3).isEmpty() ? 1000 : 1024, power));
    }
}
