package io.tcpsnap.archive;

import java.io.IOException;
import java.util.List;

/** Segments opened together, of one or several hosts. */
public record ArchiveSet(List<Segment> segments) {
    /**
     * Opens files, folders of segments, extracted folders and globs.
     *
     * @throws CorruptArchiveException where one of them is no archive, is empty, or has a newer format; the message names
     *     it and says what to do
     * @throws java.nio.file.NoSuchFileException where one does not exist
     */
    public static ArchiveSet open(List<String> paths) throws IOException {
        throw new UnsupportedOperationException("not yet");
    }
}
