package io.tcpsnap.pins;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people write them: {@code 500ms}, {@code 30s}, {@code 1m30s}, {@code 2h}. */
public final class Span {
    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(us|ms|s|min|m|h|d)");

    private Span() {}

    /** @throws IllegalArgumentException where it is none; the message is for the user */
    public static Duration parse(String text) {
        Matcher part = PART.matcher(text);
        double nanos = 0;
        int at = 0;
        while (part.find() && part.start() == at) {
            nanos += Double.parseDouble(part.group(1)) * nanos(part.group(2));
            at = part.end();
        }
        if (at == 0 || at < text.length()) {
            throw new IllegalArgumentException("'" + text + "' is no length of time: write 500ms, 30s, 5m or 1h");
        }
        return Duration.ofNanos(Math.round(nanos));
    }

    private static double nanos(String unit) {
        return switch (unit) {
            case "us" -> 1e3;
            case "ms" -> 1e6;
            case "s" -> 1e9;
            case "m", "min" -> 60e9;
            case "h" -> 3600e9;
            default -> 86400e9;
        };
    }

    /** {@code 30s}, {@code 1m30s}, {@code 250ms}. */
    public static String text(Duration length) {
        StringBuilder text = new StringBuilder();
        append(text, length.toDays(), "d");
        append(text, length.toHoursPart(), "h");
        append(text, length.toMinutesPart(), "m");
        long micros = length.toNanosPart() / 1000;
        if (micros == 0) {
            append(text, length.toSecondsPart(), "s");
        } else if (length.toSecondsPart() == 0) {
            text.append(micros % 1000 == 0 ? micros / 1000 + "ms" : micros + "us");
        } else {
            text.append("%d.%06d".formatted(length.toSecondsPart(), micros).replaceFirst("0+$", ""))
                    .append('s');
        }
        return text.isEmpty() ? "0s" : text.toString();
    }

    private static void append(StringBuilder text, long count, String unit) {
        if (count > 0) {
            text.append(count).append(unit);
        }
    }
}
