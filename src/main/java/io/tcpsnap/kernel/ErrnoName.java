package io.tcpsnap.kernel;

import java.util.Map;

/** Names of error numbers, from include/uapi/asm-generic/errno-base.h and errno.h. */
public final class ErrnoName {
    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(1, "EPERM"),
            Map.entry(2, "ENOENT"),
            Map.entry(3, "ESRCH"),
            Map.entry(4, "EINTR"),
            Map.entry(5, "EIO"),
            Map.entry(9, "EBADF"),
            Map.entry(11, "EAGAIN"),
            Map.entry(12, "ENOMEM"),
            Map.entry(13, "EACCES"),
            Map.entry(16, "EBUSY"),
            Map.entry(17, "EEXIST"),
            Map.entry(20, "ENOTDIR"),
            Map.entry(22, "EINVAL"),
            Map.entry(23, "ENFILE"),
            Map.entry(24, "EMFILE"),
            Map.entry(30, "EROFS"),
            Map.entry(38, "ENOSYS"),
            Map.entry(88, "ENOTSOCK"),
            Map.entry(90, "EMSGSIZE"),
            Map.entry(91, "EPROTOTYPE"),
            Map.entry(92, "ENOPROTOOPT"),
            Map.entry(93, "EPROTONOSUPPORT"),
            Map.entry(95, "EOPNOTSUPP"),
            Map.entry(97, "EAFNOSUPPORT"),
            Map.entry(98, "EADDRINUSE"),
            Map.entry(105, "ENOBUFS"),
            Map.entry(111, "ECONNREFUSED"));

    private ErrnoName() {}

    public static String of(int errno) {
        return NAMES.getOrDefault(errno, "errno " + errno);
    }
}
