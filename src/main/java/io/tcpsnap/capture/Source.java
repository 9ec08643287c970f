package io.tcpsnap.capture;

import java.io.Closeable;

/** Something that is copied at each tick. */
interface Source extends Closeable {
    /** Where the copy goes in the tick: {@code proc/net/tcp}. */
    String path();

    /**
     * Copies it as it is now.
     *
     * @throws SourceException where that is not wholly possible; what {@code into} then holds is kept beside the error
     */
    void take(CopyBuffer into) throws SourceException;

    @Override
    default void close() {}
}
