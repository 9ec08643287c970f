package io.tcpsnap.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Finds the zstd frames of a file by their headers and block headers (RFC 8878, sections 3.1.1 and 3.1.2), without
 * decompressing. Where the chain is broken it goes on at the next place that looks like a frame of this file.
 */
final class FrameWalk {
    static final int MAGIC = 0xFD2FB528;
    static final int SKIPPABLE = 0x184D2A50;
    private static final int SCAN = 1 << 20;

    private final Path path;
    private final FileChannel file;
    private final long size;
    private final Consumer<Damage> damage;
    private boolean torn;

    FrameWalk(Path path, FileChannel file, Consumer<Damage> damage) throws IOException {
        this.path = path;
        this.file = file;
        this.size = file.size();
        this.damage = damage;
    }

    /** The frames in order; the last one may be cut off. */
    List<Frame> frames() throws IOException {
        List<Frame> frames = new ArrayList<>();
        long at = 0;
        while (at < size) {
            ByteBuffer head = SeekTable.read(file, at, 8);
            int magic = head.remaining() >= 4 ? head.getInt(0) : 0;
            long end;
            if (magic == MAGIC) {
                end = frameEnd(at);
                frames.add(new Frame(at, (end < 0 ? nextFrame(at + 4) : end) - at));
                at = end < 0 ? at + frames.get(frames.size() - 1).length() : end;
            } else if ((magic & 0xfffffff0) == SKIPPABLE && head.remaining() == 8) {
                at += 8 + (head.getInt(4) & 0xffffffffL);
            } else {
                end = nextFrame(at + 1);
                damage.accept(new Damage(path, at, null, (end - at) + " bytes that are no zstd frame: skipped"));
                torn = true;
                at = end;
            }
        }
        return frames;
    }

    /** Whether the file ends inside a frame or behind rubbish. */
    boolean torn() {
        return torn;
    }

    /** Where the frame ends; -1 where the chain of blocks is broken or the file ends first. */
    private long frameEnd(long start) throws IOException {
        ByteBuffer head = SeekTable.read(file, start, 6);
        if (head.remaining() < 6) {
            torn = true;
            return size;
        }
        int descriptor = head.get(4) & 0xff;
        boolean single = (descriptor & 0x20) != 0;
        int contentSize = new int[] {single ? 1 : 0, 2, 4, 8}[descriptor >> 6];
        int dictionary = new int[] {0, 1, 2, 4}[descriptor & 3];
        long at = start + 5 + (single ? 0 : 1) + dictionary + contentSize;
        while (true) {
            ByteBuffer block = SeekTable.read(file, at, 3);
            if (block.remaining() < 3) {
                torn = true;
                return size;
            }
            int header = block.get(0) & 0xff | (block.get(1) & 0xff) << 8 | (block.get(2) & 0xff) << 16;
            int type = header >> 1 & 3;
            if (type == 3) {
                torn = true;
                return -1;
            }
            at += 3 + (type == 1 ? 1 : header >> 3);
            if ((header & 1) != 0) {
                at += (descriptor & 4) != 0 ? 4 : 0;
                torn |= at > size;
                return Math.min(at, size);
            }
        }
    }

    /** The next place from {@code from} on with a frame's magic and the first frame's descriptor, or the end. */
    private long nextFrame(long from) throws IOException {
        ByteBuffer first = SeekTable.read(file, 0, 5);
        for (long at = from; at < size; at += SCAN - 8) {
            ByteBuffer bytes = SeekTable.read(file, at, SCAN);
            for (int i = 0; i + 5 <= bytes.remaining(); i++) {
                if (bytes.getInt(i) == MAGIC && (first.getInt(0) != MAGIC || bytes.get(i + 4) == first.get(4))) {
                    return at + i;
                }
            }
        }
        return size;
    }
}
