package io.tcpsnap.lab;

/** What each port of the lab is for. The near end, which is recorded, listens on 6xxx, the far end on 7xxx. */
final class Ports {
    /** Accepts nothing: connections wait in the accept queue. */
    static final int QUEUE = 6001;
    /** Nobody connects. */
    static final int QUIET = 6002;
    /** Both families on one socket. */
    static final int DUAL = 6003;
    /** SYN-ACKs from here never arrive. */
    static final int HALF_OPEN = 6004;
    /** The same, both families on one socket. */
    static final int HALF_OPEN_DUAL = 6005;
    /** Bound, neither listening nor connected. */
    static final int BOUND = 6006;

    /** Holds connections, reads nothing. */
    static final int HOLD = 7001;
    /** Closes at once. */
    static final int CLOSE = 7002;
    /** Sends {@link #UNREAD} bytes at once. */
    static final int SEND = 7003;
    /** Closes after the other end. */
    static final int CLOSE_AFTER = 7004;
    /** Sends back what it gets. */
    static final int ECHO = 7005;
    /** From the first of these to the last: packets to them are dropped once the lab is cut. */
    static final int CUT_HOLD = 7101;
    /** Closes at once. */
    static final int CUT_CLOSE = 7102;
    /** Closes when told. */
    static final int CUT_CLOSE_LATER = 7103;
    /** Never answers. */
    static final int SILENT = 7999;

    static final int UNREAD = 100;

    private Ports() {}
}
