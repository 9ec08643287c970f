package io.tcpsnap.capture;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A program's end of the Unix socket at which a recorder accepts descriptors. */
public final class Handing implements AutoCloseable {
    private static final int SCM_RIGHTS = 1;
    private static final int CMSGHDR = 16;

    static {
        Native.register("c");
    }

    private final int fd;

    private static native int connect(int fd, Pointer address, int length) throws LastErrorException;

    private static native long sendmsg(int fd, Pointer msghdr, int flags) throws LastErrorException;

    private static native int pipe(Pointer ends) throws LastErrorException;

    /** Connects; fails with the kernel's error where nobody listens. */
    public Handing(Path path) throws IOException {
        fd = Libc.socket(UnixListener.AF_UNIX, UnixListener.SOCK_SEQPACKET | Libc.SOCK_CLOEXEC, 0);
        Memory address = UnixListener.address(path);
        try {
            connect(fd, address, (int) address.size());
        } catch (LastErrorException e) {
            Libc.close(fd);
            throw new IOException(Errno.name(e.getErrorCode()), e);
        }
    }

    /** Sends some words and descriptors; {@code flags} may have MSG_DONTWAIT. */
    public void send(String words, int flags, int... descriptors) {
        byte[] bytes = words.getBytes(StandardCharsets.US_ASCII);
        Memory data = new Memory(bytes.length + 1L);
        data.write(0, bytes, 0, bytes.length);
        Memory vector = new Memory(16);
        vector.setPointer(0, data);
        vector.setLong(8, bytes.length);
        Memory header = new Memory(56);
        header.clear();
        header.setPointer(16, vector);
        header.setLong(24, 1);
        Memory control = new Memory(CMSGHDR + 4L * descriptors.length + 8);
        if (descriptors.length > 0) {
            control.setLong(0, CMSGHDR + 4L * descriptors.length);
            control.setInt(8, Libc.SOL_SOCKET);
            control.setInt(12, SCM_RIGHTS);
            control.write(CMSGHDR, descriptors, 0, descriptors.length);
            header.setPointer(32, control);
            header.setLong(40, CMSGHDR + 4L * descriptors.length + 7 & ~7);
        }
        sendmsg(fd, header, flags | 0x4000);
    }

    /** What the recorder answers: how many sockets were read; -1 where it hung up. */
    public int answer() {
        return answer(0);
    }

    /** Whether an answer is there; takes it. */
    public boolean isAnswered() {
        try {
            answer(Libc.MSG_DONTWAIT);
            return true;
        } catch (LastErrorException e) {
            return false;
        }
    }

    private int answer(int flags) {
        Memory answer = new Memory(2);
        long length = Libc.recv(fd, answer, 2, flags);
        return length == 0 ? -1 : answer.getByte(0) & 0xff;
    }

    /** Sends descriptors and waits for the answer. */
    public int hand(int... descriptors) {
        send(".", 0, descriptors);
        return answer();
    }

    /** This end itself: a socket that is not of TCP. */
    public int descriptor() {
        return fd;
    }

    /** Two files that are no sockets. */
    static int[] pipe() {
        Memory ends = new Memory(8);
        pipe(ends);
        return ends.getIntArray(0, 2);
    }

    @Override
    public void close() {
        Libc.close(fd);
    }
}
