package io.tcpsnap.capture;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What happened to the recorder and is not in a tick yet: a line {@code time_ns kind detail} each, the entry {@value #PATH}
 * of the next tick that is written. Thread-safe.
 */
final class RecorderEvents {
    static final String PATH = "events";
    /** While nothing can be written, later ones are counted only. */
    private static final int MAX = 1000;

    private final List<String> lines = new ArrayList<>();
    private long lost;

    /** @param kind one word in snake_case */
    synchronized void add(String kind, String detail) {
        if (lines.size() == MAX) {
            lost++;
            return;
        }
        lines.add(line(kind, detail));
    }

    private static String line(String kind, String detail) {
        return Libc.clock(Libc.CLOCK_REALTIME) + " " + kind + " " + detail.replaceAll("\\p{Cntrl}", " ") + "\n";
    }

    synchronized int size() {
        return lines.size();
    }

    /** The first {@code count} events as text, and one more where {@code kind} is not null. */
    synchronized byte[] text(int count, String kind, String detail) {
        String last = kind == null ? "" : line(kind, detail);
        return (String.join("", lines.subList(0, count)) + last).getBytes(StandardCharsets.UTF_8);
    }

    /** Forgets the first {@code count}: they are in a tick. */
    synchronized void written(int count) {
        lines.subList(0, count).clear();
        if (lost > 0) {
            lines.add(line("events_lost", lost + " events"));
            lost = 0;
        }
    }
}
