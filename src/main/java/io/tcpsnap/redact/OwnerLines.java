package io.tcpsnap.redact;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code owners}: inode, pid, start time, comm and cgroup. */
final class OwnerLines extends LineRedaction {
    private static final Pattern REMARK = Pattern.compile(
            "# inode pid start_time comm cgroup|# processes=\\d+(?: (?:scanned|unseen|unchecked|E[A-Z]+|errno)=?[ =]?\\d+){0,40}");
    private static final Pattern ROW = Pattern.compile("(\\d{1,18}) (\\d{1,10}) (\\d{1,18}) (\\S+) (\\S+)");

    private final Renaming renaming;

    OwnerLines(Renaming renaming, Account account) {
        super(account);
        this.renaming = renaming;
    }

    @Override
    String line(String line) {
        if (REMARK.matcher(line).matches()) {
            return line;
        }
        Matcher row = ROW.matcher(line);
        if (!row.matches()) {
            return null;
        }
        return renaming.inode(Long.parseLong(row.group(1))) + " " + renaming.pid(Long.parseLong(row.group(2))) + " "
                + row.group(3) + " " + comm(row.group(4)) + " " + cgroup(row.group(5));
    }

    private String comm(String word) {
        String text = unescaped(word);
        String safe = text == null ? word : renaming.process(text);
        return safe.equals(text) ? word : safe;
    }

    private String cgroup(String word) {
        String text = unescaped(word);
        String safe = text == null ? word : renaming.cgroup(text);
        return safe.equals(text) ? word : safe;
    }

    /** The text, one character a byte; null where it is unknown or empty. */
    private static String unescaped(String word) {
        if (word.equals("-") || word.equals("\\")) {
            return null;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < word.length(); i++) {
            boolean escape = word.startsWith("\\x", i)
                    && i + 4 <= word.length()
                    && word.substring(i + 2, i + 4).matches("[0-9a-f]{2}");
            bytes.write(escape ? Integer.parseInt(word.substring(i + 2, i + 4), 16) : word.charAt(i));
            i += escape ? 3 : 0;
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }
}
