package io.tcpsnap.capture;

/**
 * When ticks are due: tick n at start + n * interval, so that no delay adds up. A tick whose time passed
 * while the one before it was taken is not made up for: the schedule goes on with the next one, and the gap is counted.
 */
final class CaptureSchedule {
    private final long start;
    private final long interval;
    private long slot;
    private long missed;

    /** @param start CLOCK_MONOTONIC of the first tick in nanoseconds, as the interval */
    CaptureSchedule(long start, long interval) {
        this.start = start;
        this.interval = interval;
    }

    /** When the current tick is due, CLOCK_MONOTONIC. */
    long due() {
        return start + slot * interval;
    }

    /** Slots passed over before the current tick. */
    long missed() {
        return missed;
    }

    /** Goes on after a tick that ended at {@code now}: to the next slot that has not passed. */
    void advance(long now) {
        long next = slot + 1;
        long current = Math.floorDiv(now - start + interval - 1, interval);
        missed = Math.max(0, current - next);
        slot = Math.max(next, current);
    }
}
