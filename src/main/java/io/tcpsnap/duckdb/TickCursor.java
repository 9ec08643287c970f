package io.tcpsnap.duckdb;

import io.tcpsnap.archive.Damage;
import io.tcpsnap.archive.Tick;
import io.tcpsnap.archive.TickReader;
import io.tcpsnap.decode.Snapshot;
import io.tcpsnap.table.TickRows;
import java.io.IOException;

/** Rows that come out of ticks: takes frame after frame from the scan and reads their ticks. */
final class TickCursor<R> implements RowCursor<R> {
    private final Scan scan;
    private final TickRows<R> rows;
    private Scan.Part part;
    private TickReader ticks;

    TickCursor(Scan scan, TickRows<R> rows) {
        this.scan = scan;
        this.rows = rows;
    }

    @Override
    public R next() throws IOException {
        R row = rows.next();
        while (row == null && advance()) {
            row = rows.next();
        }
        return row;
    }

    /** Goes on to the next tick, or to the end of a frame; false when there is no more. */
    private boolean advance() throws IOException {
        if (scan.cancelled()) {
            return false;
        }
        if (ticks == null) {
            part = scan.takePart();
            if (part == null) {
                return false;
            }
            ticks = part.segment().read(part.frame(), this::damaged);
        }
        Tick tick = ticks.next();
        if (tick != null) {
            Snapshot snapshot = scan.snapshots().of(tick);
            if (scan.window().contains(snapshot.tsMicros())) {
                rows.begin(tick, snapshot);
            }
        } else {
            close();
            scan.finished(part.frame());
        }
        return true;
    }

    private void damaged(Damage damage) {
        scan.damaged(damage);
        if (scan.window().isAll()) { // else it has no time that could be in the window
            rows.damaged(damage);
        }
    }

    @Override
    public void close() throws IOException {
        if (ticks != null) {
            TickReader open = ticks;
            ticks = null;
            open.close();
        }
    }
}
