package io.tcpsnap.archive;

import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** How a segment file is packed, by its first bytes and not by its name. */
enum Packing {
    ZSTD {
        @Override
        InputStream unpack(InputStream in, boolean torn) throws IOException {
            return new ZstdInputStreamNoFinalizer(in, RecyclingBufferPool.INSTANCE)
                    .setContinuous(torn)
                    .setLongMax(SegmentWriter.MAX_WINDOW_LOG);
        }
    },
    GZIP {
        @Override
        InputStream unpack(InputStream in, boolean torn) {
            return new GzipMembers(in);
        }
    },
    NONE {
        @Override
        InputStream unpack(InputStream in, boolean torn) {
            return new BufferedInputStream(in, 1 << 16);
        }
    };

    /**
     * The tar stream in {@code in}.
     *
     * @param torn whether the input may end anywhere, as the last frame of a recorder that was killed does: the stream then
     *     ends with all that was flushed. Else a missing end is an error, since it means lost ticks.
     */
    abstract InputStream unpack(InputStream in, boolean torn) throws IOException;

    /** The packing of a file, or null where it is nothing that can hold an archive. */
    static Packing of(FileChannel file) throws IOException {
        ByteBuffer head = SeekTable.read(file, 0, Ustar.BLOCK);
        int magic = head.remaining() >= 4 ? head.getInt(0) : 0;
        if (magic == FrameWalk.MAGIC || FrameWalk.isSkippable(magic)) {
            return ZSTD;
        }
        if ((magic & 0xffff) == 0x8b1f) {
            return GZIP;
        }
        return head.remaining() == Ustar.BLOCK && Ustar.isHeader(head.array()) ? NONE : null;
    }
}
