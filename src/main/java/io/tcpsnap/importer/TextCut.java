package io.tcpsnap.importer;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Cuts a text into copies: one from each header line to the next, a tick from each line with a time, or from a header that
 * the tick has already. What stands before the first header goes with it and what stands behind a copy stays with it, so
 * that every byte but the lines between ticks is in the archive.
 */
final class TextCut {
    /** Of a longer line the rest says nothing to us. */
    private static final int LINE = 1024;

    private final byte[] text;
    private final Content content;
    private final TextKind byName;
    private final String prefix;
    private final List<Found> found = new ArrayList<>();
    /** Kinds that the current tick has. */
    private final Set<TextKind> tick = EnumSet.noneOf(TextKind.class);

    private int index;
    private Instant when;
    /** The copy being gathered: where it starts, and what its header or its first row says it is. */
    private int start;

    private TextKind header;
    private TextKind shape;

    /**
     * @param content gives {@code text} again when it is to be written
     * @param byName what the text is where nothing in it tells; null where its name does not tell either
     * @param prefix put before the entries: {@code netns/blue/}, mostly empty
     */
    TextCut(byte[] text, Content content, TextKind byName, String prefix) {
        this.text = text;
        this.content = content;
        this.byName = byName;
        this.prefix = prefix;
    }

    /** The copies, in order; empty where nothing is recognised. */
    List<Found> copies() {
        int at = 0;
        while (at < text.length) {
            int end = at;
            while (end < text.length && text[end] != '\n') {
                end++;
            }
            String line = new String(text, at, Math.min(end - at, LINE), StandardCharsets.ISO_8859_1);
            take(line, at, Math.min(text.length, end + 1));
            at = end + 1;
        }
        close(text.length);
        return found;
    }

    private void take(String line, int at, int next) {
        Instant time = Times.ofLine(line);
        if (time != null || isRule(line)) {
            close(at);
            start = next;
            time = time == null ? Times.inName(line) : time;
            when = tick.isEmpty() && time == null ? when : time;
            newTick();
            return;
        }
        TextKind kind = TextKind.ofHeader(line);
        if (kind != null) {
            if (header != null || shape != null) {
                close(at);
            }
            header = kind;
            return;
        }
        if (header == null) {
            takeRow(line, at);
        }
    }

    /** Copies without a header: rows of another shape, or the row 0 again, begin the next. */
    private void takeRow(String line, int at) {
        TextKind kind = TextKind.ofRow(line);
        if (kind == null) {
            return;
        }
        if (shape != null && (kind != shape || line.strip().startsWith("0: "))) {
            close(at);
        }
        shape = kind;
    }

    /** A line of marks: {@code === before ===}. */
    private static boolean isRule(String line) {
        String text = line.strip();
        return text.startsWith("===") || text.startsWith("---") || text.startsWith("###") || text.startsWith("***");
    }

    private void newTick() {
        if (!tick.isEmpty()) {
            index++;
            tick.clear();
        }
    }

    private void close(int end) {
        TextKind kind = header != null ? header : shape != null ? shape : byName;
        if (kind != null && !isBlank(start, end)) {
            if (tick.contains(kind)) {
                newTick();
                when = null;
            }
            tick.add(kind);
            found.add(Found.text(prefix + kind.entry(), content.slice(start, end), index, when));
        }
        start = end;
        header = null;
        shape = null;
    }

    private boolean isBlank(int from, int to) {
        for (int i = from; i < to; i++) {
            if (text[i] > ' ' || text[i] < 0) {
                return false;
            }
        }
        return true;
    }
}
