package io.tcpsnap.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;

/** CRC32 over the two ends of a file: of a segment they have its manifest and its seek table, of a jar its directory. */
final class Checksum {
    private static final int END = 64 << 10;

    private Checksum() {}

    static long of(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            CRC32 crc = new CRC32();
            add(file, 0, crc);
            add(file, Math.max(0, file.size() - END), crc);
            return crc.getValue();
        }
    }

    private static void add(FileChannel file, long from, CRC32 crc) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(END);
        for (int n = 0; n >= 0 && bytes.hasRemaining(); ) {
            n = file.read(bytes, from + bytes.position());
        }
        crc.update(bytes.flip());
    }
}
