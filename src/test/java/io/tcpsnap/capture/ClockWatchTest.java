package io.tcpsnap.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What clocks that drift apart are taken for. */
class ClockWatchTest {
    private static final long SECOND = 1_000_000_000L;

    private final List<String> events = new ArrayList<>();
    private final ClockWatch watch = new ClockWatch((kind, detail) -> events.add(kind + " " + detail));

    @Test
    void aClockSetForwardAndBackIsTwoSteps() {
        watch.observe(SECOND, 1000 * SECOND, SECOND);
        watch.observe(2 * SECOND, 1011 * SECOND, 2 * SECOND);
        watch.observe(3 * SECOND, 1002 * SECOND, 3 * SECOND);
        assertThat(events).containsExactly("clock_step +10.000 s", "clock_step -10.000 s");
    }

    @Test
    void aSuspendedMachineSleepsAndItsClockIsNotSet() {
        watch.observe(SECOND, 1000 * SECOND, SECOND);
        watch.observe(2 * SECOND, 4601 * SECOND, 3602 * SECOND);
        watch.observe(3 * SECOND, 4602 * SECOND, 3603 * SECOND);
        assertThat(events).containsExactly("suspend +3600.000 s");
    }

    @Test
    void ntpBendingTheClockIsNoStep() {
        long slow = 500_000L; // 500 ppm of a second
        for (int i = 0; i < 1000; i++) {
            watch.observe(i * SECOND, i * (SECOND + slow), i * SECOND);
        }
        watch.observe(5000 * SECOND, 5000 * (SECOND + slow), 5000 * SECOND);
        assertThat(events).isEmpty();
    }

    @Test
    void theClocksOfThisMachineRunTogether() {
        watch.look();
        watch.look();
        assertThat(events).isEmpty();
    }
}
