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
    private static final int WINDOW = 1 << 16;
    /** RFC 8878, section 3.1.1.2.4: no block is larger, nor what it unpacks to. */
    private static final int MAX_BLOCK = 128 << 10;

    private final Path path;
    private final FileChannel file;
    private final long size;
    private final Consumer<Damage> damage;
    private boolean torn;
    /** A piece of the file: block headers may be a few bytes apart. */
    private ByteBuffer window = ByteBuffer.allocate(0);

    private long windowStart;

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
            if (magic == MAGIC) {
                long end = frameEnd(at);
                frames.add(new Frame(at, end - at));
                at = end;
            } else if (isSkippable(magic) && head.remaining() == 8) {
                at += 8 + (head.getInt(4) & 0xffffffffL);
                torn |= at > size;
            } else {
                long end = nextFrame(at + 1);
                damage.accept(new Damage(path, at, null, (end - at) + " bytes that are no zstd frame: skipped"));
                torn |= end == size;
                at = end;
            }
        }
        return frames;
    }

    /** Whether the file ends inside a frame or behind rubbish. */
    boolean torn() {
        return torn;
    }

    static boolean isSkippable(int magic) {
        return (magic & 0xfffffff0) == SKIPPABLE;
    }

    /** Where the frame ends. Where its chain of blocks is broken, it is taken to end where another begins. */
    private long frameEnd(long start) throws IOException {
        long end = lastBlockEnd(start);
        if (end == size || end > 0 && beginsFrame(end)) {
            return end;
        }
        long next = nextFrame(start + 4);
        torn |= next == size;
        return next;
    }

    private boolean beginsFrame(long at) throws IOException {
        ByteBuffer head = SeekTable.read(file, at, 4);
        return head.remaining() == 4 && (head.getInt(0) == MAGIC || isSkippable(head.getInt(0)));
    }

    /** End of the last block and the checksum; -1 where there is a block that cannot be, or the file ends first. */
    private long lastBlockEnd(long start) throws IOException {
        ByteBuffer head = SeekTable.read(file, start, 6);
        if (head.remaining() < 6) {
            return -1;
        }
        int descriptor = head.get(4) & 0xff;
        boolean single = (descriptor & 0x20) != 0;
        int contentSize = new int[] {single ? 1 : 0, 2, 4, 8}[descriptor >> 6];
        int dictionary = new int[] {0, 1, 2, 4}[descriptor & 3];
        long at = start + 5 + (single ? 0 : 1) + dictionary + contentSize;
        while (true) {
            int header = u24(at);
            int type = header >> 1 & 3;
            if (header < 0 || type == 3 || header >> 3 > MAX_BLOCK) {
                return -1;
            }
            at += 3 + (type == 1 ? 1 : header >> 3);
            if ((header & 1) != 0) {
                at += (descriptor & 4) != 0 ? 4 : 0;
                return at > size ? -1 : at;
            }
        }
    }

    /** Three bytes as a number, little-endian; -1 at the end of the file. */
    private int u24(long at) throws IOException {
        if (at < windowStart || at + 3 > windowStart + window.limit()) {
            window = SeekTable.read(file, at, WINDOW);
            windowStart = at;
        }
        int i = (int) (at - windowStart);
        return window.limit() - i < 3
                ? -1
                : window.get(i) & 0xff | (window.get(i + 1) & 0xff) << 8 | (window.get(i + 2) & 0xff) << 16;
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
