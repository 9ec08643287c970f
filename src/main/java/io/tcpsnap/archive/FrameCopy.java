package io.tcpsnap.archive;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** Writes frames whose content comes from other frames, and the seek table behind them. */
final class FrameCopy {
    private static final int STEP = 1 << 20;

    private final FileChannel file;
    private final int level;
    private final Runnable pace;
    private final List<long[]> frames = new ArrayList<>();
    private long written;

    /** @param pace is called every now and then, and may wait */
    FrameCopy(FileChannel file, int level, Runnable pace) {
        this.file = file;
        this.level = level;
        this.pace = pace;
    }

    /**
     * Compresses content into a frame with a window of 2^{@code windowLog} bytes. Closes {@code content}.
     *
     * @return CRC32 of the content
     */
    long compress(InputStream content, int windowLog) throws IOException {
        CRC32 crc = new CRC32();
        long start = written;
        long length = 0;
        Sink sink = new Sink();
        try (content;
                ZstdOutputStreamNoFinalizer frame = new ZstdOutputStreamNoFinalizer(sink)) {
            frame.setLevel(level).setWindowLog(windowLog).setChecksum(true);
            if (level == SegmentWriter.LEVEL) {
                frame.setHashLog(SegmentWriter.HASH_LOG);
            }
            byte[] bytes = new byte[STEP];
            for (int n = content.readNBytes(bytes, 0, STEP); n > 0; n = content.readNBytes(bytes, 0, STEP)) {
                frame.write(bytes, 0, n);
                crc.update(bytes, 0, n);
                length += n;
                pace.run();
            }
        }
        frames.add(new long[] {written - start, length});
        return crc.getValue();
    }

    /** Copies bytes that are one whole frame, or with {@code end} become one. */
    void copy(InputStream frame, byte[] end, long contentLength) throws IOException {
        long start = written;
        try (frame) {
            frame.transferTo(new Sink());
        }
        write(end, 0, end.length);
        frames.add(new long[] {written - start, contentLength});
    }

    /** Writes a frame of a manifest and the two blocks of zeros that end a tar. */
    void endOfTar(byte[] manifest) throws IOException {
        byte[] content = new byte[(int) (3 * Ustar.BLOCK + Ustar.padded(manifest.length))];
        Ustar.write(content, 0, Manifest.ENTRY, manifest.length, 0);
        System.arraycopy(manifest, 0, content, Ustar.BLOCK, manifest.length);
        compress(new ByteArrayInputStream(content), SegmentWriter.MIN_WINDOW_LOG);
    }

    /** The frames so far: compressed and decompressed size. */
    List<long[]> frames() {
        return frames;
    }

    /** Ends the file with a seek table. */
    void end(boolean packed) throws IOException {
        byte[] table = SeekTable.bytes(frames, packed);
        write(table, 0, table.length);
    }

    private void write(byte[] bytes, int from, int length) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes, from, length);
        while (rest.hasRemaining()) {
            file.write(rest);
        }
        written += length;
    }

    /** Where in the file we are. */
    private final class Sink extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            FrameCopy.this.write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            FrameCopy.this.write(bytes, from, length);
        }
    }
}
