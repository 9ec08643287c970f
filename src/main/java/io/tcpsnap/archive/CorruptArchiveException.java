package io.tcpsnap.archive;

import java.io.IOException;
import java.nio.file.Path;

/** Input that is not an archive that we can read; the message names the file, the offset and what to do. */
public final class CorruptArchiveException extends IOException {
    private static final long serialVersionUID = 1;

    public CorruptArchiveException(Path file, String reason) {
        super(Printable.of(file + ": " + reason));
    }
}
