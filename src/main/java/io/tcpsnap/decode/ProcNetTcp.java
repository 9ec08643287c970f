package io.tcpsnap.decode;

import io.tcpsnap.kernel.KernelVersion;
import io.tcpsnap.kernel.RowKind;
import io.tcpsnap.kernel.TcpState;
import io.tcpsnap.kernel.TimerKind;
import java.nio.ByteOrder;

/**
 * {@code /proc/net/tcp} and {@code /proc/net/tcp6}, as printed by the kernel or as pasted into a mail: quoted, or wrapped at
 * blanks.
 *
 * <pre>
 *   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer rto ato quick|pingpong cwnd ssthresh
 * </pre>
 *
 * <p>A row of 17 words is a full socket; one of 12, which ends with the pointer, is a TIME_WAIT mini socket or a request
 * socket. The count decides and not the state: FIN_WAIT2 and SYN_RECV come in both forms. Source: net/ipv4/tcp_ipv4.c
 * get_tcp4_sock(), get_timewait4_sock(), get_openreq4(), and net/ipv6/tcp_ipv6.c.
 */
public final class ProcNetTcp extends TextDecoder implements TcpRow {
    private static final int FULL = 17;
    private static final int MINI = 12;
    private static final long U32 = 0xffffffffL;
    /** Timers further away than this have expired: kernels before 3.10 printed a negative difference. */
    private static final long EXPIRED = 1L << 31;
    /** The first that printed tm->when in USER_HZ ticks, and not in jiffies. */
    private static final int TIMER_IN_TICKS = KernelVersion.of(2, 6, 11);
    /** The first that is known to print rto and ato in USER_HZ ticks, and not in jiffies. */
    private static final int RTO_IN_TICKS = KernelVersion.of(2, 6, 32);
    /** The first that is known to print the accept queue of a listener. */
    static final int ACCEPT_QUEUE = KernelVersion.of(2, 6, 20);

    private final AddressText addresses = new AddressText();
    private final ConnHash hash = new ConnHash();
    /** Hashes of the rows of this file that {@link #isDuplicate} was asked for. */
    private final LongSet seen = new LongSet();

    private int askedAt;
    private boolean duplicate;
    /** The address that {@link #endpoint} read. */
    private long hi;

    private long lo;
    private boolean v6;
    private int sl;
    private long localHi;
    private long localLo;
    private int localPort;
    private long remoteHi;
    private long remoteLo;
    private int remotePort;
    private int stateNumber;
    private long txQueue;
    private long rxQueue;
    private int timerCode;
    private long tmWhen;
    private long retrnsmt;
    private long uid;
    private long timeout;
    private long inode;
    private long ref;
    private long rto;
    private long ato;
    private long ack;
    private long cwnd;
    private long ssthresh;

    public ProcNetTcp(ProblemSink problems) {
        super(problems);
    }

    @Override
    protected void begin() {
        seen.clear();
        askedAt = -1;
    }

    @Override
    public boolean next() {
        while (nextLine()) {
            split(unquoted(lineStart));
            if (tokens == 0) {
                continue;
            }
            if (isHeader()) {
                noteCut();
                continue;
            }
            if (tokens != FULL && startsRow(lineStart)) {
                unwrap();
            }
            if (tokens != FULL && tokens != MINI) {
                lineProblem("a row of " + tokens + " words instead of 17 or 12");
                continue;
            }
            bad = false;
            parse();
            if (bad) {
                lineProblem("a word that is not of its column's form");
            } else if (tokens == MINI && rowKind() == null) {
                lineProblem("a row that ends with the pointer, in a state that has more: cut short");
            } else {
                note();
                return true;
            }
        }
        return false;
    }

    /**
     * Adds the next lines where they are the rest of this row, which a mail program or a terminal wrapped at a blank: they
     * do not start as a row does, and make it one of 17 or 12 words. Otherwise all stays as it was.
     */
    private void unwrap() {
        int start = lineStart;
        int[] before = {lineEnd, at, tokens, cut ? 1 : 0};
        while (tokens < FULL && at < end && !startsRow(at)) {
            nextLine();
            splitMore(unquoted(lineStart));
        }
        lineStart = start;
        if (tokens != FULL && tokens != MINI) {
            lineEnd = before[0];
            at = before[1];
            tokens = before[2];
            cut = before[3] == 1;
        }
    }

