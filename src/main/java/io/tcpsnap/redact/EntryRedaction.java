package io.tcpsnap.redact;

import io.tcpsnap.archive.Entry;
import java.nio.ByteOrder;

/** Makes one kind of copy safe. */
@FunctionalInterface
interface EntryRedaction {
    /**
     * The bytes that take the copy's place; may be written to by the caller.
     *
     * @param source path in the namespace's tree, {@code proc/net/tcp}
     * @param order byte order of the host
     */
    byte[] of(Entry entry, String source, ByteOrder order);
}
