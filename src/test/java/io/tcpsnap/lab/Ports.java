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

    /** SYN-ACKs to those that connect here are lost: more connections than the backlog, without SYN cookies. */
    static final int FLOOD = 6101;
    /** The same with SYN cookies. */
    static final int COOKIES = 6102;
    /** Accepts nothing, and more connect than the backlog holds. */
    static final int FULL = 6103;
    /** Takes data in SYNs. */
    static final int FAST_OPEN = 6104;
    /** From port + this, the same on a listener for both families, where IPv4 clients become v4-mapped. */
    static final int BOTH = 50;

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
    /** Reads all, with some packets lost on the way. */
    static final int LOSSY = 7201;
    /** Reads nothing, and does not answer zero window probes. */
    static final int ZERO_WINDOW = 7202;
    /** Does not answer keepalive probes. */
    static final int GONE = 7203;
    /** Takes data in SYNs. */
    static final int FAST_OPEN_FAR = 7204;
    /** Never answers. */
    static final int SILENT = 7999;

    /** From the first of these to the last: the far end's own, which get no answer to their SYNs. */
    static final int DEAF = 20_000;

    static final int DEAF_LAST = 20_999;

    static final int UNREAD = 100;

    private Ports() {}
}
