package io.tcpsnap.capture;

import com.sun.jna.LastErrorException;
import java.io.Closeable;
import java.io.IOException;

/**
 * Moves one thread into network namespaces and back; needs CAP_SYS_ADMIN. A thread that is started, or a socket that stays
 * open, while the thread is away belongs to that namespace and keeps it alive.
 */
final class NamespaceSwitch implements Closeable {
    private static final int CLONE_NEWNET = 0x40000000;

    private final int home = Libc.open(NetNamespaces.OWN, Libc.O_RDONLY | Libc.O_CLOEXEC);
    private final String here = "/proc/self/task/" + ProcessCalls.gettid() + "/";

    private NamespaceSwitch() {}

    /**
     * For this thread.
     *
     * @throws IOException where it may not move at all
     */
    static NamespaceSwitch open() throws IOException {
        NamespaceSwitch thread = new NamespaceSwitch();
        try {
            Libc.setns(thread.home, CLONE_NEWNET);
        } catch (LastErrorException e) {
            thread.close();
            throw new IOException(
                    "other network namespaces may not be entered: " + Errno.name(e.getErrorCode())
                            + ": this needs CAP_SYS_ADMIN: run as root, or leave --netns out",
                    e);
        }
        return thread;
    }

    /** The folder with the files of this thread's namespace, wherever it is: {@code /proc/self/task/1204/net/}. */
    String procNet() {
        return here + "net/";
    }

    /** @throws SourceException where the kernel refuses, or the file is another namespace's by now (ENOENT); not moved then */
    void enter(NetNamespace namespace) throws SourceException {
        try {
            int fd = Libc.open(namespace.file(), Libc.O_RDONLY | Libc.O_CLOEXEC);
            try {
                Libc.setns(fd, CLONE_NEWNET);
            } finally {
                Libc.close(fd);
            }
            if (NetNamespace.inode(here + "ns/net") == namespace.inode()) {
                return;
            }
        } catch (LastErrorException e) {
            throw new SourceException(e.getErrorCode());
        }
        leave();
        throw new SourceException(Errno.ENOENT);
    }

    /** @throws IllegalStateException where that fails: nothing that follows would be of the right namespace */
    void leave() {
        try {
            Libc.setns(home, CLONE_NEWNET);
        } catch (LastErrorException e) {
            throw new IllegalStateException("no way back to the recorder's network namespace", e);
        }
    }

    @Override
    public void close() {
        Libc.close(home);
    }
}
