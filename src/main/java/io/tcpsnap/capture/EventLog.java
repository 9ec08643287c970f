package io.tcpsnap.capture;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What happened to the recorder since the last tick that was written: a line for each event, {@code realtime_ns kind detail}.
 * Any thread may add; more than {@value #MOST} between two ticks are counted and dropped.
 */
final class EventLog {
    static final String PATH = "events";
    private static final int MOST = 10_000;

    private final List<String> waiting = new ArrayList<>();
    private int dropped;
    private int copied;

    /**
     * @param kind a word: {@code governor}
     * @param detail for people
     */
    synchronized void add(String kind, String detail) {
        if (waiting.size() == MOST) {
            dropped++;
            return;
        }
        waiting.add(Libc.clock(Libc.CLOCK_REALTIME) + " " + kind + " " + detail.replaceAll("\\p{Cntrl}", " ") + "\n");
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Copies all; they stay until {@link #written}. */
    synchronized void copy(CopyBuffer into) {
        if (dropped > 0) {
            waiting.add(Libc.clock(Libc.CLOCK_REALTIME) + " dropped " + dropped + " events\n");
            dropped = 0;
        }
        for (String line : waiting) {
            byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
            into.append(bytes, 0, bytes.length);
        }
        copied = waiting.size();
    }

    /** What was copied last is in the archive. */
    synchronized void written() {
        waiting.subList(0, copied).clear();
        copied = 0;
    }
}
