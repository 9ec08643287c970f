package io.tcpsnap.kernel;

/**
 * The entries {@code sockopt}, of the sockets that the recorder found, and {@code sockopt_handed}, of those that programs
 * handed to it since the tick before: records in the byte order of the host, each u16 level, u16 number, u16 errno, u16 length, and
 * the value, padded with zeros to 4 bytes.
 *
 * <p>A record of {@link #SOCKET} or {@link #HANDED} begins a socket; what follows are its options as getsockopt returned them, or the errno
 * and no value. The last record is {@link #END}.
 */
public final class SockoptEntry {
    public static final int HEADER = 8;
    /** Level of the records that are no options. */
    public static final int LEVEL = 0xffff;

    /** u64 inode, u32 pid, u32 descriptor; with an errno where the socket could not be read: no options follow. */
    public static final int SOCKET = 1;

    public static final int SOCKET_LENGTH = 16;

    /** u32: how many processes could not be looked at, for this errno. */
    public static final int PROCESSES = 2;

    public static final int PROCESSES_LENGTH = 4;

    /**
     * u32 sockets that were read; u32 that could not be, or were handed over and are not of TCP; u32 that were not reached in
     * this tick for want of time, or were handed over and not read for want of room.
     */
    public static final int END = 3;

    public static final int END_LENGTH = 12;

    /**
     * u64 inode, u32 pid of the program that handed it over (0 where it is of another pid namespace), u32 0, u64 CLOCK_REALTIME
     * when it was read, nanoseconds.
     */
    public static final int HANDED = 4;

    public static final int HANDED_LENGTH = 24;

    private SockoptEntry() {}

    /** Up to the next multiple of 4. */
    public static int align(int length) {
        return length + 3 & ~3;
    }
}
