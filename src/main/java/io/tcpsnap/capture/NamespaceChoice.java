package io.tcpsnap.capture;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which network namespaces to record.
 *
 * @param all every one that there is, now or later, the recorder's own too
 * @param own the recorder's own
 * @param names those with these names under /run/netns, whenever they are there
 * @param inodes those with these inodes
 */
public record NamespaceChoice(boolean all, boolean own, Set<String> names, Set<Long> inodes) {
    /** What is recorded where nothing is chosen. */
    public static final NamespaceChoice OWN = new NamespaceChoice(false, true, Set.of(), Set.of());

    /**
     * Reads a choice: words separated by commas, each of them {@code all}, {@code self}, a name under /run/netns, the number
     * of a process, or an inode, bare or as in {@code net:[4026531840]}.
     *
     * @throws IllegalArgumentException where a word is empty
     * @throws IOException where there is no such namespace; the message says so
     */
    public static NamespaceChoice parse(String choice) throws IOException {
        boolean all = false;
        boolean own = false;
        long home = NetNamespaces.own();
        Set<String> names = new TreeSet<>();
        Set<Long> inodes = new TreeSet<>();
        for (String word : choice.split(",", -1)) {
            String bare = word.strip().replaceFirst("^net:\\[(\\d+)]$", "$1");
            if (bare.isEmpty()) {
                throw new IllegalArgumentException("a name is missing: all, self, NAME, PID or an inode");
            } else if (bare.equals("all")) {
                all = true;
            } else if (bare.equals("self")) {
                own = true;
            } else if (NetNamespace.isInode(bare)) {
                inodes.add(existing(Long.parseLong(bare)));
            } else if (!bare.contains("/") && Files.exists(NetNamespaces.NAMED.resolve(bare))) {
                names.add(bare);
            } else {
                inodes.add(ofProcess(bare));
            }
        }
        own |= inodes.remove(home) | names.removeIf(name -> NetNamespaces.inode(name) == home);
        return new NamespaceChoice(all, own, names, inodes);
    }

    private static long existing(long inode) throws IOException {
        if (!new NetNamespaces().find(true).containsKey(inode)) {
            throw new IOException("no network namespace " + inode + " among those of processes and those under "
                    + NetNamespaces.NAMED);
        }
        return inode;
    }

    private static long ofProcess(String word) throws IOException {
        if (!word.matches("\\d{1,9}")) {
            throw new IOException(
                    "no network namespace '" + word + "' under " + NetNamespaces.NAMED + ": 'ip netns' lists them");
        }
        try {
            return NetNamespace.inode(NetNamespaces.link(Integer.parseInt(word)));
        } catch (LastErrorException e) {
            throw new IOException("no network namespace of process " + word + ": " + Errno.name(e.getErrorCode()), e);
        }
    }

    /** Whether only the recorder's own is chosen. */
    boolean isOwn() {
        return own && !all && names.isEmpty() && inodes.isEmpty();
    }

    /** Whether those without a name have to be looked for. */
    boolean ofProcesses() {
        return all || !inodes.isEmpty();
    }

    boolean takesOwn() {
        return all || own;
    }

    boolean takes(NetNamespace namespace) {
        return all
                || inodes.contains(namespace.inode())
                || namespace.name() != null && names.contains(namespace.name());
    }
}
