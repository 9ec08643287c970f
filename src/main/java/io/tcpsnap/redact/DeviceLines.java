package io.tcpsnap.redact;

import java.util.Set;
import java.util.regex.Pattern;

/** {@code /proc/net/dev}: names of interfaces. */
final class DeviceLines extends LineRedaction {
    private static final Set<String> HEADER = Set.of(
            "",
            "Inter-",
            "Receive",
            "Transmit",
            "face",
            "bytes",
            "packets",
            "errs",
            "drop",
            "fifo",
            "frame",
            "compressed",
            "multicast",
            "colls",
            "carrier");
    private static final Pattern COUNTERS =
            Pattern.compile("\\s*\\d{1,20}(?:\\s+\\d{1,20}){15}\\s*| No statistics available\\.\\s*");

    private final Renaming renaming;

    DeviceLines(Renaming renaming, Account account) {
        super(account);
        this.renaming = renaming;
    }

    @Override
    String line(String line) {
        int colon = line.lastIndexOf(':');
        if (colon < 0) {
            return isHeader(line) ? line : null;
        }
        String before = line.substring(0, colon);
        String name = before.substring(Math.max(before.lastIndexOf(' '), before.lastIndexOf('\t')) + 1);
        if (name.isEmpty()
                || !before.substring(0, before.length() - name.length()).matches("[>|\\s]*")
                || !COUNTERS.matcher(line.substring(colon + 1)).matches()) {
            return null;
        }
        String pseudonym = renaming.device(name);
        String blanks = before.substring(0, before.length() - name.length());
        int longer = Math.max(0, pseudonym.length() - name.length());
        int room = blanks.length() - blanks.stripTrailing().length();
        return blanks.substring(0, blanks.length() - Math.min(longer, room)) + pseudonym + line.substring(colon);
    }

    private static boolean isHeader(String line) {
        for (String word : line.split("[|>\\s]+", -1)) {
            if (!HEADER.contains(word)) {
                return false;
            }
        }
        return true;
    }
}
