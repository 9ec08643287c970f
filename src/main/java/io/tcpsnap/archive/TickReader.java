package io.tcpsnap.archive;

import java.io.Closeable;
import java.io.IOException;

/** Ticks of one frame in order. Not for more than one thread. */
public interface TickReader extends Closeable {
    /**
     * The next committed tick, or null at the end. Its bytes stay unchanged until the next call. Damage is reported to the
     * listener given at opening and skipped.
     */
    Tick next() throws IOException;
}
