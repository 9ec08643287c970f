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

    /** Why this kernel, or this user, cannot have it, as {@code EPERM}; null where it is not known to fail. */
    default String refusal() {
        return null;
    }

    /** How many sockets the last copy lists; -1 where the source does not count them. */
    default int sockets() {
        return -1;
    }

    @Override
    default void close() {}
}
