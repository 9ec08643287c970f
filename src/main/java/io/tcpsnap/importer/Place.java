package io.tcpsnap.importer;

import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a file was found, and what its path says: {@code case7/20261122T074200Z/proc/net/tcp}.
 *
 * @param name the whole path, for messages
 * @param modified when the file was last modified; null where unknown
 * @param entry the tick's entry by the path: surely, where the file lies in {@code net/}; null where it does not say
 * @param series files of one series are ticks of one order: the folder, without what only tells ticks apart
 * @param number place in the series by a folder that is a plain number; 0 where there is none
 * @param when time in the name of the file or a folder; null where there is none
 * @param prefix put before entries: {@code netns/blue/}, mostly empty
 */
record Place(String name, Instant modified, String entry, String series, long number, Instant when, String prefix) {
    private static final String SOURCES = "tcp6?|dev|snmp6?|netstat|sockstat6?|softnet_stat";
    private static final Pattern IN_NET =
            Pattern.compile("(?:^|.*/)(?:proc/(?:self/|thread-self/|\\d+/)?)?net/(" + SOURCES + ")(?:\\.txt)?$");
    /** Words that name nothing but a source of ours; dev, snmp and netstat alone may name anything. */
    private static final Pattern LOOSE = Pattern.compile(
            "(?:^|.*[._-])(?:net[._-](" + SOURCES + ")|(tcp6?|softnet_stat|sockstat6?))(?:[._-][^/]*)?$");

    private static final Pattern BASE = Pattern.compile(
            "(?:(.*)/)?(?:proc/(?:self/|thread-self/|\\d+/)?net|net|sock_diag|ss|netstat|sos_commands/networking(?:/.*)?)$");
    private static final Pattern NAMESPACE = Pattern.compile("(?:(.*)/)?netns/([A-Za-z0-9_.-]{1,60})");
    private static final Pattern IN_NAMESPACE =
            Pattern.compile("(?:.*/)?ip_netns_exec_([A-Za-z0-9_.-]{1,60}?)_(?:ss|netstat)_[^/]*");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    /** Reads a path whose parts are separated by slashes. */
    static Place of(String path, Instant modified) {
        int slash = path.lastIndexOf('/');
        String folder = slash < 0 ? "" : path.substring(0, slash);
        Matcher base = BASE.matcher(folder);
        folder = base.matches() ? String.valueOf(base.group(1) == null ? "" : base.group(1)) : folder;
        String prefix = "";
        Matcher namespace = NAMESPACE.matcher(folder);
        Matcher command = IN_NAMESPACE.matcher(path);
        if (namespace.matches()) {
            prefix = "netns/" + namespace.group(2) + "/";
            folder = namespace.group(1) == null ? "" : namespace.group(1);
        } else if (command.matches()) {
            prefix = "netns/" + command.group(1) + "/";
        }
        List<String> folders = List.of(folder.split("/", -1));
        String last = folders.get(folders.size() - 1);
        boolean numbered = NUMBER.matcher(last).matches();
        String series = numbered ? folder.substring(0, folder.length() - last.length()) : folder;
        return new Place(
                path,
                modified,
                entry(path, path.substring(slash + 1)),
                series,
                numbered ? Long.parseLong(last) : 0,
                when(folders, path.substring(slash + 1)),
                prefix);
    }

    private static String entry(String path, String file) {
        Matcher net = IN_NET.matcher(path);
        if (net.matches()) {
            return "proc/net/" + net.group(1);
        }
        Matcher loose = LOOSE.matcher(file);
        if (!loose.matches()) {
            return null;
        }
        return "proc/net/" + (loose.group(1) == null ? loose.group(2) : loose.group(1));
    }

    /** Of the file, else of one of the two folders nearest to it: further up is where somebody put the whole. */
    private static Instant when(List<String> folders, String file) {
        Instant when = Times.inName(file);
        for (int i = folders.size() - 1; when == null && i >= Math.max(0, folders.size() - 2); i--) {
            when = Times.inName(folders.get(i));
        }
        return when;
    }

    /** Of which source its netlink messages are: TCP, but where it is named as in an archive. */
    String dump() {
        if (name.endsWith("/mptcp")) {
            return DiagBytes.MPTCP;
        }
        return name.endsWith("/destroy") ? DiagBytes.DESTROY : DiagBytes.TCP;
    }

    /** Whether it was written by this program beside copies, and is none. */
    boolean isOurs() {
        return name.endsWith("/tick.json");
    }
}
