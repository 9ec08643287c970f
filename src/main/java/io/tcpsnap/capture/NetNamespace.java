package io.tcpsnap.capture;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A network namespace that can be entered now. Nothing of it is held open: that would keep it alive.
 *
 * @param name under /run/netns; null without one
 * @param inode names it while it lives ({@code ls -i}, {@code lsns})
 * @param file what to open: {@code /run/netns/blue}, {@code /proc/1204/ns/net}
 */
record NetNamespace(String name, long inode, String file) {
    /** Numbers of namespaces begin about here: PROC_DYNAMIC_FIRST in fs/proc/generic.c, and the fixed ones below it. */
    static final long FIRST_INODE = 0xEFFFFF00L;

    private static final Pattern PLAIN = Pattern.compile("(?!\\.)[A-Za-z0-9_.-]{1,60}");
    private static final int LINK = 64;
    private static final Memory TARGET = new Memory(LINK);

    /** What the path of its copies calls it: its name, or its inode where it has none that is plain and no number. */
    String label() {
        return name != null && PLAIN.matcher(name).matches() && !name.matches("\\d{10}") ? name : String.valueOf(inode);
    }

    /** Where its copies go in the tick: {@code netns/blue/}. */
    String prefix() {
        return "netns/" + label() + "/";
    }

    static boolean isInode(String text) {
        return text.matches("\\d{10}") && Long.parseLong(text) >= FIRST_INODE;
    }

    /** The inode that a link names, {@code net:[4026531840]}; fails with the error of the kernel. */
    static long inode(String link) throws LastErrorException {
        int n = (int) ProcessCalls.readlinkat(ProcessCalls.AT_FDCWD, link, TARGET, LINK);
        String target = new String(TARGET.getByteArray(0, n), StandardCharsets.US_ASCII);
        return Long.parseLong(target.substring(target.indexOf('[') + 1, target.indexOf(']')));
    }
}
