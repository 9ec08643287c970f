package io.tcpsnap.decode;

/** How many processes or sockets a copy does not have, for one reason. */
public interface Unreached {
    /** There was no time to look at them in this tick. */
    String NO_TIME = "no time";

    Snapshot snapshot();

    /** Path of the entry that says so. */
    String source();

    String reason();

    /** Absent where sockets are counted. */
    boolean hasProcesses();

    long count();
}
