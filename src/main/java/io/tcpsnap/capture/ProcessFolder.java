package io.tcpsnap.capture;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.io.Closeable;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A folder under /proc, held open: {@code /proc/PID} stays that of the same process, and reads fail with ESRCH once it is
 * gone, whoever gets its number. All methods throw LastErrorException with the error of the kernel. One thread.
 */
final class ProcessFolder implements Closeable {
    /** {@code struct linux_dirent64}: where length and name are. */
    private static final int RECLEN = 16;

    private static final int NAME = 19;
    private static final int LINK = 64;
    private static final Memory BUFFER = new Memory(1 << 15);
    private static final Memory TARGET = new Memory(LINK);
    private static final byte[] SOCKET = {'s', 'o', 'c', 'k', 'e', 't', ':', '['};

    private final int fd;

    ProcessFolder(String path) {
        fd = ProcessCalls.openat(0, path, ProcessCalls.O_PATH | Libc.O_CLOEXEC);
    }

    /** The names in a folder below that are numbers, in the kernel's order, which is ascending. */
    int[] numbers(String name) {
        int folder = ProcessCalls.openat(fd, name, Libc.O_RDONLY | Libc.O_CLOEXEC);
        int[] numbers = new int[64];
        int count = 0;
        try {
            for (int n = ProcessCalls.getdents64(folder, BUFFER); n > 0; n = ProcessCalls.getdents64(folder, BUFFER)) {
                byte[] entries = BUFFER.getByteArray(0, n);
                for (int at = 0; at < n; at += length(entries, at)) {
                    if (count == numbers.length) {
                        numbers = Arrays.copyOf(numbers, 2 * count);
                    }
                    long number = number(entries, at + NAME, (byte) 0);
                    numbers[count] = (int) number;
                    count += number < 0 ? 0 : 1;
                }
            }
        } finally {
            Libc.close(folder);
        }
        return Arrays.copyOf(numbers, count);
    }

    private static int length(byte[] entries, int at) {
        int one = entries[at + RECLEN] & 0xff;
        int other = entries[at + RECLEN + 1] & 0xff;
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? one | other << 8 : one << 8 | other;
    }

    /** The decimal number from {@code at} up to {@code end}, or -1 where it is none. */
    private static long number(byte[] bytes, int at, byte end) {
        long number = 0;
        int i = at;
        while (i < bytes.length && bytes[i] != end) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return -1;
            }
            number = number * 10 + bytes[i++] - '0';
        }
        return i == at || i == bytes.length ? -1 : number;
    }

    /** The inode of the socket behind a link below, {@code fd/7}; -1 where it is no socket. */
    long socket(String link) {
        int n = (int) ProcessCalls.readlinkat(fd, link, TARGET, LINK);
        byte[] target = TARGET.getByteArray(0, n);
        boolean socket = n > SOCKET.length && Arrays.equals(target, 0, SOCKET.length, SOCKET, 0, SOCKET.length);
        return socket ? number(target, SOCKET.length, (byte) ']') : -1;
    }

    /** The content of a file below. */
    byte[] read(String name) {
        int file = ProcessCalls.openat(fd, name, Libc.O_RDONLY | Libc.O_CLOEXEC);
        byte[] content = {};
        try {
            for (int n = (int) Libc.read(file, Pointer.nativeValue(BUFFER), BUFFER.size());
                    n > 0;
                    n = (int) Libc.read(file, Pointer.nativeValue(BUFFER), BUFFER.size())) {
                int length = content.length;
                content = Arrays.copyOf(content, length + n);
                BUFFER.read(0, content, length, n);
            }
        } finally {
            Libc.close(file);
        }
        return content;
    }

    @Override
    public void close() {
        try {
            Libc.close(fd);
        } catch (LastErrorException e) {
            throw new IllegalStateException(e); // a descriptor of ours that is not open
        }
    }
}
