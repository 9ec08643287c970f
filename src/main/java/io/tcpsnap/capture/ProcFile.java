package io.tcpsnap.capture;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;

/**
 * A file under /proc, verbatim. Opened anew for each tick: a seq_file gives one consistent listing for each opening.
 *
 * <p>The kernel gives at most a page for each read(2) of a seq_file, whatever is asked (fs/seq_file.c seq_read_iter).
 */
final class ProcFile implements Source {
    private static final int PAGE = 1 << 12;
    private static final int SIZE = 1 << 16;
    private static final Memory BUFFER = new Memory(SIZE);
    private static final long ADDRESS = Pointer.nativeValue(BUFFER);

    private final String file;
    private final String path;

    /**
     * @param file what to read, {@code /proc/self/net/tcp}
     * @param path where the copy goes
     */
    ProcFile(String file, String path) {
        this.file = file;
        this.path = path;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public void take(CopyBuffer into) throws SourceException {
        try {
            int fd = Libc.open(file, Libc.O_RDONLY | Libc.O_CLOEXEC);
            try {
                int gathered = 0;
                for (int n = read(fd, gathered); n > 0; n = read(fd, gathered)) {
                    gathered += n;
                    if (SIZE - gathered < PAGE) {
                        into.append(BUFFER, gathered);
                        gathered = 0;
                    }
                }
                into.append(BUFFER, gathered);
            } finally {
                Libc.close(fd);
            }
        } catch (LastErrorException e) {
            into.clear();
            throw new SourceException(e.getErrorCode());
        }
    }

    /** Reads to behind what is gathered in the buffer. */
    private static int read(int fd, int gathered) {
        while (true) {
            try {
                return (int) Libc.read(fd, ADDRESS + gathered, SIZE - gathered);
            } catch (LastErrorException e) {
                if (e.getErrorCode() != Errno.EINTR) {
                    throw e;
                }
            }
        }
    }
}
