package io.tcpsnap.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
    private static final int WINDOW = 1 << 16;
    /**
     * Blocks of broken chains to follow in all, those of some damaged frames: in a file made of beginnings of frames each
     * chain could lead through all of it.
     */
    private static final long IN_VAIN = 1 << 16;

    /** RFC 8878, section 3.1.1.2.4: no block is larger, nor what it unpacks to. */
    private static final int MAX_BLOCK = 128 << 10;

    private final Path path;
    private final FileChannel file;
    private final long size;
    private final Consumer<Damage> damage;
    private boolean torn;
    /** Blocks of the chain followed last. */
    private long blocks;

    private long inVain;
    /** A piece of the file: block headers may be a few bytes apart. */
    private final ByteBuffer window =
            ByteBuffer.allocate(WINDOW).order(ByteOrder.LITTLE_ENDIAN).limit(0);

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
            int i = window(at, 8);
            int magic = i < 0 ? magic(at) : window.getInt(i);
            if (magic == MAGIC) {
                long end = frameEnd(at);
                frames.add(new Frame(at, end - at));
                at = end;
            } else if (isSkippable(magic) && i >= 0) {
                at += 8 + (window.getInt(i + 4) & 0xffffffffL);
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
        if (inVain < IN_VAIN) {
            long end = lastBlockEnd(start);
            if (end == size || end > 0 && beginsFrame(end)) {
                return end;
            }
            inVain += blocks;
        }
        long next = nextFrame(start + 4);
        torn |= next == size;
        return next;
    }

    private boolean beginsFrame(long at) throws IOException {
        int magic = magic(at);
        return magic == MAGIC || isSkippable(magic);
    }

    /** Four bytes as a number; 0 at the end of the file. */
    private int magic(long at) throws IOException {
        int i = window(at, 4);
        return i < 0 ? 0 : window.getInt(i);
    }

    /** End of the last block and the checksum; -1 where there is a block that cannot be, or the file ends first. */
    private long lastBlockEnd(long start) throws IOException {
        blocks = 0;
        int head = window(start, 6);
        if (head < 0) {
            return -1;
        }
        int descriptor = window.get(head + 4) & 0xff;
        boolean single = (descriptor & 0x20) != 0;
        int contentSize = new int[] {single ? 1 : 0, 2, 4, 8}[descriptor >> 6];
        int dictionary = new int[] {0, 1, 2, 4}[descriptor & 3];
        long at = start + 5 + (single ? 0 : 1) + dictionary + contentSize;
        for (blocks = 1; ; blocks++) {
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
        int i = window(at, 3);
        return i < 0 ? -1 : window.getShort(i) & 0xffff | (window.get(i + 2) & 0xff) << 16;
    }

    /** Where in the window some bytes of the file are; -1 where the file ends before the last of them. */
    private int window(long at, int count) throws IOException {
        if (at < windowStart || at + count > windowStart + window.limit()) {
            window.clear();
            windowStart = at;
            for (int n = 0; n >= 0 && window.hasRemaining(); ) {
                n = file.read(window, at + window.position());
            }
            window.flip();
        }
        int i = (int) (at - windowStart);
        return window.limit() - i < count ? -1 : i;
    }

    /** The next place from {@code from} on with a frame's magic and the first frame's descriptor, or the end. */
    private long nextFrame(long from) throws IOException {
        ByteBuffer first = SeekTable.read(file, 0, 5);
        boolean any = first.getInt(0) != MAGIC;
        long at = from;
        for (int i = window(at, 5); i >= 0; i = window(at, 5)) {
            for (; i + 5 <= window.limit(); i++) {
                if (window.getInt(i) == MAGIC && (any || window.get(i + 4) == first.get(4))) {
                    return windowStart + i;
                }
            }
            at = windowStart + i;
        }
        return size;
    }
}
