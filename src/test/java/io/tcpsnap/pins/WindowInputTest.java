package io.tcpsnap.pins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people write becomes a window in UTC. */
class WindowInputTest {
    private static final LocalDateTime FIRST = LocalDateTime.parse("2026-11-24T20:10:56.395057");
    private static final LocalDateTime LAST = LocalDateTime.parse("2026-11-24T20:11:30");

    private static Window parse(String text) {
        return new WindowInput(FIRST, LAST, ZoneOffset.UTC).parse(text);
    }

    @ParameterizedTest
    @CsvSource({
        "20:11:08 +10s, 2026-11-24T20:11:08, 10s",
        "20:11 20:11:30, 2026-11-24T20:11, 30s",
        "2026-11-24T20:11:08.5 +1m30s, 2026-11-24T20:11:08.5, 1m30s",
        "2026-11-24 20:11:08 2026-11-24 20:12, 2026-11-24T20:11:08, 52s",
        "+12s +500ms, 2026-11-24T20:11:08.395057, 500ms",
        "9:00 +1h, 2026-11-24T09:00, 1h",
        "23:59:50 00:00:10, 2026-11-24T23:59:50, 20s",
    })
    void starts(String text, LocalDateTime from, String length) {
        Window window = parse(text);
        assertThat(window.from()).isEqualTo(from);
        assertThat(Span.text(window.length())).isEqualTo(length);
    }

    @Test
    void timesAreOfTheChosenZone() {
        Window window = new WindowInput(FIRST, LAST, ZoneId.of("Europe/Berlin")).parse("21:11:08 21:11:10");
        assertThat(window.from()).isEqualTo(LocalDateTime.parse("2026-11-24T20:11:08"));
        assertThat(window.length()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void aTimeOfDayFindsItsDay() {
        WindowInput overMidnight = new WindowInput(
                LocalDateTime.parse("2026-11-24T22:00"), LocalDateTime.parse("2026-11-25T03:00"), ZoneOffset.UTC);
        assertThat(overMidnight.parse("01:00 +1m").from()).isEqualTo(LocalDateTime.parse("2026-11-25T01:00"));
        assertThat(overMidnight.parse("23:00 +1m").from()).isEqualTo(LocalDateTime.parse("2026-11-24T23:00"));
        WindowInput days = new WindowInput(
                LocalDateTime.parse("2026-11-24T00:00"), LocalDateTime.parse("2026-11-26T00:00"), ZoneOffset.UTC);
        assertThatThrownBy(() -> days.parse("12:00 +1m"))
                .hasMessage("the recording has 12:00 on several days, write 2026-11-24T12:00 or 2026-11-25T12:00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "20:11", "20:11 +5", "25:00 +1s", "20:11 +1s more", "yesterday +1s", "20:11 +0s"})
    void whatIsNoWindowIsRefused(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void windowsMove() {
        Window window = parse("20:11:00 +8s");
        assertThat(window.next()).isEqualTo(parse("20:11:08 +8s"));
        assertThat(window.prev()).isEqualTo(parse("20:10:52 +8s"));
        assertThat(window.zoom()).isEqualTo(parse("20:11:02 +4s"));
        assertThat(window.out()).isEqualTo(parse("20:10:56 +16s"));
        assertThat(window.zoom().out()).isEqualTo(window);
    }
}
