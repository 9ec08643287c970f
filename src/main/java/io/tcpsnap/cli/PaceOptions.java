package io.tcpsnap.cli;

import io.tcpsnap.capture.Pacing;
import io.tcpsnap.capture.SourcePlan;
import io.tcpsnap.capture.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Options of {@code record} about how often, beside the interval itself. */
final class PaceOptions {
    private static final Pattern SHARE = Pattern.compile("(\\d+(?:\\.\\d+)?)%");

    @Option(
            names = "--cpu",
            paramLabel = "SHARE",
            description =
                    "CPU time to use at most, of one CPU: 2%%. Where it gets short, /proc/net/tcp is copied at every"
                            + " tenth tick only, then owner, sockopt and mptcp too, then the interval grows.")
    private String cpu;

    @Option(
            names = "--trigger",
            paramLabel = "CONDITION",
            description = "Tick faster while this holds: 'TcpExt.ListenDrops > 10/s', 'SYN_RECV > 500',"
                    + " 'retransmits > 2%%'; with --ring, dump when it begins to. May be given several times.")
    private List<String> conditions = List.of();

    @Option(
            names = "--trigger-interval",
            paramLabel = "TIME",
            description = "Distance of ticks then; a tenth of --interval where not given, at least 10ms.")
    private String triggerInterval;

    @Option(
            names = "--trigger-for",
            paramLabel = "TIME",
            description = "How long after a condition held last; 1m where not given.")
    private String triggerFor = "1m";

    /**
     * Throws IllegalArgumentException with the option and the reason.
     *
     * @param interval distance of ticks in nanoseconds
     * @param shortest that may be
     */
    Pacing pacing(long interval, long shortest, SourcePlan plan) {
        return new Pacing(interval, budget(), triggers(plan), shorter(interval, shortest), Duration.nanos(triggerFor));
    }

    private double budget() {
        if (cpu == null) {
            return Pacing.NO_BUDGET;
        }
        Matcher m = SHARE.matcher(cpu);
        double share = m.matches() ? Double.parseDouble(m.group(1)) / 100 : 0;
        if (share <= 0) {
            throw new IllegalArgumentException("--cpu: '" + cpu + "' is no share of a CPU: write 2% or 0.5%");
        }
        return share;
    }

    private List<Trigger> triggers(SourcePlan plan) {
        List<Trigger> triggers = new ArrayList<>();
        for (String condition : conditions) {
            Trigger trigger = trigger(condition);
            if (!plan.periods().containsKey(trigger.source())) {
                throw new IllegalArgumentException(
                        "--trigger: '" + trigger.text() + "' needs the source " + trigger.source());
            }
            triggers.add(trigger);
        }
        return triggers;
    }

    private static Trigger trigger(String condition) {
        try {
            return Trigger.parse(condition);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--trigger: " + e.getMessage(), e);
        }
    }

    private long shorter(long interval, long shortest) {
        if (triggerInterval == null) {
            return Math.max(shortest, interval / 10);
        }
        long shorter = Duration.nanos(triggerInterval);
        if (shorter < shortest || shorter > interval) {
            throw new IllegalArgumentException("--trigger-interval must be at least 10ms and at most --interval");
        }
        return shorter;
    }
}
