package io.tcpsnap.redact;

import java.util.Map;
import java.util.TreeMap;

/** How much of what was left out, since nobody knew what it is. Names nothing out of the input. */
public final class Account {
    private final Map<String, Long> counts = new TreeMap<>();

    void count(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    /** By what it is: {@code lines of proc/net/tcp}. */
    public Map<String, Long> counts() {
        return counts;
    }
}
