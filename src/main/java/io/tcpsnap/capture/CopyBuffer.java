package io.tcpsnap.capture;

import com.sun.jna.Pointer;
import java.util.Arrays;

/** Bytes taken from one source; grows as needed and is reused. */
final class CopyBuffer {
    private byte[] bytes = new byte[1 << 16];
    private int length;

    void clear() {
        length = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void append(Pointer from, int count) {
        ensure(count);
        from.read(0, bytes, length, count);
        length += count;
    }

    void append(byte[] from, int at, int count) {
        ensure(count);
        System.arraycopy(from, at, bytes, length, count);
        length += count;
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
        }
    }
}
