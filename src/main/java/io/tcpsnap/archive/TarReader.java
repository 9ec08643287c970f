package io.tcpsnap.archive;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Regular files of a tar stream: ustar, with the long names of GNU tar and pax, and blocks of zeros in between passed over.
 * Reads from untrusted input: memory grows with the data that is really there, not with what headers promise.
 */
public final class TarReader implements Closeable {
    private static final int STEP = 1 << 20;
    private static final int MAX_NAME = 4096;
    private static final int MAX_PAX = 1 << 16;

    private final InputStream in;
    private final byte[] block = new byte[Ustar.BLOCK];
    private String name;
    private long size;
    private long modified;
    /** Content and padding of the current entry that is still to be read. */
    private long rest;
    /** The last block read was one of zeros, as at the end of a tar file. */
    private boolean zeros;

    public TarReader(InputStream in) {
        this.in = in;
    }

    /**
     * Moves to the next regular file; false at the end of the stream.
     *
     * @throws IOException where the stream is damaged or ends inside an entry
     */
    public boolean next() throws IOException {
        skipRest();
        String longName = null;
        while (true) {
            if (!readBlock()) {
                return false;
            }
            zeros = Ustar.isZero(block);
            if (zeros) {
                continue;
            }
            if (!Ustar.isHeader(block)) {
                throw new IOException("a block that is no tar header");
            }
            size = Ustar.size(block);
            if (size < 0) {
                throw new IOException("a tar header without a size");
            }
            rest = Ustar.padded(size);
            char type = Ustar.type(block);
            if (type == '0' || type == 0) {
                modified = Ustar.modified(block);
                name = longName == null ? Ustar.name(block) : longName;
                return true;
            }
            if (type == 'L' && size <= MAX_NAME) {
                byte[] text = content(new byte[0]);
                longName = Ustar.text(text, 0, (int) size);
            } else if (type == 'x' && size <= MAX_PAX) {
                byte[] records = content(new byte[0]);
                String path = Ustar.paxPath(records, (int) size);
                longName = path == null ? longName : path;
            } else if (type != 'K' && type != 'g') {
                longName = null; // it was the name of a folder or a link
            }
            skipRest();
        }
    }

    /** Whether a file that begins so is a tar stream. */
    public static boolean isTar(byte[] head) {
        return head.length >= Ustar.BLOCK && !Ustar.isZero(head) && Ustar.isHeader(Arrays.copyOf(head, Ustar.BLOCK));
    }

    private boolean readBlock() throws IOException {
        int n = in.readNBytes(block, 0, Ustar.BLOCK);
        if (n != 0 && n != Ustar.BLOCK) {
            throw new EOFException("ends inside a tar header");
        }
        return n != 0;
    }

    private void skipRest() throws IOException {
        while (rest > 0) {
            long n = in.skip(rest);
            if (n <= 0) {
                if (in.read() < 0) {
                    throw new EOFException("ends inside " + name);
                }
                n = 1;
            }
            rest -= n;
        }
    }

    /** Whether what ended is a whole tar file: such a one ends with blocks of zeros. */
    boolean endsWithZeros() {
        return zeros;
    }

    public String name() {
        return name;
    }

    public long size() {
        return size;
    }

    /** When the current file was last modified, in seconds since the epoch; 0 where the header does not say. */
    public long modified() {
        return modified;
    }

    /** The content of the current file, from index 0, in {@code buffer} or, where that is too small, in a larger one. */
    public byte[] content(byte[] buffer) throws IOException {
        if (size > Integer.MAX_VALUE - STEP) {
            throw new IOException(name + ": of " + size + " bytes: too large");
        }
        byte[] bytes = buffer;
        int length = 0;
        while (length < size) {
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(size, Math.max(STEP, 2L * length)));
            }
            int n = in.readNBytes(bytes, length, (int) Math.min(size, bytes.length) - length);
            if (n == 0) {
                throw new EOFException("ends inside " + name);
            }
            length += n;
            rest -= n;
        }
        skipRest();
        return bytes;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
