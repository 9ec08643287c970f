package io.tcpsnap.output;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines at its blanks. */
public final class Prose {
    private Prose() {}

    /**
     * Lines of at most {@code width} columns; a word that is longer stays whole. The blanks between lines go.
     *
     * @param width columns of a line; 0 or less for one line
     */
    public static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        if (width <= 0 || Width.of(text) <= width) {
            return List.of(text);
        }
        StringBuilder line = new StringBuilder();
        int used = 0;
        for (String word : text.split(" ", -1)) {
            int wide = Width.of(word);
            if (!line.isEmpty() && used + 1 + wide > width) {
                lines.add(line.toString());
                line.setLength(0);
                used = 0;
            } else if (used > 0) {
                line.append(' ');
                used++;
            }
            line.append(word);
            used += wide;
        }
        lines.add(line.toString());
        return lines;
    }
}
