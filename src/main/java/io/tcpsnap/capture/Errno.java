package io.tcpsnap.capture;

import io.tcpsnap.kernel.ErrnoName;

/** Error numbers that the recorder tells apart, from include/uapi/asm-generic/errno-base.h and errno.h. */
final class Errno {
    static final int ENOENT = 2;
    static final int ESRCH = 3;
    static final int EINTR = 4;
    static final int EBADF = 9;
    static final int EAGAIN = 11;
    static final int EACCES = 13;
    static final int EBUSY = 16;
    static final int EEXIST = 17;
    static final int EINVAL = 22;
    static final int EMSGSIZE = 90;
    static final int EPROTOTYPE = 91;
    static final int EOPNOTSUPP = 95;
    static final int ENOBUFS = 105;
    static final int ECONNREFUSED = 111;

    private Errno() {}

    static String name(int errno) {
        return ErrnoName.of(errno);
    }
}
