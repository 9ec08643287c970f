package io.tcpsnap.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times on the command line: {@code 10ms}, {@code 1.5s}, {@code 10m}, {@code 24h}, {@code 7d}. */
final class Duration {
    private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h|d)");

    private Duration() {}

    /** In nanoseconds; throws IllegalArgumentException with the reason. */
    static long nanos(String text) {
        Matcher m = FORM.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no time: write 10ms, 1s, 5m, 24h or 7d");
        }
        double unit = switch (m.group(2)) {
            case "ms" -> 1e6;
            case "s" -> 1e9;
            case "m" -> 60e9;
            case "h" -> 3600e9;
            default -> 86400e9;
        };
        return Math.round(Double.parseDouble(m.group(1)) * unit);
    }
}
