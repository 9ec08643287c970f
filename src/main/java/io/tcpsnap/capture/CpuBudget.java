package io.tcpsnap.capture;

/**
 * The CPU time of its thread that a source may take for one copy: a share of the time since the copy before, so that it is
 * the same share of a CPU whatever the interval. The first copy, and one after a long time, may take {@link #MOST}. What a
 * later copy takes above it, since a piece of work once begun is finished, the next ones go without.
 */
final class CpuBudget {
    /** Nanoseconds. */
    static final long MOST = 250_000_000L;

    private final double share;
    private boolean first = true;
    private long last;
    private long start;
    private long allowed;
    private long debt;

    /** @param share of one CPU: 0.01 is 1 % */
    CpuBudget(double share) {
        this.share = share;
    }

    /** Starts a copy. */
    void begin() {
        long now = Libc.clock(Libc.CLOCK_MONOTONIC);
        allowed = first ? MOST : Math.min(MOST, (long) ((now - last) * share)) - debt;
        last = now;
        start = Libc.clock(ProcessCalls.CLOCK_THREAD_CPUTIME_ID);
    }

    /** Whether less than this part of what the copy may take is spent. */
    boolean has(double part) {
        return spent() < allowed * part;
    }

    /** Ends a copy. */
    void end() {
        debt = first ? 0 : Math.max(0, spent() - allowed);
        first = false;
    }

    private long spent() {
        return Libc.clock(ProcessCalls.CLOCK_THREAD_CPUTIME_ID) - start;
    }
}
