package io.tcpsnap.shell;

import io.tcpsnap.output.Clock;
import io.tcpsnap.pins.Pins;
import io.tcpsnap.pins.Span;
import io.tcpsnap.pins.Window;
import java.util.ArrayList;
import java.util.List;

/** What is pinned, in words. */
final class PinText {
    private PinText() {}

    /** For a note: in full. */
    static String of(Pins pins, Clock clock, boolean window, boolean connection) {
        List<String> parts = new ArrayList<>();
        if (window) {
            parts.add(of(pins.window(), clock));
        }
        if (connection) {
            int count = pins.connection().conns().size();
            parts.add("connection " + pins.connection().text() + (count == 1 ? "" : " (" + count + " of them)"));
        }
        return String.join(", ", parts);
    }

    static String of(Window window, Clock clock) {
        return clock.text(window.from()) + " +" + Span.text(window.length());
    }

    /** For the prompt: short, empty for nothing. */
    static String prompt(Pins pins, Clock clock) {
        List<String> parts = new ArrayList<>();
        if (pins.window() != null) {
            String from = clock.text(pins.window().from());
            boolean dated = from.length() > 11 && from.charAt(4) == '-';
            parts.add((dated ? from.substring(11).replaceFirst("\\.(\\d{3})\\d+", ".$1") : from).replace(" ", "") + " +"
                    + Span.text(pins.window().length()));
        }
        if (pins.connection() != null) {
            parts.add(pins.connection().text());
        }
        return parts.isEmpty() ? "" : "[" + String.join(", ", parts) + "]";
    }
}
