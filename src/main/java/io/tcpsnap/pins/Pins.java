package io.tcpsnap.pins;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What is pinned. A pin filters what a table or view gives, so that what a view computes over the whole recording (intervals,
 * first sightings) stays right.
 *
 * @param window null for all times
 * @param connection null for all connections
 */
public record Pins(Window window, Connection connection) {
    public static final Pins NONE = new Pins(null, null);

    public boolean isEmpty() {
        return window == null && connection == null;
    }

    public Pins with(Window pinned) {
        return new Pins(pinned, connection);
    }

    public Pins with(Connection pinned) {
        return new Pins(window, pinned);
    }

    /** The condition that narrows a relation with these columns, as SQL; empty where no pin applies to it. */
    public String condition(Set<String> columns) {
        List<String> parts = new ArrayList<>();
        if (window != null && columns.contains("ts")) {
            // a problem may be outside of any tick: it has no time, and must not get lost
            String inside = window.contains("ts");
            parts.add(columns.contains("reason") ? "(ts IS NULL OR " + inside + ")" : inside);
        } else if (window != null && columns.contains("first_ts") && columns.contains("last_ts")) {
            parts.add(window.overlaps("first_ts", "last_ts"));
        }
        if (connection != null && columns.contains("conn")) {
            parts.add(connection.contains(columns));
        }
        return String.join(" AND ", parts);
    }

    /** Whether the pinned connection narrows a relation with these columns. */
    public boolean connectionApplies(Set<String> columns) {
        return connection != null && columns.contains("conn");
    }

    /** Whether the pinned window narrows a relation with these columns. */
    public boolean windowApplies(Set<String> columns) {
        return window != null
                && (columns.contains("ts") || columns.contains("first_ts") && columns.contains("last_ts"));
    }
}
