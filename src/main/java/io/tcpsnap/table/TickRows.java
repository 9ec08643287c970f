package io.tcpsnap.table;

import io.tcpsnap.archive.Damage;
import io.tcpsnap.archive.Tick;
import io.tcpsnap.decode.Snapshot;

/**
 * Rows of one table out of one tick after another. One instance for each thread.
 *
 * @param <R> the row; the object may be the same for each row
 */
public interface TickRows<R> {
    /** Starts on a tick, which must stay unchanged until the next call. */
    void begin(Tick tick, Snapshot snapshot);

    /** The next row, or null when there is none before the next tick; may be called before the first tick. */
    R next();

    /** Hears of damage in the archive, between ticks; rows of it come from {@link #next}. */
    default void damaged(Damage damage) {}
}
