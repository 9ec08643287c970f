package io.tcpsnap.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Content of gzip members one behind another (RFC 1952, section 2.2), as a script makes that appends one for each tick.
 *
 * <p>Not java.util.zip.GZIPInputStream, which takes whatever follows a member and is none for the end, and so loses data
 * without a word.
 */
final class GzipMembers extends InputStream {
    private static final int FHCRC = 2;
    private static final int FEXTRA = 4;
    private static final int FNAME = 8;
    private static final int FCOMMENT = 16;

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int limit;
    private boolean inside;

    GzipMembers(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** @throws IOException where a member is damaged, cut off, or followed by what is none */
    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        while (length > 0) {
            if (!inside && !begin()) {
                return -1;
            }
            int n = inflate(bytes, from, length);
            if (n > 0) {
                crc.update(bytes, from, n);
                return n;
            }
            if (inflater.finished()) {
                end();
            } else if (inflater.needsDictionary()) {
                throw new ZipException("a gzip member that wants a dictionary");
            } else if (inflater.needsInput()) {
                if (!fill()) {
                    throw new EOFException("ends inside a gzip member");
                }
                inflater.setInput(buffer, 0, limit);
            }
        }
        return 0;
    }

    private int inflate(byte[] bytes, int from, int length) throws IOException {
        try {
            return inflater.inflate(bytes, from, length);
        } catch (DataFormatException e) {
            throw new ZipException("a damaged gzip member (" + e.getMessage() + ")");
        }
    }

    /** Reads the header of the next member; false at the end. Zeros between members are padding of tapes. */
    private boolean begin() throws IOException {
        int first = next();
        while (first == 0) {
            first = next();
        }
        if (first < 0) {
            return false;
        }
        if (first != 0x1f || next() != 0x8b || next() != 8) {
            throw new ZipException("bytes that are no gzip member");
        }
        int flags = must();
        skip(6);
        if ((flags & FEXTRA) != 0) {
            skip(must() | must() << 8);
        }
        for (int texts = Integer.bitCount(flags & (FNAME | FCOMMENT)); texts > 0; texts--) {
            while (must() != 0) {
                // text up to its zero byte
            }
        }
        skip((flags & FHCRC) != 0 ? 2 : 0);
        crc.reset();
        inflater.reset();
        inflater.setInput(buffer, at, limit - at);
        inside = true;
        return true;
    }

    private void end() throws IOException {
        at = limit - inflater.getRemaining();
        boolean sound = little4() == crc.getValue();
        sound &= little4() == (inflater.getBytesWritten() & 0xffffffffL);
        if (!sound) {
            throw new ZipException("a gzip member does not match its CRC32");
        }
        inside = false;
    }

    private long little4() throws IOException {
        return must() | must() << 8 | must() << 16 | (long) must() << 24;
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            must();
        }
    }

    private int must() throws IOException {
        int b = next();
        if (b < 0) {
            throw new EOFException("ends inside a gzip header");
        }
        return b;
    }

    private int next() throws IOException {
        return at < limit || fill() ? buffer[at++] & 0xff : -1;
    }

    private boolean fill() throws IOException {
        at = 0;
        limit = Math.max(0, in.read(buffer, 0, buffer.length));
        return limit > 0;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
