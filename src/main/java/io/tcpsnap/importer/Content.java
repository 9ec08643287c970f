package io.tcpsnap.importer;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Bytes of an input: held in memory, or read again from their file when wanted. */
@FunctionalInterface
interface Content {
    byte[] bytes() throws IOException;

    static Content held(byte[] bytes) {
        return () -> bytes;
    }

    /** A file; what it held when it was last read stays in memory while there is room. */
    static Content file(Path path) {
        return new Content() {
            private SoftReference<byte[]> last = new SoftReference<>(null);

            @Override
            public byte[] bytes() throws IOException {
                byte[] bytes = last.get();
                if (bytes == null) {
                    bytes = Files.readAllBytes(path);
                    last = new SoftReference<>(bytes);
                }
                return bytes;
            }
        };
    }

    /** The bytes {@code [from, to)} of this. */
    default Content slice(int from, int to) {
        return () -> {
            byte[] whole = bytes();
            if (whole.length < to) {
                throw new IOException("it was changed while it was being imported");
            }
            return from == 0 && to == whole.length ? whole : Arrays.copyOfRange(whole, from, to);
        };
    }
}
