package io.tcpsnap.decode;

import io.tcpsnap.kernel.RowKind;
import io.tcpsnap.kernel.TcpState;
import io.tcpsnap.kernel.TimerKind;

/** The words of one row of /proc/net/tcp as numbers; addresses in network order. */
final class TcpLine {
    /** Where the row is in its file. */
    int start;
    /** Whether the words behind the pointer are there; those have no meaning otherwise. */
    boolean full;

    boolean v6;
    int sl;
    long localHi;
    long localLo;
    int localPort;
    long remoteHi;
    long remoteLo;
    int remotePort;
    int stateNumber;
    long txQueue;
    long rxQueue;
    int timerCode;
    long tmWhen;
    long retrnsmt;
    long uid;
    long timeout;
    long inode;
    long ref;
    /** Where the pointer is in the file. */
    int skStart;

    int skEnd;
    long rto;
    long ato;
    long ack;
    long cwnd;
    long ssthresh;
    /** Whether {@link #conn} is known, and {@link #duplicate}. */
    boolean hasConn;

    boolean hasDuplicate;
    long conn;
    boolean duplicate;

    /** Forgets what was worked out for the row before. */
    void begin(int rowStart) {
        start = rowStart;
        hasConn = false;
        hasDuplicate = false;
    }

    boolean isListen() {
        return stateNumber == TcpState.LISTEN.number();
    }

    /** Which structure stands behind the row; null where a row of 12 words has a state that those never have. */
    RowKind rowKind() {
        if (full) {
            return RowKind.SOCKET;
        }
        if (stateNumber == TcpState.SYN_RECV.number()) {
            return RowKind.REQUEST;
        }
        boolean timeWait = stateNumber == TcpState.TIME_WAIT.number()
                || stateNumber == TcpState.FIN_WAIT2.number() && timerCode == TimerKind.TIMEWAIT.ordinal();
        return timeWait ? RowKind.TIME_WAIT : null;
    }
}
