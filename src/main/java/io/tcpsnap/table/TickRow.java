package io.tcpsnap.table;

import io.tcpsnap.archive.SourceRecord;
import io.tcpsnap.archive.Tick;
import io.tcpsnap.decode.Snapshot;

/**
 * A tick, or one source of it.
 *
 * @param source null where the row is the tick
 */
record TickRow(Tick tick, Snapshot snapshot, SourceRecord source) {}
