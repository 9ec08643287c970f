package io.tcpsnap.capture;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The network namespaces of this machine: those with a name under /run/netns (iproute2's netns_add()), and those that the
 * main thread of a process is in.
 *
 * <p>Processes that are new are looked at first, then all others in turn, since a process may move; within {@link #SHARE} of
 * a CPU, but for the first time.
 */
final class NetNamespaces {
    static final Path NAMED = Path.of("/run/netns");
    static final String OWN = "/proc/self/ns/net";
    /** 0.5 %: some 2,000 processes in a tick each second. */
    private static final double SHARE = 0.005;

    private final CpuBudget budget = new CpuBudget(SHARE);
    private final TreeMap<Integer, Long> processes = new TreeMap<>();
    private int cursor;

    /**
     * Those that there are now, by inode: the named ones by name, then others by the lowest process.
     *
     * @param ofProcesses whether those without a name count
     */
    Map<Long, NetNamespace> find(boolean ofProcesses) {
        Map<Long, NetNamespace> found = new LinkedHashMap<>();
        named().forEach((name, inode) -> found.putIfAbsent(
                inode, new NetNamespace(name, inode, NAMED.resolve(name).toString())));
        if (ofProcesses) {
            update();
            processes.forEach((pid, inode) -> found.putIfAbsent(inode, new NetNamespace(null, inode, link(pid))));
        }
        return found;
    }

    static String link(int pid) {
        return "/proc/" + pid + "/ns/net";
    }

    /** The inode of the program's. */
    static long own() {
        return NetNamespace.inode(OWN);
    }

    private static Map<String, Long> named() {
        Map<String, Long> named = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(NAMED)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                long inode = inode(name);
                if (inode >= NetNamespace.FIRST_INODE) { // else a file that no namespace is mounted on
                    named.put(name, inode);
                }
            }
        } catch (IOException e) {
            return named; // nobody has named one
        }
        return named;
    }

    /** The inode of the namespace with a name; 0 where there is none. */
    static long inode(String name) {
        try {
            return (Long) Files.getAttribute(NAMED.resolve(name), "unix:ino");
        } catch (IOException e) {
            return 0;
        }
    }

    private void update() {
        budget.begin();
        TreeSet<Integer> alive;
        try (ProcessFolder proc = new ProcessFolder("/proc")) {
            alive = Arrays.stream(proc.numbers(".")).boxed().collect(Collectors.toCollection(TreeSet::new));
        } catch (LastErrorException e) {
            return; // no descriptor is left, say: those that were there
        }
        processes.keySet().retainAll(alive);
        for (int pid : alive) {
            if (budget.has(1) && !processes.containsKey(pid)) {
                look(pid);
            }
        }
        int start = cursor;
        turn(alive.tailSet(start, false));
        turn(alive.headSet(start, true));
        budget.end();
    }

    private void turn(Iterable<Integer> pids) {
        for (int pid : pids) {
            if (!budget.has(1)) {
                return;
            }
            cursor = pid;
            look(pid);
        }
    }

    private void look(int pid) {
        try {
            processes.put(pid, NetNamespace.inode(link(pid)));
        } catch (LastErrorException e) {
            processes.remove(pid); // ended, or not for us to see
        }
    }
}
