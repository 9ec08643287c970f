package io.tcpsnap.archive;

import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.GZIPInputStream;

/** How a segment file is packed, by its first bytes and not by its name. */
enum Packing {
    ZSTD {
        @Override
        InputStream unpack(InputStream in) throws IOException {
            // continuous: a file that was cut off ends instead of failing, with all that was flushed
            return new ZstdInputStreamNoFinalizer(in, RecyclingBufferPool.INSTANCE)
                    .setContinuous(true)
                    .setLongMax(SegmentWriter.MAX_WINDOW_LOG);
        }
    },
    GZIP {
        @Override
        InputStream unpack(InputStream in) throws IOException {
            return new GZIPInputStream(in, 1 << 16);
        }
    },
    NONE {
        @Override
        InputStream unpack(InputStream in) {
            return new BufferedInputStream(in, 1 << 16);
        }
    };

    abstract InputStream unpack(InputStream in) throws IOException;

    /** The packing of a file, or null where it is nothing that can hold an archive. */
    static Packing of(FileChannel file) throws IOException {
        ByteBuffer head = SeekTable.read(file, 0, Ustar.BLOCK);
        int magic = head.remaining() >= 4 ? head.getInt(0) : 0;
        if (magic == FrameWalk.MAGIC || (magic & 0xfffffff0) == FrameWalk.SKIPPABLE) {
            return ZSTD;
        }
        if ((magic & 0xffff) == 0x8b1f) {
            return GZIP;
        }
        return head.remaining() == Ustar.BLOCK && Ustar.isHeader(head.array()) ? NONE : null;
    }
}
