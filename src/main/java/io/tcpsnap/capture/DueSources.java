package io.tcpsnap.capture;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Which sources a tick copies: each at the first tick, and then whenever the schedule enters another run of as many slots as
 * its period is long; so a missed slot delays it to the next tick and not by a whole period.
 */
final class DueSources {
    private final Map<String, Integer> periods;
    private final Map<String, Long> last = new HashMap<>();

    DueSources(SourcePlan plan) {
        periods = plan.periods();
    }

    /**
     * Those of a tick, which count as copied from now on.
     *
     * @param slot of the schedule; higher than that of the call before
     * @param factor by which the period of a source is longer now
     */
    Set<String> at(long slot, ToIntFunction<String> factor) {
        Set<String> due = new HashSet<>();
        periods.forEach((name, period) -> {
            long length = (long) period * factor.applyAsInt(name);
            Long before = last.get(name);
            if (before == null || slot / length > before / length) {
                last.put(name, slot);
                due.add(name);
            }
        });
        return due;
    }
}
