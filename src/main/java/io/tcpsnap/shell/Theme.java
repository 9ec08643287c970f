package io.tcpsnap.shell;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jline.utils.AttributedStyle;

/** Colours of what is typed and of the completion list, by the colour of the terminal's background. */
enum Theme {
    DARK(AttributedStyle.CYAN, AttributedStyle.GREEN, AttributedStyle.MAGENTA, AttributedStyle.BRIGHT),
    LIGHT(AttributedStyle.BLUE, AttributedStyle.RED, AttributedStyle.MAGENTA, AttributedStyle.BRIGHT),
    /** No colours at all. */
    NONE(-1, -1, -1, -1);

    private final AttributedStyle keyword;
    private final AttributedStyle string;
    private final AttributedStyle number;
    private final AttributedStyle comment;

    Theme(int keyword, int string, int number, int comment) {
        this.keyword = foreground(keyword);
        this.string = foreground(string);
        this.number = foreground(number);
        this.comment = foreground(comment);
    }

    private static AttributedStyle foreground(int colour) {
        return colour < 0 ? AttributedStyle.DEFAULT : AttributedStyle.DEFAULT.foreground(colour);
    }

    /** What fits without asking: none where NO_COLOR says so. */
    static Theme byDefault() {
        return System.getenv().getOrDefault("NO_COLOR", "").isEmpty() ? DARK : NONE;
    }

    static Theme of(String label) {
        return Arrays.stream(values())
                .filter(theme -> theme.label().equals(label))
                .findFirst()
                .orElse(null);
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(Theme::label).toList();
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    AttributedStyle keyword() {
        return keyword;
    }

    AttributedStyle string() {
        return string;
    }

    AttributedStyle number() {
        return number;
    }

    AttributedStyle comment() {
        return comment;
    }
}
