package io.tcpsnap.shell;

import io.tcpsnap.output.Clock;
import java.time.ZoneOffset;

/** Short names of moments on an axis: the time of day, with as much of date and fraction as the axis needs. */
final class Moments {
    private final Clock clock;
    private final long span;

    /** @param span of the axis, microseconds */
    Moments(Clock clock, long span) {
        this.clock = clock;
        this.span = span;
    }

    /** @param micros since the epoch, UTC */
    String label(long micros) {
        if (clock.origin() != null) {
            double seconds = (micros - PlotRows.micros(clock.origin())) / 1e6;
            return "%+.6f".formatted(seconds).replaceFirst("\\.?0+$", "") + "s";
        }
        String text = clock.text(PlotRows.time(micros));
        int fraction = text.indexOf('.');
        String second = text.substring(0, 19);
        if (span >= 3 * 86_400_000_000L) {
            return second.substring(5, 16);
        }
        String digits = fraction < 0 ? "" : text.substring(fraction).replaceFirst("[+-].*$", "");
        return second.substring(11) + (span < 10_000_000L ? digits : "");
    }

    /** A moment that has a round label. */
    long origin(long first) {
        if (clock.origin() != null) {
            return PlotRows.micros(clock.origin());
        }
        long offset = clock.zone()
                .getRules()
                .getOffset(PlotRows.time(first).toInstant(ZoneOffset.UTC))
                .getTotalSeconds();
        return -offset * 1_000_000L;
    }
}
