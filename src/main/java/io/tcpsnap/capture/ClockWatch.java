package io.tcpsnap.capture;

import java.util.Locale;
import java.util.function.BiConsumer;

/**
 * Notices that the wall clock was set, and that the machine was suspended, by how the clocks of the kernel drift apart. NTP
 * bends the wall clock by at most 1 in 2000 (MAXFREQ in include/linux/timex.h), which is no step.
 */
final class ClockWatch {
    /** Less is chance: the clocks are read one behind the other, and the thread may wait in between. */
    private static final long NOISE = 50_000_000L;

    private static final long BEND = 1000;

    private final BiConsumer<String, String> events;
    private boolean begun;
    private long monotonic;
    private long wall;
    private long boot;

    /** @param events hears kind and detail */
    ClockWatch(BiConsumer<String, String> events) {
        this.events = events;
    }

    /** Reads the clocks, again where the thread was held up between them. */
    void look() {
        for (int i = 0; i < 3; i++) {
            long now = Libc.clock(Libc.CLOCK_MONOTONIC);
            long realtime = Libc.clock(Libc.CLOCK_REALTIME);
            long boottime = Libc.clock(Libc.CLOCK_BOOTTIME);
            if (Libc.clock(Libc.CLOCK_MONOTONIC) - now < NOISE / 10) {
                observe(now, realtime, boottime);
                return;
            }
        }
    }

    /** Takes readings of the same moment. A suspended machine's wall clock goes on: that is no step. */
    void observe(long now, long realtime, long boottime) {
        if (begun) {
            long slept = boottime - now - boot;
            long stepped = realtime - boottime - wall;
            long noise = NOISE + (now - monotonic) / BEND;
            if (slept > noise) {
                events.accept("suspend", seconds(slept));
            }
            if (Math.abs(stepped) > noise) {
                events.accept("clock_step", seconds(stepped));
            }
        }
        begun = true;
        monotonic = now;
        wall = realtime - boottime;
        boot = boottime - now;
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%+.3f s", nanos / 1e9);
    }
}
