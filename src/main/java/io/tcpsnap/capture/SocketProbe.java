package io.tcpsnap.capture;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.tcpsnap.kernel.SockOption;
import io.tcpsnap.kernel.SockoptEntry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads the options of a socket of another process through a duplicate of its descriptor (kernel/pid.c pidfd_getfd()), which
 * is closed before the next socket: while it is open, a close by the owner sends no FIN. Asks for what {@link SockOption#ALL}
 * lists and for nothing else, and never reads from the socket. Needs the right to ptrace the process.
 */
final class SocketProbe {
    private static final int LENGTH = 2048;

    /** The value, and behind it its length. */
    private final Memory memory = new Memory(LENGTH + 4);

    private final Pointer length = memory.share(LENGTH);

    private final byte[] record = new byte[LENGTH];
    private final ByteBuffer fields = ByteBuffer.wrap(record).order(ByteOrder.nativeOrder());

    /**
     * Appends a socket and its options.
     *
     * @throws LastErrorException EPERM where we may not, ESRCH and EBADF where the process or the socket is gone; nothing
     *     is appended then
     */
    void read(long inode, int pid, int fd, CopyBuffer into) {
        check(inode, "/proc/" + pid + "/fd", fd); // the number may be another file by now: leave that alone
        int duplicate = duplicate(pid, fd);
        try {
            check(inode, "/proc/self/fd", duplicate);
            socket(inode, pid, fd, 0, into);
            options(duplicate, into);
        } finally {
            Libc.close(duplicate);
        }
    }

    private static void check(long inode, String folder, int fd) {
        try (ProcessFolder descriptors = new ProcessFolder(folder)) {
            if (descriptors.socket(Integer.toString(fd)) != inode) {
                throw new LastErrorException(Errno.EBADF);
            }
        }
    }

    private static int duplicate(int pid, int fd) {
        int pidfd = ProcessCalls.pidfdOpen(pid);
        try {
            return ProcessCalls.pidfdGetfd(pidfd, fd);
        } finally {
            Libc.close(pidfd);
        }
    }

    /** Appends the options of a socket of this process. */
    void options(int socket, CopyBuffer into) {
        for (SockOption option : SockOption.ALL) {
            option(socket, option, into);
        }
    }

    private void option(int socket, SockOption option, CopyBuffer into) {
        int errno = 0;
        int size = 0;
        memory.setInt(LENGTH, option.type().size());
        try {
            ProcessCalls.getsockopt(socket, option.level(), option.number(), memory, length);
            size = memory.getInt(LENGTH);
            memory.read(0, record, SockoptEntry.HEADER, size);
        } catch (LastErrorException e) {
            errno = e.getErrorCode();
        }
        append(option.level(), option.number(), errno, size, into);
    }

    /** Appends what begins a socket. */
    void socket(long inode, int pid, int fd, int errno, CopyBuffer into) {
        fields.putLong(SockoptEntry.HEADER, inode);
        fields.putInt(SockoptEntry.HEADER + 8, pid).putInt(SockoptEntry.HEADER + 12, fd);
        append(SockoptEntry.LEVEL, SockoptEntry.SOCKET, errno, SockoptEntry.SOCKET_LENGTH, into);
    }

    /** Appends what begins a socket that was handed over. */
    void handed(long inode, int pid, long realtimeNanos, CopyBuffer into) {
        fields.putLong(SockoptEntry.HEADER, inode).putInt(SockoptEntry.HEADER + 8, pid);
        fields.putInt(SockoptEntry.HEADER + 12, 0).putLong(SockoptEntry.HEADER + 16, realtimeNanos);
        append(SockoptEntry.LEVEL, SockoptEntry.HANDED, 0, SockoptEntry.HANDED_LENGTH, into);
    }

    /** Appends a record of numbers that is no option. */
    void record(int number, int errno, CopyBuffer into, int... values) {
        for (int i = 0; i < values.length; i++) {
            fields.putInt(SockoptEntry.HEADER + 4 * i, values[i]);
        }
        append(SockoptEntry.LEVEL, number, errno, 4 * values.length, into);
    }

    private void append(int level, int number, int errno, int length, CopyBuffer into) {
        fields.putShort(0, (short) level).putShort(2, (short) number);
        fields.putShort(4, (short) errno).putShort(6, (short) length);
        int end = SockoptEntry.HEADER + length;
        int padded = SockoptEntry.align(end);
        while (end < padded) {
            record[end++] = 0;
        }
        into.append(record, 0, padded);
    }
}
