package io.tcpsnap.archive;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** Writes one segment file, tick by tick. Not for more than one thread. */
public final class SegmentWriter implements Closeable {
    private final Path path;

    private SegmentWriter(Path path) {
        this.path = path;
    }

    /** Creates {@code <folder>/<host>-<UTC start>.tar.zst}, mode 0600; fails where it exists. */
    public static SegmentWriter create(Path folder, Manifest manifest, long startRealtimeNanos) throws IOException {
        return new SegmentWriter(folder);
    }

    public Path path() {
        return path;
    }

    /** Starts a tick. */
    public void begin(long realtimeNanos) throws IOException {
        throw new UnsupportedOperationException("not yet");
    }

    /**
     * Adds a file to the tick.
     *
     * @return CRC32 of the content, for the tick's record
     */
    public int entry(String entryPath, byte[] bytes, int length) throws IOException {
        throw new UnsupportedOperationException("not yet");
    }

    /** Ends the tick with its commit mark, flushes it to the file, and syncs and cuts frames when due. */
    public void commit(TickRecord record) throws IOException {
        throw new UnsupportedOperationException("not yet");
    }

    /** Size of the file so far. */
    public long size() {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public void close() throws IOException {
        throw new UnsupportedOperationException("not yet");
    }
}
