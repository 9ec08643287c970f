package io.tcpsnap.decode;

import io.tcpsnap.kernel.KernelVersion;
import io.tcpsnap.kernel.RowKind;
import io.tcpsnap.kernel.TcpState;
import io.tcpsnap.kernel.TimerKind;
import java.nio.ByteOrder;
import java.util.Arrays;

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
    private static final int AHEAD = 128;
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

    private final TextCache pointers = new TextCache();
    private final TcpLineForm form = new TcpLineForm();
    /** The rows read ahead. */
    private final TcpLine[] lines = new TcpLine[AHEAD];

    /** The current row, or the one that is being read. */
    private TcpLine line;
    /** The address that {@link #endpoint} read. */
    private long hi;

    private long lo;

    public ProcNetTcp(ProblemSink problems) {
        super(problems);
        Arrays.setAll(lines, i -> new TcpLine());
        line = lines[0];
    }

    @Override
    protected void begin() {
        seen.clear();
        form.reset(bytes, end, snapshot().byteOrder() == ByteOrder.BIG_ENDIAN);
    }

    @Override
    public boolean next() {
        return read(lines[0]);
    }

    @Override
    public int ahead(int max) {
        int rows = 1;
        while (rows < Math.min(max, AHEAD) && read(lines[rows])) {
            rows++;
        }
        line = lines[0];
        return rows;
    }

    @Override
    public void row(int index) {
        line = lines[index];
    }

    /** Reads the next row that decodes; false at the end. */
    private boolean read(TcpLine row) {
        line = row;
        while (at < end) {
            int next = form.read(at, row);
            if (next != TcpLineForm.OTHER) {
                at = next;
                return true;
            }
            if (nextLine() && readWords()) {
                return true;
            }
        }
        return false;
    }

    /** Reads the current line word by word; false where it is no row, which is reported. */
    private boolean readWords() {
        split(unquoted(lineStart));
        if (tokens == 0) {
            return false;
        }
        if (isHeader()) {
            noteCut();
            return false;
        }
        if (tokens != FULL && startsRow(lineStart)) {
            unwrap();
        }
        if (tokens != FULL && tokens != MINI) {
            lineProblem("a row of " + tokens + " words instead of 17 or 12");
            return false;
        }
        bad = false;
        parse();
        if (bad) {
            lineProblem("a word that is not of its column's form");
        } else if (rowKind() == null) {
            lineProblem("a row that ends with the pointer, in a state that has more: cut short");
        } else {
            note();
            return true;
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
        line.begin(lineStart);
        line.full = tokens == FULL;
        int colon = to[0] - 1;
        bad |= bytes[colon] != ':';
        line.sl = (int) atMost(from[0], colon, Integer.MAX_VALUE);
        line.v6 = to[1] - from[1] == 37;
        bad |= to[1] - from[1] != to[2] - from[2];
        line.localPort = endpoint(1);
        line.localHi = hi;
        line.localLo = lo;
        line.remotePort = endpoint(2);
        line.remoteHi = hi;
        line.remoteLo = lo;
        line.stateNumber = (int) hex32(from[3], to[3]);
        colon = colon(4);
        line.txQueue = hex32(from[4], colon);
        line.rxQueue = hex32(colon + 1, to[4]);
        colon = colon(5);
        line.timerCode = (int) hex32(from[5], colon);
        line.tmWhen = hex(colon + 1, to[5]);
        line.retrnsmt = hex32(from[6], to[6]);
        line.uid = signed(7);
        line.timeout = signed(8);
        line.inode = unsigned(9);
        line.ref = signed(10);
        line.skStart = from[11];
        line.skEnd = to[11];
        if (line.full) {
            line.rto = atMost(12, U32);
            line.ato = atMost(13, U32);
            line.ack = atMost(14, U32);
            line.cwnd = atMost(15, U32);
            line.ssthresh = signed(16);
        }
    }

    /** Reads {@code ADDRESS:PORT}; the address goes to {@link #hi} and {@link #lo}, in network order. */
    private int endpoint(int token) {
        int start = from[token];
        int colon = to[token] - 5;
        if (colon - start != (line.v6 ? 32 : 8) || bytes[colon] != ':') {
            bad = true;
            return 0;
        }
        if (line.v6) {
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
            lineProblem("state " + line.stateNumber + " is unknown");
        }
        if (timer() == null) {
            lineProblem("timer " + line.timerCode + " is unknown");
        }
        noteCut();
    }

    /** Which structure stands behind the row; null where a row of 12 words has a state that those never have. */
    @Override
    public RowKind rowKind() {
        return line.rowKind();
    }

    /** Whether the words behind the pointer are there. */
    @Override
    public boolean isSocket() {
        return line.full;
    }

    @Override
    public boolean isListen() {
        return line.isListen();
    }

    @Override
    public long family() {
        return line.v6 ? 6 : 4;
    }

    @Override
    public long sl() {
        return line.sl;
    }

    @Override
    public byte[] localAddr() {
        return addresses.of(line.v6, line.localHi, line.localLo);
    }

    @Override
    public long localPort() {
        return line.localPort;
    }

    @Override
    public byte[] remoteAddr() {
        return addresses.of(line.v6, line.remoteHi, line.remoteLo);
    }

    @Override
    public long remotePort() {
        return line.remotePort;
    }

    @Override
    public boolean hasConn() {
        return true;
    }

    @Override
    public long conn() {
        if (!line.hasConn) {
            line.hasConn = true;
            line.conn = hash.of(
                    snapshot(),
                    line.v6,
                    line.localHi,
                    line.localLo,
                    line.localPort,
                    line.remoteHi,
                    line.remoteLo,
                    line.remotePort);
        }
        return line.conn;
    }

    @Override
    public TcpState state() {
        return TcpState.of(line.stateNumber);
    }

    @Override
    public TimerKind timer() {
        return TimerKind.of(line.timerCode);
    }

    @Override
    public long timerCode() {
        return line.timerCode;
    }

    @Override
    public long txQueue() {
        return line.txQueue;
    }

    @Override
    public long rxQueue() {
        return line.rxQueue;
    }

    /** As printed, in USER_HZ ticks. */
    @Override
    public long tmWhen() {
        return line.tmWhen;
    }

    /** Milliseconds until the timer fires, 0 where it has expired; meaningless without a clock tick or timer. */
    @Override
    public long timerMillis() {
        return line.tmWhen < 0 || line.tmWhen >= EXPIRED ? 0 : millis(line.tmWhen);
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
        if (!line.hasDuplicate) {
            line.hasDuplicate = true;
            RowKind kind = rowKind();
            long key = conn() + (kind == null ? 3 : kind.ordinal());
            line.duplicate = !seen.add(isListen() ? ConnHash.mix(key ^ line.inode) : key);
        }
        return line.duplicate;
    }

    @Override
    public long retrnsmt() {
        return line.retrnsmt;
    }

    @Override
    public long uid() {
        return line.uid;
    }

    @Override
    public long timeout() {
        return line.timeout;
    }

    @Override
    public long inode() {
        return line.inode;
    }

    @Override
    public long ref() {
        return line.ref;
    }

    @Override
    public byte[] sk() {
        return pointers.of(bytes, line.skStart, line.skEnd);
    }

    @Override
    public long rto() {
        return line.rto;
    }

    @Override
    public long rtoMillis() {
        return millis(line.rto);
    }

    @Override
    public long ato() {
        return line.ato;
    }

    @Override
    public long atoMillis() {
        return millis(line.ato);
    }

    @Override
    public long quick() {
        return line.ack >> 1;
    }

    @Override
    public boolean pingpong() {
        return (line.ack & 1) != 0;
    }

    @Override
    public long cwnd() {
        return line.cwnd;
    }

    /** As printed: -1 in initial slow start; in LISTEN the limit of the Fast Open queue. */
    @Override
    public long ssthresh() {
        return line.ssthresh;
    }
}
