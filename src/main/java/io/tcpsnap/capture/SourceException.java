package io.tcpsnap.capture;

/** A source that cannot be read now; the message is the name of the error number, as {@code ENOENT}, or of a flag. */
final class SourceException extends Exception {
    private static final long serialVersionUID = 1;

    private final int errno;

    SourceException(int errno) {
        super(Errno.name(errno), null, false, false);
        this.errno = errno;
    }

    SourceException(String reason) {
        super(reason, null, false, false);
        this.errno = 0;
    }

    /** 0 where it is none. */
    int errno() {
        return errno;
    }
}
