package io.tcpsnap.capture;

import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * When the next tick is due and what it copies: the schedule, the periods of the sources, the CPU budget, and the higher rate
 * while a trigger holds and for a while after it.
 */
final class Pace {
    private final Pacing pacing;
    private final BiConsumer<String, String> events;
    private final CaptureSchedule schedule;
    private final DueSources sources;
    /** Null without a budget. */
    private final CpuGovernor governor;

    private long lastTick = -1;
    private long lastCpu;
    private Set<Trigger> holding = Set.of();
    private long fastUntil = Long.MIN_VALUE;

    /**
     * @param events hears kind and detail of each change
     * @param start CLOCK_MONOTONIC of the first tick
     */
    Pace(Pacing pacing, SourcePlan plan, BiConsumer<String, String> events, long start) {
        this.pacing = pacing;
        this.events = events;
        schedule = new CaptureSchedule(start, pacing.intervalNanos());
        sources = new DueSources(plan);
        governor = pacing.cpu() == Pacing.NO_BUDGET ? null : new CpuGovernor(pacing.cpu(), plan.names());
    }

    /** When the tick is due, CLOCK_MONOTONIC. */
    long due() {
        return schedule.due();
    }

    /** Scheduled ticks that were not taken since the one before. */
    long missed() {
        return schedule.missed();
    }

    /** The distance of ticks that is kept now. */
    long interval() {
        return schedule.interval();
    }

    /** Names of the sources that the tick copies; once for each tick. */
    Set<String> sources() {
        return sources.at(
                schedule.slot(), name -> governor == null ? 1 : governor.step().factor(name));
    }

    /**
     * Goes on after a tick.
     *
     * @param now CLOCK_MONOTONIC
     * @param cpu CPU time of the process so far
     * @param held triggers that hold, with what was measured
     * @return one that did not hold before, with what was measured; null without one
     */
    String ticked(long now, long cpu, Map<Trigger, String> held) {
        if (governor != null && lastTick >= 0 && governor.ticked(cpu - lastCpu, now - lastTick)) {
            events.accept("governor", governor.state());
        }
        lastTick = now;
        lastCpu = cpu;
        String began = note(held);
        if (!held.isEmpty()) {
            fastUntil = now + pacing.triggerNanos();
        }
        long interval = now < fastUntil ? pacing.triggerIntervalNanos() : pacing.intervalNanos();
        schedule.interval(interval * (governor == null ? 1 : governor.step().stretch()));
        schedule.advance(now);
        return began;
    }

    private String note(Map<Trigger, String> held) {
        String began = null;
        for (Map.Entry<Trigger, String> one : held.entrySet()) {
            if (!holding.contains(one.getKey())) {
                began = one.getValue();
                events.accept("trigger", began);
            }
        }
        for (Trigger trigger : holding) {
            if (!held.containsKey(trigger)) {
                events.accept("trigger_end", trigger.text());
            }
        }
        holding = Set.copyOf(held.keySet());
        return began;
    }
}
