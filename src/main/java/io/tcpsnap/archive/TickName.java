package io.tcpsnap.archive;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Names of tick folders: UTC time to the nanosecond, {@code 20261122T074200.123456789Z}. */
final class TickName {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);
    /** Of {@code 20261122} and {@code 20261122T074200}. */
    private static final int DATE_LENGTH = 8;

    private static final int SECONDS_LENGTH = 15;

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
        int length = name.length();
        boolean fits = length == SECONDS_LENGTH + 1 || length > SECONDS_LENGTH + 2 && length <= SECONDS_LENGTH + 11;
        if (!fits || name.charAt(length - 1) != 'Z' || name.charAt(DATE_LENGTH) != 'T') {
            return false;
        }
        for (int i = 0; i < length - 1; i++) {
            char c = name.charAt(i);
            boolean mark = i == DATE_LENGTH || i == SECONDS_LENGTH && c == '.';
            if (!mark && (c < '0' || c > '9')) {
                return false;
            }
        }
        return length == SECONDS_LENGTH + 1 || name.charAt(SECONDS_LENGTH) == '.';
    }

    /**
     * Nanoseconds since the epoch of a name that {@link #matches}; throws IOException where there is no such time. Every
     * tick that is read comes through here, and most programs read few: no parser that takes long to be compiled.
     */
    static long parse(String name) throws IOException {
        if (!matches(name)) {
            throw new IOException("its name is no time");
        }
        try {
            LocalDateTime time = LocalDateTime.of(
                    number(name, 0, 4),
                    number(name, 4, 6),
                    number(name, 6, 8),
                    number(name, 9, 11),
                    number(name, 11, 13),
                    number(name, 13, 15),
                    nanos(name));
            return Math.addExact(
                    Math.multiplyExact(time.toEpochSecond(ZoneOffset.UTC), 1_000_000_000L), time.getNano());
        } catch (DateTimeException | ArithmeticException e) {
            throw new IOException("its name is no time that can be", e);
        }
    }

    private static int number(String name, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            value = value * 10 + name.charAt(i) - '0';
        }
        return value;
    }

    /** The fraction: up to nine digits. */
    private static int nanos(String name) {
        int value = number(name, Math.min(SECONDS_LENGTH + 1, name.length() - 1), name.length() - 1);
        for (int digits = name.length() - SECONDS_LENGTH - 2; digits < 9; digits++) {
            value *= 10;
        }
        return value;
    }
}
