package io.tcpsnap.capture;

import com.sun.jna.LastErrorException;
import io.tcpsnap.kernel.SockoptEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The options of the TCP sockets of all processes that may be looked at, read by {@link SocketProbe}; the entry is described
 * at {@link SockoptEntry}.
 *
 * <p>Takes {@link #SHARE} of a CPU at most, but for the first copy: sockets that were not reached come first in the next
 * tick. A socket of several processes is read once.
 */
final class SockoptSource implements Source {
    /** 5 %: this is asked for by name, and some 100 us for each socket. */
    private static final double SHARE = 0.05;
    /** As that of the source owner. */
    private static final double TABLE_SHARE = 0.01;

    private final CpuBudget tableBudget;
    private final CpuBudget budget;
    private final ProcessTable table = new ProcessTable();
    private final SocketProbe probe = new SocketProbe();
    /** Inode of the socket that was read last. */
    private long cursor;

    private int read;
    private int refused;
    private int left;

    SockoptSource() {
        this(new CpuBudget(TABLE_SHARE), new CpuBudget(SHARE));
    }

    SockoptSource(CpuBudget tableBudget, CpuBudget budget) {
        this.tableBudget = tableBudget;
        this.budget = budget;
    }

    @Override
    public String path() {
        return "sockopt";
    }

    /** Where a socket is found. */
    private record Place(int pid, int fd) {}

    @Override
    public void take(CopyBuffer into) {
        tableBudget.begin();
        table.update(tableBudget);
        tableBudget.end();
        budget.begin();
        TreeMap<Long, List<Place>> sockets = new TreeMap<>();
        for (SocketProcess process : table.processes()) {
            for (SocketProcess.Held held : process.sockets()) {
                sockets.computeIfAbsent(held.inode(), inode -> new ArrayList<>(1))
                        .add(new Place(process.pid(), held.fd()));
            }
        }
        read = 0;
        refused = 0;
        left = 0;
        long start = cursor;
        sweep(sockets.tailMap(start, false), into);
        sweep(sockets.headMap(start, true), into);
        table.denied().forEach((errno, processes) -> probe.record(SockoptEntry.PROCESSES, errno, into, processes));
        probe.record(SockoptEntry.END, 0, into, read, refused, left);
        budget.end();
    }

    private void sweep(Map<Long, List<Place>> sockets, CopyBuffer into) {
        sockets.forEach((inode, places) -> {
            if (!budget.has(1)) {
                left++;
                return;
            }
            cursor = inode;
            if (tryPlaces(inode, places, into)) {
                read++;
            } else {
                refused++;
            }
        });
    }

    /** Reads a socket through the first process that lets us; else leaves the first refusal. */
    private boolean tryPlaces(long inode, List<Place> places, CopyBuffer into) {
        int errno = 0;
        for (Place place : places) {
            try {
                probe.read(inode, place.pid(), place.fd(), into);
                return true;
            } catch (LastErrorException e) {
                errno = errno == 0 ? e.getErrorCode() : errno;
            }
        }
        probe.socket(inode, places.get(0).pid(), places.get(0).fd(), errno, into);
        return false;
    }
}