    /** Whether a line begins with a number, a colon and a blank. */
    private boolean startsRow(int start) {
        int first = unquoted(start);
        int i = first;
        while (i < end && bytes[i] >= '0' && bytes[i] <= '9') {
            i++;
        }
        return i > first && i + 1 < end && bytes[i] == ':' && bytes[i + 1] <= ' ';
    }

    private boolean isHeader() {
        return tokens > 1 && is(0, "sl") && is(1, "local_address");
    }

    private void parse() {
        int colon = to[0] - 1;
        bad |= bytes[colon] != ':';
        sl = (int) atMost(from[0], colon, Integer.MAX_VALUE);
        v6 = to[1] - from[1] == 37;
        bad |= to[1] - from[1] != to[2] - from[2];
        localPort = endpoint(1);
        localHi = hi;
        localLo = lo;
        remotePort = endpoint(2);
        remoteHi = hi;
        remoteLo = lo;
        stateNumber = (int) hex32(from[3], to[3]);
        colon = colon(4);
        txQueue = hex32(from[4], colon);
        rxQueue = hex32(colon + 1, to[4]);
        colon = colon(5);
        timerCode = (int) hex32(from[5], colon);
        tmWhen = hex(colon + 1, to[5]);
        retrnsmt = hex32(from[6], to[6]);
        uid = signed(7);
        timeout = signed(8);
        inode = unsigned(9);
        ref = signed(10);
        if (tokens == FULL) {
            rto = atMost(12, U32);
            ato = atMost(13, U32);
            ack = atMost(14, U32);
            cwnd = atMost(15, U32);
            ssthresh = signed(16);
        }
    }

    /** Reads {@code ADDRESS:PORT}; the address goes to {@link #hi} and {@link #lo}, in network order. */
    private int endpoint(int token) {
        int start = from[token];
        int colon = to[token] - 5;
        if (colon - start != (v6 ? 32 : 8) || bytes[colon] != ':') {
            bad = true;
            return 0;
        }
        if (v6) {
            hi = word(start) << 32 | word(start + 8);
            lo = word(start + 16) << 32 | word(start + 24);
        } else {
            hi = 0;
            lo = word(start);
        }
        return (int) hex32(colon + 1, to[token]);
    }

    /** A word of an address: printed as the host's CPU loads it. */
    private long word(int start) {
        int printed = (int) hex32(start, start + 8);
        boolean big = snapshot().byteOrder() == ByteOrder.BIG_ENDIAN;
        return (big ? printed : Integer.reverseBytes(printed)) & 0xffffffffL;
    }

    private int colon(int token) {
        for (int i = from[token]; i < to[token]; i++) {
            if (bytes[i] == ':') {
                return i;
            }
        }
        bad = true;
        return from[token];
    }

    /** Reports what is odd about a row that decodes. */
    private void note() {
        if (state() == null) {
            lineProblem("state " + stateNumber + " is unknown");
        }
        if (timer() == null) {
            lineProblem("timer " + timerCode + " is unknown");
        }
        noteCut();
    }

    /** Which structure stands behind the row; null where a row of 12 words has a state that those never have. */
    @Override
    public RowKind rowKind() {
        if (tokens == FULL) {
            return RowKind.SOCKET;
        }
        if (stateNumber == TcpState.SYN_RECV.number()) {
            return RowKind.REQUEST;
        }
        boolean timeWait = stateNumber == TcpState.TIME_WAIT.number()
                || stateNumber == TcpState.FIN_WAIT2.number() && timerCode == TimerKind.TIMEWAIT.ordinal();
        return timeWait ? RowKind.TIME_WAIT : null;
    }

    /** Whether the words behind the pointer are there. */
    @Override
    public boolean isSocket() {
        return tokens == FULL;
    }

