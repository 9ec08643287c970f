package io.tcpsnap.capture;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/** The system calls that look at other processes, on 64-bit Linux. Failures throw with errno. */
final class ProcessCalls {
    static final int O_PATH = 0x200000;
    static final int CLOCK_THREAD_CPUTIME_ID = 3;
    /** The same on every architecture (include/uapi/asm-generic/unistd.h). */
    private static final int SYS_PIDFD_OPEN = 434;

    private static final int SYS_PIDFD_GETFD = 438;
    private static final boolean X86 = System.getProperty("os.arch").equals("amd64");
    private static final int SYS_GETDENTS64 = X86 ? 217 : 61;
    private static final int SYS_STATX = X86 ? 332 : 291;
    private static final int SYS_GETTID = X86 ? 186 : 178;
    static final int AT_FDCWD = -100;
    private static final int STATX_INO_AND_SIZE = 0x300;
    private static final int STX_INO = 32;
    private static final int STX_SIZE = 40;

    static {
        Native.register("c");
    }

    private ProcessCalls() {}

    /**
     * What tells whether a file was replaced or changed.
     *
     * @param inode of /proc/PID/fd: another one for another process with the same number
     * @param size of /proc/PID/fd: how many descriptors are open, since 6.2 (fs/proc/fd.c proc_fd_getattr()); before, 0
     */
    record Mark(long inode, long size) {
        static final Mark NONE = new Mark(0, 0);
    }

    static native int openat(int directory, String path, int flags) throws LastErrorException;

    static native long readlinkat(int directory, String path, Pointer buffer, long size) throws LastErrorException;

    static native long getxattr(String path, String name, Pointer value, long size) throws LastErrorException;

    static native int getsockopt(int fd, int level, int name, Pointer value, Pointer length) throws LastErrorException;

    private static native long syscall(long number, long a, long b, long c, long d, long e) throws LastErrorException;

    /** Fills {@code into} with {@code struct linux_dirent64}; returns the bytes, 0 at the end. */
    static int getdents64(int directory, Memory into) {
        return (int) syscall(SYS_GETDENTS64, directory, Pointer.nativeValue(into), into.size(), 0, 0);
    }

    /** Number of this thread. */
    static int gettid() {
        return (int) syscall(SYS_GETTID, 0, 0, 0, 0, 0);
    }

    static int pidfdOpen(int pid) {
        return (int) syscall(SYS_PIDFD_OPEN, pid, 0, 0, 0, 0);
    }

    /** A duplicate of a descriptor of another process; it closes on exec. It must be closed at once: it keeps the file open. */
    static int pidfdGetfd(int pidfd, int fd) {
        return (int) syscall(SYS_PIDFD_GETFD, pidfd, fd, 0, 0, 0);
    }

    /**
     * The mark of a file; {@link Mark#NONE} where the kernel has no statx (before 4.11) or the file is gone.
     *
     * @param scratch at least 512 bytes
     */
    static Mark mark(String path, Memory scratch) {
        scratch.setString(256, path);
        long start = Pointer.nativeValue(scratch);
        try {
            syscall(SYS_STATX, AT_FDCWD, start + 256, 0, STATX_INO_AND_SIZE, start);
        } catch (LastErrorException e) {
            return Mark.NONE;
        }
        return new Mark(scratch.getLong(STX_INO), scratch.getLong(STX_SIZE));
    }
}
