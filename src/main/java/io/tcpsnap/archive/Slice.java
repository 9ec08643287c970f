package io.tcpsnap.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** The bytes of a file from an offset on, by positional reads, so that many may read one channel. */
final class Slice extends InputStream {
    private final FileChannel file;
    private final long end;
    private long at;

    Slice(FileChannel file, long offset, long length) {
        this.file = file;
        this.at = offset;
        this.end = offset + length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int n = at >= end ? -1 : file.read(ByteBuffer.wrap(bytes, from, (int) Math.min(length, end - at)), at);
        at += Math.max(0, n);
        return n;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
