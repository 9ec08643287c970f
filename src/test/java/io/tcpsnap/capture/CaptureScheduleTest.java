package io.tcpsnap.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CaptureScheduleTest {
    private final CaptureSchedule schedule = new CaptureSchedule(1000, 100);

    @Test
    void delaysDoNotAddUp() {
        for (int tick = 0; tick < 1000; tick++) {
            assertThat(schedule.due()).isEqualTo(1000 + tick * 100L);
            assertThat(schedule.missed()).isZero();
            schedule.advance(schedule.due() + 99);
        }
    }

    @Test
    void slotsThatHavePassedAreCountedAndNotMadeUpFor() {
        schedule.advance(1000 + 250);
        assertThat(schedule.due()).isEqualTo(1000 + 300);
        assertThat(schedule.missed()).isEqualTo(2);
        schedule.advance(schedule.due() + 1);
        assertThat(schedule.due()).isEqualTo(1000 + 400);
        assertThat(schedule.missed()).isZero();
    }

    @Test
    void aTickThatEndsWhenTheNextIsDueMissesNothing() {
        schedule.advance(1000 + 100);
        assertThat(schedule.due()).isEqualTo(1000 + 100);
        assertThat(schedule.missed()).isZero();
    }

    /** Whatever a tick takes, the next is due at a multiple of the interval, and none is lost from the count. */
    @Test
    void randomDelaysNeitherDriftNorLoseCount() {
        Random random = new Random(11);
        for (int round = 0; round < 200; round++) {
            long start = random.nextLong(1L << 50);
            long interval = 10_000_000L + random.nextLong(1_000_000_000L);
            CaptureSchedule any = new CaptureSchedule(start, interval);
            long slots = 0;
            for (int tick = 0; tick < 200; tick++) {
                slots += any.missed();
                assertThat(any.due()).isEqualTo(start + (tick + slots) * interval);
                long late = random.nextInt(4) == 0 ? random.nextLong(5 * interval) : random.nextLong(interval);
                long ended = any.due() + late;
                any.advance(ended);
                assertThat(any.due()).isGreaterThanOrEqualTo(ended).isLessThan(ended + 2 * interval);
                assertThat(any.missed()).isEqualTo(late <= interval ? 0 : (late - 1) / interval);
            }
        }
    }
}
