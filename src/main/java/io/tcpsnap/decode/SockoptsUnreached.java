package io.tcpsnap.decode;

import io.tcpsnap.kernel.ErrnoName;
import io.tcpsnap.kernel.SockoptEntry;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;

/**
 * What {@code sockopt} and {@code sockopt_handed} count: sockets that could not be read, by the error of each, processes by
 * error, and what the last record has. What is no such record is left to {@link Sockopts}.
 */
public final class SockoptsUnreached extends Decoder implements Unreached {
    /** It was handed over and is no socket of TCP. */
    private static final String NOT_TCP = "not TCP";
    /** It was handed over when the recorder had no room for it. */
    private static final String NO_ROOM = "no room";

    private record Row(String reason, boolean processes, long count) {}

    private final HostBytes host = new HostBytes();
    private final Map<Integer, Long> sockets = new TreeMap<>();
    private final Queue<Row> rows = new ArrayDeque<>();
    private Row row;

    public SockoptsUnreached(ProblemSink problems) {
        super(problems);
    }

    @Override
    protected void begin() {
        host.reset(bytes, snapshot().byteOrder());
        sockets.clear();
        rows.clear();
        while (end - at >= SockoptEntry.HEADER && SockoptEntry.HEADER + host.u16(at + 6) <= end - at) {
            if (host.u16(at) == SockoptEntry.LEVEL) {
                record(host.u16(at + 2), host.u16(at + 4), host.u16(at + 6));
            }
            at += SockoptEntry.align(SockoptEntry.HEADER + host.u16(at + 6));
        }
        sockets.forEach((errno, count) -> add(ErrnoName.of(errno), false, count));
    }

    private void record(int number, int errno, int length) {
        int value = at + SockoptEntry.HEADER;
        if (number == SockoptEntry.SOCKET && errno != 0) {
            sockets.merge(errno, 1L, Long::sum);
        } else if (number == SockoptEntry.PROCESSES && length == SockoptEntry.PROCESSES_LENGTH) {
            add(ErrnoName.of(errno), true, host.u32(value));
        } else if (number == SockoptEntry.END && length == SockoptEntry.END_LENGTH) {
            boolean swept = source().endsWith("sockopt");
            if (!swept) {
                add(NOT_TCP, false, host.u32(value + 4));
            }
            add(swept ? NO_TIME : NO_ROOM, false, host.u32(value + 8));
        }
    }

    private void add(String reason, boolean processes, long count) {
        if (count > 0) {
            rows.add(new Row(reason, processes, count));
        }
    }

    @Override
    public boolean next() {
        row = rows.poll();
        return row != null;
    }

    @Override
    public String reason() {
        return row.reason();
    }

    @Override
    public boolean hasProcesses() {
        return row.processes();
    }

    @Override
    public long count() {
        return row.count();
    }
}
