package io.tcpsnap.capture;

import com.sun.jna.Memory;
import io.tcpsnap.capture.ProcessCalls.Mark;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The processes of the machine and their TCP sockets, kept up to date within a budget of CPU time.
 *
 * <p>Each update looks at processes in this order, while the budget lasts: those that are new; those whose table of
 * descriptors has another size, or another process has their number; then, with what is left of half the budget, the
 * others in turn, since a socket that took the place of another leaves the size as it was.
 */
final class ProcessTable {
    private static final double TURN = 0.5;

    private final TreeMap<Integer, SocketProcess> known = new TreeMap<>();
    private final SocketKinds kinds = new SocketKinds();
    private final Memory scratch = new Memory(512);
    /** The process behind which the next turn begins. */
    private int cursor;

    private int scanned;
    private int unseen;
    private int unchecked;

    void update(CpuBudget budget) {
        TreeMap<Integer, SocketProcess> before = new TreeMap<>(known);
        Set<Integer> alive = new HashSet<>();
        scanned = 0;
        unseen = 0;
        unchecked = 0;
        int[] pids;
        try (ProcessFolder proc = new ProcessFolder("/proc")) {
            pids = proc.numbers(".");
        }
        for (int pid : pids) {
            alive.add(pid);
            if (!before.containsKey(pid)) {
                if (budget.has(1)) {
                    scan(pid, mark(pid));
                } else {
                    unseen++;
                }
            }
        }
        known.keySet().retainAll(alive);
        before.keySet().retainAll(alive);
        int start = cursor;
        check(before.tailMap(start, false), budget);
        check(before.headMap(start, true), budget);
    }

    private void check(Map<Integer, SocketProcess> processes, CpuBudget budget) {
        for (SocketProcess process : processes.values()) {
            if (!budget.has(1)) {
                if (unchecked++ == 0) {
                    cursor = process.pid() - 1;
                }
                continue;
            }
            Mark mark = mark(process.pid());
            if (!mark.equals(process.mark())) {
                scan(process.pid(), mark);
            } else if (budget.has(TURN)) {
                cursor = process.pid();
                scan(process.pid(), mark);
            }
        }
    }

    private Mark mark(int pid) {
        return ProcessCalls.mark("/proc/" + pid + "/fd", scratch);
    }

    private void scan(int pid, Mark mark) {
        SocketProcess process = SocketProcess.read(pid, mark, kinds);
        scanned++;
        if (process == null) {
            known.remove(pid);
        } else {
            known.put(pid, process);
        }
    }

    /** In ascending order of their numbers. */
    Collection<SocketProcess> processes() {
        return known.values();
    }

    /** How many processes could not be read, by errno. */
    Map<Integer, Integer> denied() {
        Map<Integer, Integer> denied = new TreeMap<>();
        for (SocketProcess process : known.values()) {
            if (process.errno() != 0) {
                denied.merge(process.errno(), 1, Integer::sum);
            }
        }
        return denied;
    }

    /** How complete that is, in words: {@code processes=88 scanned=12 unseen=0 unchecked=0 EACCES=3}. */
    String account() {
        StringBuilder text = new StringBuilder("processes=" + (known.size() + unseen) + " scanned=" + scanned
                + " unseen=" + unseen + " unchecked=" + unchecked);
        denied().forEach((errno, count) ->
                text.append(' ').append(Errno.name(errno)).append('=').append(count));
        return text.toString();
    }
}
