package io.tcpsnap.capture;

/**
 * When ticks are due: each one interval after the one before, whenever that was taken, so that no delay adds up. A tick whose
 * time passed while the one before it was taken is not made up for: the schedule goes on with the next one, and the gap is
 * counted. The interval may change from one tick to the next.
 */
final class CaptureSchedule {
    private long due;
    private long interval;
    private long slot;
    private long missed;

    /** @param start CLOCK_MONOTONIC of the first tick in nanoseconds, as the interval */
    CaptureSchedule(long start, long interval) {
        this.due = start;
        this.interval = interval;
    }

    /** When the current tick is due, CLOCK_MONOTONIC. */
    long due() {
        return due;
    }

    /** Number of the current tick among all that were scheduled, from 0. */
    long slot() {
        return slot;
    }

    /** Slots passed over before the current tick. */
    long missed() {
        return missed;
    }

    /** Distance of the current tick to the next. */
    long interval() {
        return interval;
    }

    void interval(long nanos) {
        interval = nanos;
    }

    /** Goes on after a tick that ended at {@code now}: to the next slot that has not passed. */
    void advance(long now) {
        long steps = Math.max(1, Math.floorDiv(now - due + interval - 1, interval));
        missed = steps - 1;
        slot += steps;
        due += steps * interval;
    }
}
