package io.tcpsnap.capture;

/** A source that cannot be read now; the message is the name of the error number, as {@code ENOENT}. */
final class SourceException extends Exception {
    private static final long serialVersionUID = 1;

    private final int errno;

    SourceException(int errno) {
        super(Errno.name(errno), null, false, false);
        this.errno = errno;
    }

    int errno() {
        return errno;
    }
}
