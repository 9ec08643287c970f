package io.tcpsnap.output;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.Map;

/** Dates and times as DuckDB writes them: Java leaves seconds out and knows neither BC nor infinity. */
final class TimeText {
    private static final Map<LocalDate, String> INFINITE_DATES = Map.of(
            LocalDate.ofEpochDay(Integer.MAX_VALUE), "infinity",
            LocalDate.ofEpochDay(-Integer.MAX_VALUE), "-infinity");
    private static final Map<LocalDateTime, String> INFINITE_TIMES = Map.of(
            LocalDateTime.parse("+294247-01-10T04:00:54.775807"), "infinity",
            LocalDateTime.parse("-290308-12-21T19:59:05.224193"), "-infinity");

    private TimeText() {}

    static String of(LocalDate date) {
        String infinite = INFINITE_DATES.get(date);
        return infinite != null ? infinite : day(date) + era(date);
    }

    static String of(LocalDateTime time) {
        String infinite = INFINITE_TIMES.get(time);
        LocalDate date = time.toLocalDate();
        return infinite != null ? infinite : day(date) + ' ' + of(time.toLocalTime()) + era(date);
    }

    static String of(LocalTime time) {
        StringBuilder text = new StringBuilder(18);
        two(two(two(text, time.getHour()).append(':'), time.getMinute()).append(':'), time.getSecond());
        if (time.getNano() != 0) {
            text.append('.').append("%09d".formatted(time.getNano()).replaceFirst("0+$", ""));
        }
        return text.toString();
    }

    static String of(OffsetTime time) {
        return of(time.toLocalTime()) + offset(time.getOffset());
    }

    /** In UTC, whatever the zone of this machine: the same data are the same text everywhere. */
    static String of(OffsetDateTime time) {
        String text = of(time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime());
        return text.endsWith("infinity") ? text : text + "+00";
    }

    private static String day(LocalDate date) {
        int year = date.getYear() > 0 ? date.getYear() : 1 - date.getYear();
        StringBuilder text = new StringBuilder(10);
        text.append(year < 1000 ? "%04d".formatted(year) : String.valueOf(year)).append('-');
        return two(two(text, date.getMonthValue()).append('-'), date.getDayOfMonth())
                .toString();
    }

    private static String era(LocalDate date) {
        return date.getYear() > 0 ? "" : " (BC)";
    }

    /** {@code +02}, {@code +05:30}. */
    private static String offset(ZoneOffset offset) {
        return offset.equals(ZoneOffset.UTC) ? "+00" : offset.getId().replaceFirst(":00$", "");
    }

    private static StringBuilder two(StringBuilder text, int number) {
        return text.append(number < 10 ? "0" : "").append(number);
    }
}
