package io.tcpsnap.archive;

/**
 * The path of a copy in its tick, split at the network namespace.
 *
 * @param netns the namespace: its name, or {@code net:[4026532211]} where the path has the inode; null: the recorder's own
 * @param source the path in the namespace's tree, {@code proc/net/tcp}
 */
public record TickPath(String netns, String source) {
    private static final String NAMESPACES = "netns/";

    /** Splits {@code netns/blue/proc/net/tcp}. */
    public static TickPath of(String path) {
        int end = path.startsWith(NAMESPACES) ? path.indexOf('/', NAMESPACES.length()) : -1;
        if (end < 0) {
            return new TickPath(null, path);
        }
        String label = path.substring(NAMESPACES.length(), end);
        return new TickPath(isInode(label) ? "net:[" + label + "]" : label, path.substring(end + 1));
    }

    /** Inodes of namespaces have ten digits: PROC_DYNAMIC_FIRST in fs/proc/generic.c. */
    private static boolean isInode(String label) {
        return label.length() == 10 && label.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
