package io.tcpsnap.redact;

import java.util.Set;
import java.util.regex.Matcher;
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
    private static final Pattern ROW = Pattern.compile(
            "([>|\\s]*?)(\\s*)([^\\s]+):(\\s*\\d{1,20}(?:\\s+\\d{1,20}){15}\\s*| No statistics available\\.\\s*)");

    private final Renaming renaming;

    DeviceLines(Renaming renaming, Account account) {
        super(account);
        this.renaming = renaming;
    }

    @Override
    String line(String line) {
        Matcher row = ROW.matcher(line);
        if (!row.matches()) {
            return isHeader(line) ? line : null;
        }
        String before = row.group(1) + row.group(2);
        String name = renaming.device(row.group(3));
        int longer = Math.max(0, name.length() - row.group(3).length());
        int blanks = before.length() - before.stripTrailing().length();
        return before.substring(0, before.length() - Math.min(longer, blanks)) + name + ":" + row.group(4);
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
