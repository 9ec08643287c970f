package io.tcpsnap.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Content of files that others packed with zstd or gzip. */
public final class Unpacked {
    private Unpacked() {}

    /**
     * The content of zstd frames or gzip members, told by their first bytes; the stream itself where it begins with neither.
     * A file that is cut off is an error when its end is read, not here.
     */
    public static InputStream of(InputStream in) throws IOException {
        BufferedInputStream file = new BufferedInputStream(in, 1 << 16);
        file.mark(4);
        byte[] head = file.readNBytes(4);
        file.reset();
        if (head.length < 4) {
            return file;
        }
        int magic = head[0] & 0xff | (head[1] & 0xff) << 8 | (head[2] & 0xff) << 16 | (head[3] & 0xff) << 24;
        if (magic == FrameWalk.MAGIC || FrameWalk.isSkippable(magic)) {
            return Packing.ZSTD.unpack(file, false);
        }
        return (magic & 0xffff) == 0x8b1f ? Packing.GZIP.unpack(file, false) : file;
    }
}
