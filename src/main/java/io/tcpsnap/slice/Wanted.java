package io.tcpsnap.slice;

import java.util.Map;
import java.util.Set;

/**
 * What goes into a slice.
 *
 * @param from CLOCK_REALTIME of the first tick, nanoseconds
 * @param to of the last tick
 * @param hosts names; null for all
 * @param netns a namespace: its name or {@code net:[4026532211]}, as the column {@code netns} has it, or {@code self} for the
 *     recorder's own; null for all
 * @param connections null for everything
 * @param words how the user said all this, for the manifest
 */
public record Wanted(
        long from, long to, Set<String> hosts, String netns, Set<Connection> connections, Map<String, String> words) {
    boolean hasHost(String host) {
        return hosts == null || hosts.contains(host);
    }

    boolean hasTime(long nanos) {
        return nanos >= from && nanos <= to;
    }

    /** Whether ticks are taken as they are. */
    boolean isWhole() {
        return netns == null && connections == null;
    }

    Wanted from(long later) {
        return new Wanted(later, to, hosts, netns, connections, words);
    }
}
