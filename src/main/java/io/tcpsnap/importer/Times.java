package io.tcpsnap.importer;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Times as people and scripts write them in names and between copies. Without a zone they are taken for UTC; all are in
 * the years 2001 to 2099.
 */
final class Times {
    private static final String CALENDAR =
            "(20\\d\\d)[-/.]?([01]\\d)[-/.]?([0-3]\\d)[T_ .-]{0,2}([0-2]\\d)[-:_.h]?([0-5]\\d)[-:_.m]?([0-6]\\d)"
                    + "(?:[.,](\\d{1,9}))?(?: ?(Z|UTC|GMT|[+-]\\d\\d:?\\d\\d)(?![\\w:]))?";
    private static final String EPOCH = "([1-3]\\d{9})(?:\\.(\\d{1,9})|(\\d{3}))?";
    private static final Pattern CALENDAR_IN_NAME = Pattern.compile("(?<!\\d)" + CALENDAR + "(?!\\d)");
    private static final Pattern EPOCH_IN_NAME = Pattern.compile("(?<![\\d.])" + EPOCH + "(?!\\d)");
    private static final Pattern CALENDAR_ALONE = Pattern.compile(CALENDAR);
    private static final Pattern EPOCH_ALONE = Pattern.compile("@?" + EPOCH);
    private static final Pattern AROUND = Pattern.compile(
            "^[\\s=#*\\[({>-]*(?:(?:zzz|time(?:stamp)?|date|ts)[\\s:=*]*)?|[\\s=#*\\])}:<-]*$",
            Pattern.CASE_INSENSITIVE);
    /** What date(1) prints, in the C and in the American locale, and ctime(3). */
    private static final List<DateTimeFormatter> DATE = Stream.of(
                    "EEE MMM d HH:mm:ss z yyyy",
                    "EEE MMM d HH:mm:ss yyyy",
                    "EEE MMM d hh:mm:ss a z yyyy",
                    "EEE d MMM yyyy hh:mm:ss a z",
                    "EEE d MMM HH:mm:ss z yyyy",
                    "EEE d MMM yyyy HH:mm:ss z",
                    "EEE, d MMM yyyy HH:mm:ss Z")
            .map(form -> new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendPattern(form)
                    .toFormatter(Locale.ENGLISH))
            .toList();

    private static final int LONGEST = 100;

    private Times() {}

    /** The time in a name of a file or folder, or in a line between copies; null where there is none. */
    static Instant inName(String name) {
        Matcher calendar = CALENDAR_IN_NAME.matcher(name);
        if (calendar.find()) {
            return calendar(calendar);
        }
        Matcher epoch = EPOCH_IN_NAME.matcher(name);
        return epoch.find() ? epoch(epoch) : null;
    }

    /** The time that is all of a line but for marks around it, {@code === 1700000000} or what date prints; or null. */
    static Instant ofLine(String line) {
        if (line.length() > LONGEST) {
            return null;
        }
        String text = AROUND.matcher(line).replaceAll("").replaceAll("\\s+", " ");
        Matcher calendar = CALENDAR_ALONE.matcher(text);
        if (calendar.matches()) {
            return calendar(calendar);
        }
        Matcher epoch = EPOCH_ALONE.matcher(text);
        return epoch.matches() ? epoch(epoch) : date(text);
    }

    private static Instant date(String text) {
        if (text.length() < 20 || !Character.isLetter(text.charAt(0))) {
            return null;
        }
        for (DateTimeFormatter form : DATE) {
            try {
                TemporalAccessor time = form.parse(text);
                ZoneId zone = time.query(TemporalQueries.zone());
                return inRange(LocalDateTime.from(time)
                        .atZone(zone == null ? ZoneOffset.UTC : zone)
                        .toInstant());
            } catch (DateTimeException e) {
                // not this form
            }
        }
        return null;
    }

    private static Instant calendar(Matcher m) {
        try {
            int[] part = new int[6];
            for (int i = 0; i < 6; i++) {
                part[i] = Integer.parseInt(m.group(i + 1));
            }
            String zone = m.group(8);
            boolean offset = zone != null && (zone.startsWith("+") || zone.startsWith("-"));
            return inRange(LocalDateTime.of(part[0], part[1], part[2], part[3], part[4], part[5], nanos(m.group(7)))
                    .toInstant(offset ? ZoneOffset.of(zone) : ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Instant epoch(Matcher m) {
        return inRange(
                Instant.ofEpochSecond(Long.parseLong(m.group(1)), nanos(m.group(2) == null ? m.group(3) : m.group(2))));
    }

    private static int nanos(String digits) {
        return digits == null ? 0 : Integer.parseInt((digits + "00000000").substring(0, 9));
    }

    private static Instant inRange(Instant time) {
        int year = time.atOffset(ZoneOffset.UTC).getYear();
        return year >= 2001 && year <= 2099 ? time : null;
    }
}
