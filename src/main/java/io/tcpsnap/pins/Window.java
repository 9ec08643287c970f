package io.tcpsnap.pins;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

/**
 * A window of time, UTC.
 *
 * @param from the first moment in it
 * @param to the first moment behind it
 */
public record Window(LocalDateTime from, LocalDateTime to) {
    private static final DateTimeFormatter LITERAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

    public Window {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("the window ends before it begins");
        }
    }

    public Duration length() {
        return Duration.between(from, to);
    }

    /** The window of the same length that begins where this one ends. */
    public Window next() {
        return new Window(to, to.plus(length()));
    }

    /** The window of the same length that ends where this one begins. */
    public Window prev() {
        return new Window(from.minus(length()), from);
    }

    /** The middle half. */
    public Window zoom() {
        Duration quarter = length().dividedBy(4);
        Duration least = Duration.ofNanos(1000);
        return length().compareTo(least.multipliedBy(4)) < 0 ? this : new Window(from.plus(quarter), to.minus(quarter));
    }

    /** Twice as long, with the same middle. */
    public Window out() {
        Duration half = length().dividedBy(2);
        return new Window(from.minus(half), to.plus(half));
    }

    /** Whether a column of times lies in the window, as SQL. */
    String contains(String column) {
        return column + " >= " + literal(from) + " AND " + column + " < " + literal(to);
    }

    /** Whether a span between two columns of times and the window have a moment in common, as SQL. */
    String overlaps(String first, String last) {
        return last + " >= " + literal(from) + " AND " + first + " < " + literal(to);
    }

    private static String literal(LocalDateTime time) {
        return "TIMESTAMP '" + LITERAL.format(time) + "'";
    }
}
