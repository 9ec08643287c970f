package io.tcpsnap.shell;

import io.tcpsnap.output.Prose;

/** Text for a reader: labels on the left, what they say beside them, no wider than reads well. */
final class Page {
    private static final int LABEL = 12;
    private static final int LINE = 100;

    private final StringBuilder text = new StringBuilder();
    private final int width;

    /** @param screen columns of the screen, 0 for unknown */
    Page(int screen) {
        width = (screen == 0 ? LINE : Math.min(screen, LINE)) - LABEL;
    }

    /** Nothing where there is no content. */
    Page part(String label, String content) {
        if (content == null || content.isEmpty()) {
            return this;
        }
        String head = label;
        for (String line : Prose.wrap(content, width)) {
            text.append(head)
                    .append(" ".repeat(Math.max(1, LABEL - head.length())))
                    .append(line)
                    .append('\n');
            head = "";
        }
        return this;
    }

    /** A line as it is. */
    Page line(String line) {
        text.append(line).append('\n');
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
