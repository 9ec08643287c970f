package io.tcpsnap.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * What a frame unpacks to, up to a limit: a few kilobytes of zstd may say that they hold terabytes, which take hours to pass
 * over.
 */
final class Bounded extends FilterInputStream {
    /** A tick of 1 MB that is like the one before it packs into some 300 bytes. */
    private static final long RATIO = 10_000;

    /** Passed over within a second or two, whatever a file packs it into; a frame has its share. */
    private static final double ALWAYS = 4L << 30;

    private static final int STEP = 1 << 20;

    private final long limit;
    private long count;

    /**
     * Limits a frame.
     *
     * @param packed its bytes, of {@code file} bytes of the file
     */
    Bounded(InputStream in, long packed, long file) {
        super(in);
        this.limit = RATIO * packed + (long) (ALWAYS * packed / file);
    }

    @Override
    public int read() throws IOException {
        int one = in.read();
        counted(one < 0 ? 0 : 1);
        return one;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int n = in.read(bytes, from, length);
        counted(Math.max(0, n));
        return n;
    }

    /** A step at a time. */
    @Override
    public long skip(long wanted) throws IOException {
        return counted(in.skip(Math.min(wanted, STEP)));
    }

    private long counted(long n) throws IOException {
        count += n;
        if (count > limit) {
            throw new IOException("unpacks to more than " + limit + " bytes, more than any recording of its size");
        }
        return n;
    }
}
