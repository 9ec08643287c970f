package io.tcpsnap.capture;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A Unix socket that listens at a path, kind SOCK_SEQPACKET: messages keep their bounds. The file has mode 0600 from before
 * the first connection on; a file that a killed program left is replaced, and ours is removed at the end.
 */
final class UnixListener implements Closeable {
    static final int AF_UNIX = 1;
    static final int SOCK_SEQPACKET = 5;
    private static final int SOCK_NONBLOCK = 0x800;
    /** {@code struct sockaddr_un}: u16 family, and the path with its NUL. */
    private static final int MAX_PATH = 108;

    private static final int BACKLOG = 64;
    private static final int FORMAT = 0170000;
    private static final int SOCKET = 0140000;

    static {
        Native.register("c");
    }

    private final Path path;
    private final int fd;
    /** Of the file: whoever replaced it keeps his. */
    private final Object inode;

    private UnixListener(Path path, int fd) throws IOException {
        this.path = path;
        this.fd = fd;
        this.inode = attribute(path, "ino");
    }

    private static native int connect(int fd, Pointer address, int length) throws LastErrorException;

    private static native int listen(int fd, int backlog) throws LastErrorException;

    private static native int accept4(int fd, Pointer address, Pointer length, int flags) throws LastErrorException;

    /**
     * Listens.
     *
     * @throws IOException with the path and the reason, where another program listens there, the file is no socket, or
     *     the kernel refuses
     */
    static UnixListener open(Path path) throws IOException {
        Memory address = address(path);
        int length = (int) address.size();
        removeLeftOver(path, address);
        int fd = Libc.socket(AF_UNIX, SOCK_SEQPACKET | Libc.SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        try {
            Libc.bind(fd, address, length);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            listen(fd, BACKLOG);
            return new UnixListener(path, fd);
        } catch (LastErrorException e) {
            Libc.close(fd);
            throw new IOException(path + ": " + Errno.name(e.getErrorCode()), e);
        }
    }

    static Memory address(Path path) throws IOException {
        byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
        if (name.length >= MAX_PATH) {
            throw new IOException(path + ": too long for a Unix socket: at most " + (MAX_PATH - 1) + " bytes");
        }
        Memory address = new Memory(2 + name.length + 1);
        address.clear();
        address.setShort(0, (short) AF_UNIX);
        address.write(2, name, 0, name.length);
        return address;
    }

    /** Asks who listens there: nobody behind the file of a program that was killed. */
    private static void removeLeftOver(Path path, Memory address) throws IOException {
        int fd = Libc.socket(AF_UNIX, SOCK_SEQPACKET | Libc.SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        try {
            connect(fd, address, (int) address.size());
        } catch (LastErrorException e) {
            switch (e.getErrorCode()) {
                case Errno.ENOENT -> {
                    return;
                }
                case Errno.ECONNREFUSED -> {
                    if (((int) attribute(path, "mode") & FORMAT) != SOCKET) {
                        throw new IOException(path + ": exists and is no socket: not replaced", e);
                    }
                    Files.delete(path);
                    return;
                }
                case Errno.EAGAIN, Errno.EPROTOTYPE -> {} // too many wait there, or a socket of another kind
                default -> throw new IOException(path + ": " + Errno.name(e.getErrorCode()), e);
            }
        } finally {
            Libc.close(fd);
        }
        throw new IOException(path + ": in use: another program listens there");
    }

    private static Object attribute(Path path, String name) throws IOException {
        return Files.getAttribute(path, "unix:" + name, LinkOption.NOFOLLOW_LINKS);
    }

    int fd() {
        return fd;
    }

    /** The descriptor of a new connection, which does not block; EAGAIN where there is none. */
    int accept() {
        return accept4(fd, null, null, Libc.SOCK_CLOEXEC | SOCK_NONBLOCK);
    }

    /** Removes the file; who is connected stays so. */
    void remove() {
        try {
            if (attribute(path, "ino").equals(inode)) {
                Files.delete(path);
            }
        } catch (NoSuchFileException e) {
            return; // somebody else removed it
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Libc.close(fd);
    }
}
