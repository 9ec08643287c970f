package io.tcpsnap.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A recorder of known costs under a budget, in simulated time. */
class CpuGovernorTest {
    private static final Set<String> SOURCES = Set.of("tcp", "tcp6", "diag", "dev", "owner");
    private static final double SECOND = 1e9;

    /** What a recording would cost. */
    private static final class Simulation {
        private final CpuGovernor governor;
        private final double share;
        private final long interval;
        private final Random random = new Random(5);
        private long now;
        private double used;
        private double worst;
        private long ticks;

        Simulation(double share, long interval) {
            this.share = share;
            this.interval = interval;
            governor = new CpuGovernor(share, SOURCES);
        }

        /** @param text cost of tcp and tcp6, milliseconds of CPU; {@code rest} of everything else, owner's excepted */
        void run(double seconds, double text, double rest, double owner) {
            double end = now + seconds * SECOND;
            while (now < end) {
                CpuGovernor.Step step = governor.step();
                double cost = rest;
                cost += ticks % step.factor("tcp") == 0 ? text : 0;
                cost += ticks % step.factor("owner") == 0 ? owner : 0;
                cost *= 0.5 + random.nextDouble();
                long elapsed = interval * step.stretch();
                now += elapsed;
                used += cost * 1e6;
                ticks++;
                governor.ticked((long) (cost * 1e6), elapsed);
                worst = Math.max(worst, used - share * now);
            }
        }
    }

    @Test
    void whatIsCheapEnoughIsLeftAlone() {
        Simulation recorder = new Simulation(0.02, 1_000_000_000L);
        recorder.run(10_000, 8, 3, 1);
        assertThat(recorder.governor.step()).isEqualTo(new CpuGovernor.Step(Set.of(), 1));
        assertThat(recorder.ticks).isEqualTo(10_000);
    }

    @Test
    void theTextGoesFirstAndNothingElseWhereThatIsEnough() {
        Simulation recorder = new Simulation(0.02, 1_000_000_000L);
        recorder.run(600, 30, 3, 1);
        assertThat(recorder.governor.step()).isEqualTo(new CpuGovernor.Step(Set.of("tcp", "tcp6"), 1));
    }

    /** Over any time the share of it and not much more than the credit, whatever a tick costs. */
    @ParameterizedTest
    @CsvSource({
        "0.02, 1000, 5, 30, 5",
        "0.02, 100, 8, 4, 2",
        "0.01, 10, 8, 4, 1",
        "0.05, 10, 1, 1, 0",
        "0.001, 1000, 8, 4, 10"
    })
    void theBudgetHolds(double share, long millis, double text, double rest, double owner) {
        Simulation recorder = new Simulation(share, millis * 1_000_000L);
        recorder.run(7200, text, rest, owner);
        double credit = share * CpuGovernor.CREDIT_SECONDS * SECOND;
        double overshoot = 40 * (text + rest + owner) * 1e6; // while it finds its step
        assertThat(recorder.worst).isLessThan(credit + overshoot);
        assertThat(recorder.used / recorder.now).isLessThan(share * 1.05 + overshoot / recorder.now);
    }

    @Test
    void itComesBackWhenTheLoadIsGone() {
        Simulation recorder = new Simulation(0.02, 1_000_000_000L);
        recorder.run(600, 100, 200, 50);
        assertThat(recorder.governor.step().stretch()).isGreaterThan(1);
        recorder.run(4 * 3600, 4, 2, 1);
        assertThat(recorder.governor.step()).isEqualTo(new CpuGovernor.Step(Set.of(), 1));
    }

    @Test
    void itDoesNotSwingForEver() {
        Simulation recorder = new Simulation(0.02, 1_000_000_000L);
        int changes = 0;
        for (int minute = 0; minute < 24 * 60; minute++) {
            CpuGovernor.Step before = recorder.governor.step();
            recorder.run(60, 30, 8, 1);
            changes += before.equals(recorder.governor.step()) ? 0 : 1;
        }
        assertThat(changes).isLessThan(60);
    }

    @Test
    void withoutTheDumpTheTextIsAllThereIsAndStays() {
        CpuGovernor governor = new CpuGovernor(0.01, Set.of("tcp", "dev"));
        for (int i = 0; i < 100; i++) {
            governor.ticked(500_000_000L, 1_000_000_000L);
        }
        assertThat(governor.step()).isEqualTo(new CpuGovernor.Step(Set.of(), 64));
        assertThat(governor.state()).startsWith("the interval times 64; credit -");
    }
}
