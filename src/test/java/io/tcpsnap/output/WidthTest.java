package io.tcpsnap.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WidthTest {
    @ParameterizedTest
    @CsvSource({
        "abc, 3",
        "'', 0",
        "é, 1",
        "e\u0301, 1",
        "日本, 4",
        "한, 2",
        "\u1112\u1161\u11ab, 2",
        "🦆, 2",
        "a\u200db, 2",
        "ｶ, 1",
        "Ａ, 2"
    })
    void columnsOnATerminal(String text, int width) {
        assertThat(Width.of(text)).isEqualTo(width);
    }

    @Test
    void proseBreaksAtBlanks() {
        assertThat(Prose.wrap("one two  three", 7)).containsExactly("one two", "three");
        assertThat(Prose.wrap("日本 語 unbreakable", 6)).containsExactly("日本", "語", "unbreakable");
        assertThat(Prose.wrap("one two", 0)).containsExactly("one two");
        assertThat(Prose.wrap("", 5)).containsExactly("");
    }
}
