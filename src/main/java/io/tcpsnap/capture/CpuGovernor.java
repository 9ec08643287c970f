package io.tcpsnap.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Keeps the recorder's CPU time within a share of one CPU. A credit grows by the share of the time that passes, up to what
 * {@value #CREDIT_SECONDS} s are worth, and what the process uses is taken from it. Where it falls below three quarters, the
 * recording gets cheaper by one step, and by another while it still falls; where it has been full for a while, dearer by one
 * step. So over any time the process uses the share of it and about the credit at most.
 *
 * <p>Steps, those left out that change nothing: {@code tcp} and {@code tcp6}, which {@code diag} says better, at every tenth
 * tick only; {@code owner}, {@code sockopt} and {@code mptcp} at every tenth; then twice the interval, up to 64 times. What
 * starting costs is not counted.
 */
final class CpuGovernor {
    static final int CREDIT_SECONDS = 60;
    private static final int RARELY = 10;
    private static final int MOST_STRETCH = 64;
    private static final double LOW = 0.75;
    private static final double FULL = 0.95;
    /** How long a cheaper step stays at least; twice as long after each return that did not last. */
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private static final int MOST_PATIENCE = 32;

    /** A way to record: how much rarer some sources are copied, and how much longer the interval is. */
    record Step(Set<String> rare, int stretch) {
        int factor(String source) {
            return rare.contains(source) ? RARELY : 1;
        }

        @Override
        public String toString() {
            List<String> words = new ArrayList<>();
            if (!rare.isEmpty()) {
                words.add(String.join(", ", rare.stream().sorted().toList()) + " at every tenth tick");
            }
            if (stretch > 1) {
                words.add("the interval times " + stretch);
            }
            return words.isEmpty() ? "as asked for" : String.join(", ", words);
        }
    }

    private final double share;
    private final List<Step> steps;
    private final double capacity;
    private double credit;
    private int step;
    /** Since the last change. */
    private int ticks;

    private long stepNanos;
    private double creditBefore;
    private int patience = 1;
    /** Whether the last change was to a dearer step. */
    private boolean returned;

    /**
     * @param share of one CPU: 0.02 is 2 %
     * @param sources that are recorded
     */
    CpuGovernor(double share, Set<String> sources) {
        this.share = share;
        this.steps = steps(sources);
        this.capacity = share * CREDIT_SECONDS * 1e9;
        this.credit = capacity;
        this.creditBefore = capacity;
    }

    private static List<Step> steps(Set<String> sources) {
        List<Step> steps = new ArrayList<>(List.of(new Step(Set.of(), 1)));
        Set<String> rare = new TreeSet<>();
        List<String> text = sources.contains(Sources.DIAG) ? List.of("tcp", "tcp6") : List.of();
        for (List<String> group : List.of(text, List.of("owner", "sockopt", "mptcp"))) {
            if (rare.addAll(group.stream().filter(sources::contains).toList())) {
                steps.add(new Step(Set.copyOf(rare), 1));
            }
        }
        for (int stretch = 2; stretch <= MOST_STRETCH; stretch *= 2) {
            steps.add(new Step(Set.copyOf(rare), stretch));
        }
        return steps;
    }

    /** How to record now. */
    Step step() {
        return steps.get(step);
    }

    /**
     * Hears of a tick.
     *
     * @param cpuNanos that the process used since the tick before
     * @param elapsedNanos since the tick before
     * @return whether {@link #step} changed
     */
    boolean ticked(long cpuNanos, long elapsedNanos) {
        credit = Math.min(capacity, credit + share * elapsedNanos - cpuNanos);
        ticks++;
        stepNanos += elapsedNanos;
        if (credit < capacity * LOW && credit < creditBefore && ticks >= RARELY && step < steps.size() - 1) {
            patience = returned ? Math.min(MOST_PATIENCE, patience * 2) : patience;
            returned = false;
            change(step + 1);
            return true;
        }
        if (credit >= capacity * FULL && stepNanos >= PATIENCE_NANOS * patience && step > 0) {
            patience = returned ? 1 : patience;
            returned = true;
            change(step - 1);
            return true;
        }
        return false;
    }

    private void change(int to) {
        step = to;
        ticks = 0;
        stepNanos = 0;
        creditBefore = credit;
    }

    /** What it knows, in words: {@code tcp at every tenth tick; credit 40 % of 1200 ms}. */
    String state() {
        return String.format(
                Locale.ROOT, "%s; credit %.0f %% of %.0f ms", step(), 100 * credit / capacity, capacity / 1e6);
    }
}
