package io.tcpsnap.capture;

import static org.assertj.core.api.Assertions.assertThat;

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
}
