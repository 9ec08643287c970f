package io.tcpsnap.plot;

import java.util.Arrays;

/**
 * Values over time.
 *
 * @param times microseconds, ascending
 * @param values NaN where there is none
 */
public record Series(String name, long[] times, double[] values) {
    /** Two samples further apart than this many usual steps have a gap between them. */
    private static final double GAP_STEPS = 2.5;

    public int size() {
        return times.length;
    }

    /** The step beyond which samples have a gap between them: {@value #GAP_STEPS} times the usual one. */
    public static long gap(long[] times) {
        long[] steps = new long[Math.max(0, times.length - 1)];
        int count = 0;
        for (int i = 0; i < steps.length; i++) {
            long step = times[i + 1] - times[i];
            if (step > 0) {
                steps[count++] = step;
            }
        }
        if (count == 0) {
            return Long.MAX_VALUE;
        }
        Arrays.sort(steps, 0, count);
        return (long) (GAP_STEPS * steps[count / 2]);
    }

    double min() {
        return Arrays.stream(values).filter(v -> !Double.isNaN(v)).min().orElse(Double.NaN);
    }

    double max() {
        return Arrays.stream(values).filter(v -> !Double.isNaN(v)).max().orElse(Double.NaN);
    }

    /** The last value that there is. */
    double last() {
        for (int i = values.length - 1; i >= 0; i--) {
            if (!Double.isNaN(values[i])) {
                return values[i];
            }
        }
        return Double.NaN;
    }

    boolean isEmpty() {
        return Double.isNaN(max());
    }
}
