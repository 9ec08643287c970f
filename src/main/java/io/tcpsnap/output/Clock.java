package io.tcpsnap.output;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/**
 * How times are shown; those of the database are UTC.
 *
 * @param zone the zone to show them in; UTC for no change
 * @param origin where seconds are counted from, null for times of the day
 */
public record Clock(ZoneId zone, LocalDateTime origin) {
    public static final Clock UTC = new Clock(ZoneOffset.UTC, null);

    /** The time of a moment in UTC; with its offset where that is not zero by the choice of the zone. */
    public String text(LocalDateTime utc) {
        String plain = TimeText.of(utc);
        if (plain.endsWith("infinity") || plain.endsWith("(BC)")) {
            return plain;
        }
        if (origin != null) {
            return seconds(utc);
        }
        if (zone.equals(ZoneOffset.UTC)) {
            return plain;
        }
        ZonedDateTime local = utc.atOffset(ZoneOffset.UTC).atZoneSameInstant(zone);
        String offset = local.getOffset().getId().replaceFirst(":00$", "").replace("Z", "+00");
        return TimeText.of(local.toLocalDateTime()) + offset;
    }

    /** {@code +12.500000 s}, to the microsecond. */
    private String seconds(LocalDateTime utc) {
        Duration since = Duration.between(origin, utc);
        long micros = Math.floorDiv(since.getNano(), 1000L) + since.getSeconds() * 1_000_000L;
        return "%s%d.%06d s"
                .formatted(micros < 0 ? "-" : "+", Math.abs(micros) / 1_000_000, Math.abs(micros) % 1_000_000);
    }
}