    @Override
    public boolean isListen() {
        return stateNumber == TcpState.LISTEN.number();
    }

    @Override
    public long family() {
        return v6 ? 6 : 4;
    }

    @Override
    public long sl() {
        return sl;
    }

    @Override
    public byte[] localAddr() {
        return addresses.of(v6, localHi, localLo);
    }

    @Override
    public long localPort() {
        return localPort;
    }

    @Override
    public byte[] remoteAddr() {
        return addresses.of(v6, remoteHi, remoteLo);
    }

    @Override
    public long remotePort() {
        return remotePort;
    }

    @Override
    public boolean hasConn() {
        return true;
    }

    @Override
    public long conn() {
        return hash.of(snapshot(), v6, localHi, localLo, localPort, remoteHi, remoteLo, remotePort);
    }

    @Override
    public TcpState state() {
        return TcpState.of(stateNumber);
    }

    @Override
    public TimerKind timer() {
        return TimerKind.of(timerCode);
    }

    @Override
    public long timerCode() {
        return timerCode;
    }

    @Override
    public long txQueue() {
        return txQueue;
    }

    @Override
    public long rxQueue() {
        return rxQueue;
    }

    /** As printed, in USER_HZ ticks. */
    @Override
    public long tmWhen() {
        return tmWhen;
    }

    /** Milliseconds until the timer fires, 0 where it has expired; meaningless without a clock tick or timer. */
    @Override
    public long timerMillis() {
        return tmWhen < 0 || tmWhen >= EXPIRED ? 0 : millis(tmWhen);
    }

    private long millis(long ticks) {
        return ticks * 1000 / snapshot().clockTick();
    }

    /** Whether {@link #timerMillis} is known. */
    @Override
    public boolean hasTimerMillis() {
        return snapshot().clockTick() > 0 && !snapshot().isBefore(TIMER_IN_TICKS);
    }

    /** Whether {@link #rtoMillis} and {@link #atoMillis} are known. */
    @Override
    public boolean hasRtoMillis() {
        return snapshot().clockTick() > 0 && !snapshot().isBefore(RTO_IN_TICKS);
    }

    /** Whether the kernel prints the accept queue of a listener as its rx_queue. */
    @Override
    public boolean hasAcceptQueue() {
        return !snapshot().isBefore(ACCEPT_QUEUE);
    }

    /**
     * Whether an earlier row of the file has the same addresses, ports and kind; of listeners, which may share a port, the
     * same inode too. The kernel drops its locks between two pages, so a walk may list a socket twice. To be asked for every
     * row, or the earlier one is not known.
     */
    @Override
    public boolean isDuplicate() {
        if (askedAt != lineStart) {
            askedAt = lineStart;
            RowKind kind = rowKind();
            long key = conn() + (kind == null ? 3 : kind.ordinal());
            duplicate = !seen.add(isListen() ? ConnHash.mix(key ^ inode) : key);
        }
        return duplicate;
    }

    @Override
    public long retrnsmt() {
        return retrnsmt;
    }

    @Override
    public long uid() {
        return uid;
    }

    @Override
    public long timeout() {
        return timeout;
    }

    @Override
    public long inode() {
        return inode;
    }

    @Override
    public long ref() {
        return ref;
    }

    @Override
    public byte[] sk() {
        return text(from[11], to[11]);
    }

    @Override
    public long rto() {
        return rto;
    }

    @Override
    public long rtoMillis() {
        return millis(rto);
    }

    @Override
    public long ato() {
        return ato;
    }

    @Override
    public long atoMillis() {
        return millis(ato);
    }

    @Override
    public long quick() {
        return ack >> 1;
    }

    @Override
    public boolean pingpong() {
        return (ack & 1) != 0;
    }

    @Override
    public long cwnd() {
        return cwnd;
    }

    /** As printed: -1 in initial slow start; in LISTEN the limit of the Fast Open queue. */
    @Override
    public long ssthresh() {
        return ssthresh;
    }
}
