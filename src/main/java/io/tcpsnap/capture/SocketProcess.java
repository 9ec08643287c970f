package io.tcpsnap.capture;

import com.sun.jna.LastErrorException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A process and the TCP sockets that it held when it was looked at.
 *
 * @param mark of its table of descriptors, then
 * @param errno why it could not be read; 0 where it could
 * @param startTime when it started, clock ticks since boot: field 22 of its stat (fs/proc/array.c do_task_stat()); with the
 *     number it names the process within a boot
 * @param comm its comm, without the line feed
 * @param cgroup its path in cgroup v2, else in the named hierarchy of systemd; null where it has neither
 * @param sockets each once, in the order of descriptors; where there is none, the three above are not read
 */
record SocketProcess(
        int pid, ProcessCalls.Mark mark, int errno, long startTime, byte[] comm, byte[] cgroup, List<Held> sockets) {
    /** A socket and its first descriptor. */
    record Held(long inode, int fd) {}

    /** Where the start time is behind the parenthesis that ends comm, which may hold any byte. */
    private static final int START_TIME = 20;

    /** Looks at a process; null where it is gone. */
    static SocketProcess read(int pid, ProcessCalls.Mark mark, SocketKinds kinds) {
        try (ProcessFolder folder = new ProcessFolder("/proc/" + pid)) {
            List<Held> sockets = sockets(folder, pid, kinds);
            if (sockets.isEmpty()) {
                return new SocketProcess(pid, mark, 0, 0, null, null, sockets);
            }
            byte[] comm = folder.read("comm");
            return new SocketProcess(
                    pid,
                    mark,
                    0,
                    startTime(folder.read("stat")),
                    Arrays.copyOf(comm, Math.max(0, comm.length - 1)),
                    cgroup(folder),
                    sockets);
        } catch (LastErrorException e) {
            int errno = e.getErrorCode();
            boolean gone = errno == Errno.ENOENT || errno == Errno.ESRCH;
            return gone ? null : new SocketProcess(pid, mark, errno, 0, null, null, List.of());
        }
    }

    private static List<Held> sockets(ProcessFolder folder, int pid, SocketKinds kinds) {
        Map<Long, Held> sockets = new LinkedHashMap<>();
        for (int fd : folder.numbers("fd")) {
            long inode = inode(folder, fd);
            if (inode > 0 && kinds.isTcp(inode, pid, fd)) {
                sockets.putIfAbsent(inode, new Held(inode, fd));
            }
        }
        return List.copyOf(sockets.values());
    }

    /** The inode behind a descriptor; -1 where it is no socket, or was closed since it was listed. */
    static long inode(ProcessFolder folder, int fd) {
        try {
            return folder.socket("fd/" + fd);
        } catch (LastErrorException e) {
            if (e.getErrorCode() == Errno.ENOENT) {
                return -1;
            }
            throw e;
        }
    }

    private static long startTime(byte[] stat) {
        String text = new String(stat, StandardCharsets.ISO_8859_1);
        return Long.parseLong(text.substring(text.lastIndexOf(')') + 2).split(" ", -1)[START_TIME - 1]);
    }

    private static byte[] cgroup(ProcessFolder folder) {
        try {
            return cgroup(new String(folder.read("cgroup"), StandardCharsets.ISO_8859_1));
        } catch (LastErrorException e) {
            if (e.getErrorCode() == Errno.ENOENT) {
                return null; // a kernel without cgroups
            }
            throw e;
        }
    }

    static byte[] cgroup(String lines) {
        for (String hierarchy : List.of("0::", "1:name=systemd:")) {
            int at = ("\n" + lines).indexOf("\n" + hierarchy);
            if (at >= 0) {
                int end = lines.indexOf('\n', at);
                return lines.substring(at + hierarchy.length(), end < 0 ? lines.length() : end)
                        .getBytes(StandardCharsets.ISO_8859_1);
            }
        }
        return null;
    }
}
