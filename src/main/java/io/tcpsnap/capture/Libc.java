package io.tcpsnap.capture;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;

/** The system calls that the recorder makes, on 64-bit Linux. Failures throw with errno. */
final class Libc {
    static final int O_RDONLY = 0;
    static final int O_CLOEXEC = 0x80000;
    static final int AF_NETLINK = 16;
    static final int SOCK_RAW = 3;
    static final int SOCK_CLOEXEC = 0x80000;
    static final int NETLINK_ROUTE = 0;
    static final int NETLINK_SOCK_DIAG = 4;
    static final int SOL_SOCKET = 1;
    static final int SOL_NETLINK = 270;
    static final int SO_RCVTIMEO = 20;
    static final int SO_RCVBUF = 8;
    static final int SO_RCVBUFFORCE = 33;
    static final int SO_MEMINFO = 55;
    static final int MSG_DONTWAIT = 0x40;
    static final int MSG_TRUNC = 0x20;
    static final int CLOCK_REALTIME = 0;
    static final int CLOCK_MONOTONIC = 1;
    static final int CLOCK_PROCESS_CPUTIME_ID = 2;
    static final int CLOCK_THREAD_CPUTIME_ID = 3;
    static final int CLOCK_BOOTTIME = 7;
    private static final int SC_CLK_TCK = 2;

    static {
        Native.register(NativeLibrary.getProcess()); // libc, or what the process puts before it
    }

    private static final ThreadLocal<Memory> TIMESPEC = ThreadLocal.withInitial(() -> new Memory(16));

    private Libc() {}

    static native int open(String path, int flags) throws LastErrorException;

    /** {@code address} is that of a buffer of {@code count} bytes. */
    static native long read(int fd, long address, long count) throws LastErrorException;

    static native int close(int fd) throws LastErrorException;

    static native int socket(int domain, int type, int protocol) throws LastErrorException;

    static native long send(int fd, Pointer buffer, long count, int flags) throws LastErrorException;

    static native long recv(int fd, Pointer buffer, long count, int flags) throws LastErrorException;

    /** {@code message} is a {@code struct msghdr}. */
    static native long recvmsg(int fd, Pointer message, int flags) throws LastErrorException;

    static native int setns(int fd, int type) throws LastErrorException;

    /** Does not fail, but a library put before libc may leave an errno all the same. */
    static native int clock_gettime(int clock, Pointer timespec);

    static native Pointer signal(int number, Pointer handler) throws LastErrorException;

    static native int setsockopt(int fd, int level, int name, Pointer value, int length) throws LastErrorException;

    static native int getsockopt(int fd, int level, int name, Pointer value, Pointer length) throws LastErrorException;

    static native int bind(int fd, Pointer address, int length) throws LastErrorException;

    static native int setpriority(int which, int who, int priority) throws LastErrorException;

    static native long sysconf(int name) throws LastErrorException;

    /** Nanoseconds of a clock. */
    static long clock(int id) {
        Memory timespec = TIMESPEC.get();
        clock_gettime(id, timespec);
        return timespec.getLong(0) * 1_000_000_000L + timespec.getLong(8);
    }

    /** USER_HZ. */
    static int clockTick() {
        return (int) sysconf(SC_CLK_TCK);
    }
}
