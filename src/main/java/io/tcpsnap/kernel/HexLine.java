package io.tcpsnap.kernel;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a log: maybe a time, in UTC where it names no zone or in seconds since the epoch, and bytes in hexadecimal, with
 * or without something between them.
 *
 * @param when null where the line has no time
 */
public record HexLine(Instant when, byte[] bytes) {
    private static final Pattern TIME = Pattern.compile("[\\s\\[(]*(?:"
            + "(20\\d\\d-[01]\\d-[0-3]\\d)[T ]([0-2]\\d:[0-5]\\d:[0-6]\\d)(?:[.,](\\d{1,9}))?(Z|[+-]\\d\\d:?\\d\\d)?"
            + "|@?([1-3]\\d{9})(?:[.,](\\d{1,9}))?)[\\])]?:?\\s+(?=\\S)");
    private static final Pattern BETWEEN = Pattern.compile("0[xX]|\\\\x|[\\s:,]");
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]+");

    /** Null where the line is no such. */
    public static HexLine of(String line) {
        Matcher time = TIME.matcher(line);
        boolean timed = time.lookingAt();
        String hex = BETWEEN.matcher(line.substring(timed ? time.end() : 0)).replaceAll("");
        if (hex.length() % 2 != 0 || !HEX.matcher(hex).matches()) {
            return null;
        }
        return new HexLine(timed ? instant(time) : null, HexFormat.of().parseHex(hex));
    }

    private static Instant instant(Matcher time) {
        try {
            if (time.group(5) != null) {
                return Instant.ofEpochSecond(Long.parseLong(time.group(5)), nanos(time.group(6)));
            }
            String zone = time.group(4);
            return LocalDateTime.parse(time.group(1) + "T" + time.group(2))
                    .toInstant(zone == null || zone.equals("Z") ? ZoneOffset.UTC : ZoneOffset.of(zone))
                    .plusNanos(nanos(time.group(3)));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static int nanos(String digits) {
        return digits == null ? 0 : Integer.parseInt((digits + "00000000").substring(0, 9));
    }
}
