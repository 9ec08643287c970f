package io.tcpsnap.capture;

import com.sun.jna.Pointer;
import java.util.Arrays;

/**
 * Bytes taken from one source, behind those taken from the sources before it; grows as needed and is reused. Bytes that
 * were handed on stay where they are until {@link #rewind}.
 */
final class CopyBuffer {
    private byte[] bytes = new byte[1 << 16];
    private int start;
    private int end;

    /** Forgets all. */
    void rewind() {
        start = 0;
        end = 0;
    }

    /** What follows is of the next source. */
    void next() {
        start = end;
    }

    /** Forgets what was taken from this source. */
    void clear() {
        end = start;
    }

    /** Takes the last bytes away again. */
    byte[] takeBack(int count) {
        end -= count;
        return Arrays.copyOfRange(bytes, end, end + count);
    }

    /** Holds the copy from {@link #start} on; another array after each growth. */
    byte[] bytes() {
        return bytes;
    }

    int start() {
        return start;
    }

    /** Of this source's copy. */
    int length() {
        return end - start;
    }

    byte[] copy() {
        return Arrays.copyOfRange(bytes, start, end);
    }

    void append(Pointer from, int count) {
        ensure(count);
        from.read(0, bytes, end, count);
        end += count;
    }

    void append(byte[] from, int at, int count) {
        ensure(count);
        System.arraycopy(from, at, bytes, end, count);
        end += count;
    }

    private void ensure(int more) {
        if (end + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end + more, 2 * bytes.length));
        }
    }
}
