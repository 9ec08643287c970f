package io.tcpsnap.redact;

import java.nio.ByteOrder;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code netstat/tcp}: what netstat printed of TCP; addresses and names that it cut short are names of hosts here. */
final class NetstatLines extends LineRedaction {
    private static final Set<String> TITLES = Set.of(
            "Active",
            "Internet",
            "connections",
            "(servers",
            "and",
            "established)",
            "(w/o",
            "servers)",
            "(only",
            "Proto",
            "Recv-Q",
            "Send-Q",
            "Local",
            "Foreign",
            "Address",
            "State",
            "User",
            "Inode",
            "PID/Program",
            "name",
            "Timer",
            "(Not",
            "all",
            "processes",
            "could",
            "be",
            "identified,",
            "non-owned",
            "process",
            "info",
            "will",
            "not",
            "shown,",
            "you",
            "would",
            "have",
            "to",
            "root",
            "see",
            "it",
            "all.)",
            "(No",
            "read",
            "as",
            "uid");
    private static final Pattern ROW = Pattern.compile(
            "(\\s*tcp6?\\s+\\d{1,10}\\s+\\d{1,10}\\s+)(\\S+)(\\s+)(\\S+)(\\s+)"
                    + "(ESTABLISHED|SYN_SENT|SYN_RECV|FIN_WAIT1|FIN_WAIT2|TIME_WAIT|CLOSE|CLOSE_WAIT|LAST_ACK|LISTEN|CLOSING|NEW_SYN_RECV|UNKNOWN)(.*)");
    private static final Pattern TIMER = Pattern.compile("(?:off|on|keepalive|timewait|probe|unkn-\\d{1,9})"
            + " \\(\\d{1,18}\\.\\d\\d/\\d{1,10}/-?\\d{1,10}\\)\\s*$");
    private static final Pattern OWNER = Pattern.compile("^(\\s*)(\\S+)(\\s+)(\\d{1,18})(?=\\s|$)");
    private static final Pattern PROGRAM = Pattern.compile("(\\s*)(\\d{1,9})/(.*\\S|)(\\s*)");

    private final Renaming renaming;
    private final TextEndpoint endpoints;
    private final Account account;
    private boolean hasOwner;

    NetstatLines(Renaming renaming, Account account) {
        super(account);
        this.renaming = renaming;
        this.endpoints = new TextEndpoint(renaming);
        this.account = account;
    }

    @Override
    void begin(ByteOrder order) {
        hasOwner = false;
    }

    @Override
    String line(String line) {
        Matcher row = ROW.matcher(line);
        if (!row.matches()) {
            boolean title = isTitle(line);
            hasOwner |= title && line.contains(" User ");
            return title ? line : null;
        }
        StringBuilder out = new StringBuilder(row.group(1)).append(endpoints.safe(row.group(2)));
        Columns.append(out, row.group(3), row.start(4), endpoints.safe(row.group(4)));
        Columns.append(out, row.group(5), row.start(6), row.group(6));
        return out.append(rest(row.group(7))).toString();
    }

    private static boolean isTitle(String line) {
        for (String word : line.strip().split("\\s+", -1)) {
            if (!TITLES.contains(word)) {
                return false;
            }
        }
        return true;
    }

    private String rest(String words) {
        Matcher timer = TIMER.matcher(words);
        String timers = timer.find() ? timer.group() : "";
        String rest = words.substring(0, words.length() - timers.length());
        StringBuilder out = new StringBuilder();
        Matcher owner = OWNER.matcher(rest);
        if (hasOwner && owner.find()) {
            String user = owner.group(2);
            String safe = user.matches("\\d{1,10}")
                    ? String.valueOf(renaming.uid(Long.parseLong(user)))
                    : user.equals("root") ? user : renaming.user(user);
            out.append(owner.group(1)).append(safe);
            Columns.append(
                    out,
                    owner.group(3),
                    owner.start(4),
                    String.valueOf(renaming.inode(Long.parseLong(owner.group(4)))));
            rest = rest.substring(owner.end());
        }
        Matcher program = PROGRAM.matcher(rest);
        if (program.matches()) {
            String safe = renaming.pid(Long.parseLong(program.group(2))) + "/" + renaming.process(program.group(3));
            out.append(program.group(1)).append(safe);
            int blanks = program.group(3).length()
                    + program.group(2).length()
                    + 1
                    + program.group(4).length()
                    - safe.length();
            out.append(" ".repeat(Math.max(timers.isEmpty() ? 0 : 1, blanks)));
        } else if (rest.isBlank() || rest.strip().equals("-")) {
            out.append(rest);
        } else {
            account.count("words of netstat/tcp");
            out.append(' ');
        }
        return out + timers;
    }
}
