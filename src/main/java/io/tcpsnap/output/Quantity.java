package io.tcpsnap.output;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** A number with a unit, scaled for people: four digits that count. */
public final class Quantity {
    private static final String[] BYTES = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final String[] BITS = {"bit/s", "kbit/s", "Mbit/s", "Gbit/s", "Tbit/s", "Pbit/s", "Ebit/s"};
    private static final String[] TIMES = {"ns", "us", "ms", "s"};

    private Quantity() {}

    /**
     * {@code 1.183 MiB}, {@code 204 ms}, {@code 93.4 Mbit/s}, {@code 12 segments}; null for a unit that has no larger or
     * smaller ones, as a count: such a number is best as it is.
     *
     * @param unit as a column declares it
     */
    public static String of(double value, String unit) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return null;
        }
        return switch (unit) {
            case "bytes" -> scaled(value, 1024, BYTES);
            case "bytes/s" -> scaled(value * 8, 1000, BITS);
            case "ns" -> time(value);
            case "us" -> time(value * 1e3);
            case "ms" -> time(value * 1e6);
            case "s" -> time(value * 1e9);
            default -> null;
        };
    }

    private static String time(double nanos) {
        double seconds = Math.abs(nanos) / 1e9;
        if (seconds >= 2 * 86400) {
            return digits(nanos / 86400e9) + " d";
        } else if (seconds >= 2 * 3600) {
            return digits(nanos / 3600e9) + " h";
        } else if (seconds >= 10 * 60) {
            return digits(nanos / 60e9) + " min";
        }
        return nanos == 0 ? "0 s" : scaled(nanos, 1000, TIMES);
    }

    private static String scaled(double value, int step, String[] names) {
        double rest = value;
        int i = 0;
        while (i < names.length - 1 && Math.abs(rounded(rest).doubleValue()) >= step) {
            rest /= step;
            i++;
        }
        return digits(rest) + " " + names[i];
    }

    private static BigDecimal rounded(double value) {
        return new BigDecimal(value).round(new MathContext(4, RoundingMode.HALF_UP));
    }

    private static String digits(double value) {
        BigDecimal rounded = rounded(value);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
