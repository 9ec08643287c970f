package io.tcpsnap.capture;

import io.tcpsnap.kernel.TcpState;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A condition on what was just copied, of the recorder's own network namespace.
 *
 * @param kind what is measured
 * @param name the counter as {@code TcpExt.ListenDrops}, or the state; empty for the retransmitted share
 * @param limit above which it holds: in events a second, sockets, or as a share of the segments sent
 * @param text as the user wrote it
 */
public record Trigger(Kind kind, String name, double limit, String text) {
    /** What is measured. */
    public enum Kind {
        COUNTER_RATE,
        STATE_COUNT,
        RETRANSMITTED
    }

    private static final Pattern COUNTER =
            Pattern.compile("([A-Za-z0-9]+\\.[A-Za-z0-9]+)\\s*>\\s*(\\d+(?:\\.\\d+)?)/s");
    private static final Pattern STATE = Pattern.compile("([A-Za-z0-9_-]+)\\s*>\\s*(\\d+)");
    private static final Pattern SHARE = Pattern.compile("retransmits\\s*>\\s*(\\d+(?:\\.\\d+)?)%");

    /**
     * Reads {@code TcpExt.ListenDrops > 10/s} (a counter of /proc/net/snmp or netstat), {@code SYN_RECV > 500} (a state) or
     * {@code retransmits > 2%} (the share of Tcp RetransSegs in all segments sent).
     *
     * @throws IllegalArgumentException with the reason
     */
    public static Trigger parse(String condition) {
        String text = condition.strip();
        Matcher m = COUNTER.matcher(text);
        if (m.matches()) {
            return new Trigger(Kind.COUNTER_RATE, m.group(1), Double.parseDouble(m.group(2)), text);
        }
        m = SHARE.matcher(text);
        if (m.matches()) {
            return new Trigger(Kind.RETRANSMITTED, "", Double.parseDouble(m.group(1)) / 100, text);
        }
        m = STATE.matcher(text);
        if (m.matches()) {
            return new Trigger(Kind.STATE_COUNT, state(m.group(1)), Double.parseDouble(m.group(2)), text);
        }
        throw new IllegalArgumentException("'" + text
                + "' is no condition: write 'TcpExt.ListenDrops > 10/s', 'SYN_RECV > 500' or 'retransmits > 2%'");
    }

    /** As ss writes it, or the kernel: SYN-RECV, syn_recv. */
    private static String state(String word) {
        String name = word.toUpperCase(Locale.ROOT).replace('-', '_');
        if (Arrays.stream(TcpState.values()).noneMatch(state -> state.name().equals(name))) {
            throw new IllegalArgumentException("'" + word + "' is no TCP state: there are "
                    + Arrays.stream(TcpState.values()).map(Enum::name).collect(Collectors.joining(", ")));
        }
        return name;
    }

    /** Name of the source that it needs. */
    public String source() {
        return switch (kind) {
            case COUNTER_RATE -> name.matches("(TcpExt|IpExt|MPTcpExt)\\..*") ? "netstat" : "snmp";
            case RETRANSMITTED -> "snmp";
            case STATE_COUNT -> "diag";
        };
    }

    /** What was measured, beside the limit: {@code TcpExt.ListenDrops > 10/s: 31.5/s}. */
    String describe(double value) {
        return text + ": "
                + switch (kind) {
                    case COUNTER_RATE -> String.format(Locale.ROOT, "%.1f/s", value);
                    case RETRANSMITTED -> String.format(Locale.ROOT, "%.1f%%", 100 * value);
                    case STATE_COUNT -> String.format(Locale.ROOT, "%.0f", value);
                };
    }
}
