package io.tcpsnap.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The tar of an archive's file as stock tools see it: unpacked, and nothing else. */
public final class ArchiveBytes {
    private ArchiveBytes() {}

    /** @throws CorruptArchiveException where the file begins as none that we know */
    public static InputStream open(Path path) throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
        try {
            Packing packing = Packing.of(file);
            if (packing == null) {
                throw new CorruptArchiveException(path, "begins neither as zstd nor as gzip nor as tar");
            }
            return packing.unpack(new Slice(file, 0, file.size()), true);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }
}
