package io.tcpsnap.archive;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * The end for a frame whose compressor has gone on to data that will not be in the file: an empty last block and the
 * checksum of what is there. Without it stock zstd stops at that place and gives out nothing that follows.
 *
 * @param bytes what to write behind the frame's last flush
 * @param contentLength bytes in the frame, uncompressed
 */
record FrameEnd(byte[] bytes, long contentLength) {
    private static final int CHECKSUM = 4;
    private static final byte[] LAST_BLOCK = {1, 0, 0};

    /** Ends the frame that {@code frame} holds up to a flush. Closes it. */
    static FrameEnd of(InputStream frame) throws IOException {
        Tail tail = new Tail();
        long length;
        try (InputStream content = Packing.ZSTD.unpack(frame, true);
                OutputStream checksum = new ZstdOutputStreamNoFinalizer(tail).setChecksum(true)) {
            length = content.transferTo(checksum);
        }
        byte[] end = Arrays.copyOf(LAST_BLOCK, LAST_BLOCK.length + CHECKSUM);
        System.arraycopy(tail.last, 0, end, LAST_BLOCK.length, CHECKSUM);
        return new FrameEnd(end, length);
    }

    /** Keeps the last bytes: the checksum is over the content alone, so that of any frame with this content will do. */
    private static final class Tail extends OutputStream {
        private final byte[] last = new byte[CHECKSUM];

        @Override
        public void write(int b) {
            System.arraycopy(last, 1, last, 0, CHECKSUM - 1);
            last[CHECKSUM - 1] = (byte) b;
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            for (int i = Math.max(from, from + length - CHECKSUM); i < from + length; i++) {
                write(bytes[i]);
            }
        }
    }
}
