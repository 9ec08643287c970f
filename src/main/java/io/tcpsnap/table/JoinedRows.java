package io.tcpsnap.table;

import io.tcpsnap.archive.Tick;
import io.tcpsnap.decode.Snapshot;
import java.util.List;

/** Rows of several row sources, one after the other. */
final class JoinedRows<R> implements TickRows<R> {
    private final List<TickRows<? extends R>> parts;
    private int part;

    JoinedRows(List<TickRows<? extends R>> parts) {
        this.parts = parts;
        this.part = parts.size();
    }

    @Override
    public void begin(Tick tick, Snapshot snapshot) {
        parts.forEach(rows -> rows.begin(tick, snapshot));
        part = 0;
    }

    @Override
    public R next() {
        while (part < parts.size()) {
            R row = parts.get(part).next();
            if (row != null) {
                return row;
            }
            part++;
        }
        return null;
    }
}
