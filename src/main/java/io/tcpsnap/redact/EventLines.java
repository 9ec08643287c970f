package io.tcpsnap.redact;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code events}: of what happened to the recorder the details that name no file. */
final class EventLines extends LineRedaction {
    /** Nanoseconds since 1970, up to the year 2261. */
    private static final Pattern LINE =
            Pattern.compile("(\\d{1,18}|[1-8]\\d{18}|9[01]\\d{17}) ([a-z_]{1,32})(?: (.*))?");

    private static final String VALUE = "\\d+(?:\\.\\d+)?(?:/s|%)?";
    private static final Pattern CONDITION =
            Pattern.compile("(?:(?:Ip|Icmp|IcmpMsg|Tcp|Udp|UdpLite|TcpExt|IpExt|MPTcpExt)"
                    + "\\.[A-Za-z0-9]{1,40}|(?i:retransmits|established|listen|close|closing|(?:syn|fin|close|time|last|new)[_-]\\w{3,5}))"
                    + "\\s*>\\s*" + VALUE + "(?:: " + VALUE + ")?");
    private static final Pattern SECONDS = Pattern.compile("[+-]\\d+\\.\\d{3} s");

    /** What the details of each kind may be. */
    private static final Map<String, Pattern> KINDS = Map.of(
            "clock_step", SECONDS,
            "suspend", SECONDS,
            "resumed", Pattern.compile("\\d+ ticks were not written"),
            "events_lost", Pattern.compile("\\d+ events"),
            "trigger", CONDITION,
            "trigger_end", CONDITION,
            "governor",
                    Pattern.compile(
                            "(?:\\b(?:as|asked|for|at|tcp6?|diag|owner|sockopt|mptcp|every|tenth|tick|the|interval|times|credit|of|ms)\\b|[\\d.,;% -])*"));

    /** Kinds whose details are never kept: names of files, and messages. */
    private static final Pattern FILES = Pattern.compile("rotate|dropped_segment|dump|paused|pack_failed");

    private final Renaming renaming;

    EventLines(Renaming renaming, Account account) {
        super(account);
        this.renaming = renaming;
    }

    @Override
    String line(String line) {
        Matcher m = LINE.matcher(line);
        if (!m.matches()) {
            return null;
        }
        Pattern known = KINDS.get(m.group(2));
        if (known == null && !FILES.matcher(m.group(2)).matches()) {
            return null;
        }
        long time = Long.parseLong(m.group(1)) - renaming.shift() * 1_000_000_000L;
        boolean keeps = m.group(3) != null
                && m.group(3).length() < 300
                && known != null
                && known.matcher(m.group(3)).matches();
        return time + " " + m.group(2) + (keeps ? " " + m.group(3) : "");
    }
}
