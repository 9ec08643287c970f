package io.tcpsnap.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcpsnap.decode.Events;
import io.tcpsnap.decode.Problem;
import io.tcpsnap.decode.Snapshot;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the log writes is what the decoder reads. */
class EventLogTest {
    private final EventLog log = new EventLog();
    private final List<Problem> problems = new ArrayList<>();

    private List<String> copied() {
        CopyBuffer copy = new CopyBuffer();
        log.copy(copy);
        return rows(new String(copy.bytes(), 0, copy.length(), StandardCharsets.UTF_8));
    }

    private List<String> rows(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Events events = new Events(problems::add);
        events.reset(
                Snapshot.of(1, 0, "host", null, 100, ByteOrder.LITTLE_ENDIAN, null), "events", bytes, bytes.length);
        List<String> rows = new ArrayList<>();
        while (events.next()) {
            rows.add(new String(events.kind(), StandardCharsets.UTF_8) + "|"
                    + new String(events.detail(), StandardCharsets.UTF_8));
            assertThat(events.time()).isPositive();
        }
        return rows;
    }

    @Test
    void whatWasNotWrittenComesAgain() {
        log.add("governor", "the interval times 2; credit 9 %");
        log.add("trigger", "a name\nof two lines: ümlaut");
        assertThat(copied())
                .containsExactly("governor|the interval times 2; credit 9 %", "trigger|a name of two lines: ümlaut");
        log.add("trigger_end", "later");
        assertThat(copied()).hasSize(3);
        log.add("trigger", "behind the copy");
        log.written();
        assertThat(copied()).containsExactly("trigger|behind the copy");
        log.written();
        assertThat(log.isEmpty()).isTrue();
        assertThat(problems).isEmpty();
    }

    @Test
    void aFloodIsCounted() {
        for (int i = 0; i < 10_007; i++) {
            log.add("trigger", "again");
        }
        assertThat(copied()).hasSize(10_001).endsWith("dropped|7 events");
    }

    @Test
    void whatIsNoEventIsAProblem() {
        assertThat(rows("1 a b c\n\nx a b\n2 a\n-3 a b\n99999999999999999999 a b\n4 a b"))
                .containsExactly("a|b c", "a|b");
        assertThat(problems).extracting(Problem::offset).containsExactly(9L, 15L, 19L, 26L, 51L);
    }
}
