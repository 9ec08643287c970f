package io.tcpsnap.decode;

import io.tcpsnap.kernel.RowKind;
import io.tcpsnap.kernel.TcpState;
import io.tcpsnap.kernel.TimerKind;

/**
 * A socket as /proc/net/tcp describes it, whoever wrote it down: the kernel ({@link ProcNetTcp}) or netstat, which reads that
 * file ({@link NetstatTcp}). Units and meaning are those of the kernel's columns. What only one of them has is unknown where
 * it is not overridden.
 */
public interface TcpRow {
    /** In place of a number that the source did not print. */
    long UNKNOWN = Long.MIN_VALUE;

    Snapshot snapshot();

    /** Path of the entry that the row is from. */
    String source();

    /** 4 or 6, or {@link #UNKNOWN}. */
    long family();

    /** Number of the line in its file, or {@link #UNKNOWN}. */
    default long sl() {
        return UNKNOWN;
    }

    /** Null where it is unknown. */
    byte[] localAddr();

    long localPort();

    /** Null where it is unknown. */
    byte[] remoteAddr();

    long remotePort();

    /** The value of the column {@code conn}; to be asked for only where {@link #hasConn}. */
    long conn();

    boolean hasConn();

    /** Whether an earlier row of the same source shows the same socket; to be asked for every row. */
    boolean isDuplicate();

    /** Null where it is unknown. */
    TcpState state();

    /** Null where the source does not tell. */
    RowKind rowKind();

    boolean isListen();

    /** Whether rto and what is behind it are there. */
    default boolean isSocket() {
        return false;
    }

    long txQueue();

    long rxQueue();

    /** Whether the kernel prints the accept queue of a listener as its rx_queue. */
    boolean hasAcceptQueue();

    /** Null where it is unknown. */
    TimerKind timer();

    long timerCode();

    /** In USER_HZ ticks. */
    default long tmWhen() {
        return UNKNOWN;
    }

    /** Milliseconds until the timer fires, 0 where it has expired; meaningless without {@link #hasTimerMillis}. */
    long timerMillis();

    boolean hasTimerMillis();

    long retrnsmt();

    long uid();

    long timeout();

    long inode();

    default long ref() {
        return UNKNOWN;
    }

    /** Null where it is unknown. */
    default byte[] sk() {
        return null;
    }

    default long rto() {
        return UNKNOWN;
    }

    default long rtoMillis() {
        return UNKNOWN;
    }

    default long ato() {
        return UNKNOWN;
    }

    default long atoMillis() {
        return UNKNOWN;
    }

    /** Whether {@link #rtoMillis} and {@link #atoMillis} are known. */
    default boolean hasRtoMillis() {
        return false;
    }

    default long quick() {
        return UNKNOWN;
    }

    default boolean pingpong() {
        return false;
    }

    default long cwnd() {
        return UNKNOWN;
    }

    default long ssthresh() {
        return UNKNOWN;
    }

    /** Process by netstat -p, or {@link #UNKNOWN}. */
    default long pid() {
        return UNKNOWN;
    }

    /** Its name; null where it is unknown. */
    default byte[] program() {
        return null;
    }

    /** What the source printed and no field holds, word for word; null where there is none. */
    default byte[] rest() {
        return null;
    }
}
