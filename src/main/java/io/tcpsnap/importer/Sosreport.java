package io.tcpsnap.importer;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which files belong to reports of {@code sos}: of their thousands we want a few, and the others need no word. */
final class Sosreport {
    private static final Pattern ROOT = Pattern.compile("(.*?/|)(?:sos_commands|sos_reports|sos_logs)/.*");
    private static final Pattern NAMED = Pattern.compile("((?:.*?/|)sosreport-[^/]*/).*");
    private static final Pattern WANTED =
            Pattern.compile("proc/net/[^/]+|sos_commands/networking/(?:.*/)?[^/]*(?:ss|netstat)_-[^/]*");

    private final Set<String> roots = new TreeSet<>();

    /** Takes note of a path, and says whether it is a file of a report that is not worth reading. */
    boolean skips(String path) {
        Matcher root = ROOT.matcher(path);
        if (root.matches()) {
            roots.add(root.group(1));
        }
        Matcher named = NAMED.matcher(path);
        if (!root.matches() && !named.matches()) {
            return false;
        }
        String inside = path.substring((root.matches() ? root : named).end(1));
        return !WANTED.matcher(inside).matches() && HostFacts.root(path) == null;
    }

    /** Whether a file is in a report; certain when all of it was read. */
    boolean contains(String path) {
        return roots.stream().anyMatch(path::startsWith) || NAMED.matcher(path).matches();
    }
}
