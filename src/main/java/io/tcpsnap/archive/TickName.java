package io.tcpsnap.archive;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of tick folders: UTC time to the nanosecond, {@code 20261122T074200.123456789Z}. */
final class TickName {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);
    private static final Pattern NAME =
            Pattern.compile("(\\d{4})(\\d\\d)(\\d\\d)T(\\d\\d)(\\d\\d)(\\d\\d)(?:\\.(\\d{1,9}))?Z");

    private TickName() {}

    static String of(long realtimeNanos) {
        long nanos = Math.floorMod(realtimeNanos, 1_000_000_000L);
        String digits = Long.toString(1_000_000_000L + nanos).substring(1);
        return seconds(realtimeNanos) + "." + digits + "Z";
    }

    /** Without the fraction: {@code 20261122T074200}. */
    static String seconds(long realtimeNanos) {
        return SECONDS.format(Instant.ofEpochSecond(Math.floorDiv(realtimeNanos, 1_000_000_000L)));
    }

    static boolean matches(String name) {
        return NAME.matcher(name).matches();
    }

    /** Nanoseconds since the epoch of a name that {@link #matches}; throws IOException where there is no such time. */
    static long parse(String name) throws IOException {
        Matcher m = NAME.matcher(name);
        if (!m.matches()) {
            throw new IOException("its name is no time");
        }
        String fraction = m.group(7) == null ? "0" : m.group(7);
        String iso = m.group(1) + "-" + m.group(2) + "-" + m.group(3) + "T" + m.group(4) + ":" + m.group(5) + ":"
                + m.group(6) + "." + fraction + "Z";
        try {
            Instant instant = Instant.parse(iso);
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
        } catch (DateTimeException | ArithmeticException e) {
            throw new IOException("its name is no time that can be", e);
        }
    }
}
