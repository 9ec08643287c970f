package io.tcpsnap.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * The seek table of zstd's seekable format (contrib/seekable_format/zstd_seekable_compression_format.md): last frame of a
 * file, a skippable one.
 *
 * <pre>
 * u32 0x184D2A5E   u32 length of the rest
 * for each frame: u32 compressed size   u32 decompressed size
 * u32 number of frames   u8 descriptor, 0: no checksums; bits 0 and 1 are the user's   u32 0x8F92EAB1
 * </pre>
 */
final class SeekTable {
    static final int SKIPPABLE_MAGIC = 0x184D2A5E;
    static final int MAGIC = 0x8F92EAB1;
    static final int FOOTER = 9;
    private static final int HEADER = 8;
    private static final int ENTRY = 8;

    /** Bit of the descriptor. */
    private static final int PACKED = 1;

    private SeekTable() {}

    /** Whether the file has a sound table that tells that it is packed. */
    static boolean isPacked(FileChannel file) throws IOException {
        long size = file.size();
        return size >= FOOTER
                && read(file) != null
                && (read(file, size - FOOTER, FOOTER).get(4) & PACKED) != 0;
    }

    /** The table of frames; each is given by its compressed and its decompressed size. */
    static byte[] bytes(List<long[]> frames) {
        return bytes(frames, false);
    }

    /** As {@link #bytes(List)}; {@code packed} tells that the frames are compressed as well as can be. */
    static byte[] bytes(List<long[]> frames, boolean packed) {
        int content = ENTRY * frames.size() + FOOTER;
        ByteBuffer table = ByteBuffer.allocate(HEADER + content).order(ByteOrder.LITTLE_ENDIAN);
        table.putInt(SKIPPABLE_MAGIC).putInt(content);
        for (long[] sizes : frames) {
            table.putInt((int) sizes[0]).putInt((int) sizes[1]);
        }
        return table.putInt(frames.size())
                .put((byte) (packed ? PACKED : 0))
                .putInt(MAGIC)
                .array();
    }

    /** The frames by the table, or null where the file has no sound one: the table is advice, not truth. */
    static List<Frame> read(FileChannel file) throws IOException {
        long size = file.size();
        if (size < HEADER + FOOTER) {
            return null;
        }
        ByteBuffer footer = read(file, size - FOOTER, FOOTER);
        long count = footer.getInt(0) & 0xffffffffL;
        long length = HEADER + count * ENTRY + FOOTER;
        if (footer.getInt(5) != MAGIC
                || (footer.get(4) & ~PACKED) != 0
                || length > size
                || length > Integer.MAX_VALUE) {
            return null;
        }
        ByteBuffer table = read(file, size - length, (int) length);
        if (table.getInt(0) != SKIPPABLE_MAGIC || (table.getInt(4) & 0xffffffffL) != length - HEADER) {
            return null;
        }
        List<Frame> frames = new ArrayList<>();
        long offset = 0;
        for (int i = 0; i < count; i++) {
            long compressed = table.getInt(HEADER + i * ENTRY) & 0xffffffffL;
            frames.add(new Frame(offset, compressed));
            offset += compressed;
        }
        return offset == size - length && startsAreFrames(file, frames) ? frames : null;
    }

    private static boolean startsAreFrames(FileChannel file, List<Frame> frames) throws IOException {
        for (Frame frame : frames) {
            if (frame.length() < 4 || read(file, frame.offset(), 4).getInt(0) != FrameWalk.MAGIC) {
                return false;
            }
        }
        return true;
    }

    /** Reads at most {@code length} bytes; what is behind the end of the file is missing. */
    static ByteBuffer read(FileChannel file, long offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        long at = offset;
        while (bytes.hasRemaining()) {
            int n = file.read(bytes, at);
            if (n < 0) {
                break;
            }
            at += n;
        }
        return bytes.flip();
    }
}
