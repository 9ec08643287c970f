package io.tcpsnap.decode;

import static io.tcpsnap.decode.DiagValues.MESSAGE;

import io.tcpsnap.kernel.InetDiag;
import io.tcpsnap.kernel.RowKind;
import io.tcpsnap.kernel.TcpState;
import io.tcpsnap.kernel.TimerKind;
import java.util.Set;

/**
 * TCP sockets in the text of {@code ss}, of any version and with any of its options; entry {@code ss/tcp}.
 *
 * <p>A row is a line {@code [Netid] [State] Recv-Q Send-Q Local:Port Peer:Port}, more words on it, and lines after it that
 * begin with a blank. What ss did not print is unknown: it leaves out what is 0, what the kernel does not have and what it
 * was not asked for. No value is guessed: what it rounded or replaced by a name is in {@link #rest} only. Words that nobody
 * knows are there too, and are counted as problems. Source: iproute2 misc/ss.c, 2.6.32 to 7.1.
 */
public final class SsTcp extends TextDecoder implements InetDiagRow {
    private static final Set<String> OTHER_NETIDS = Set.of(
            "nl", "p_raw", "p_dgr", "raw", "udp", "dccp", "udplite", "u_str", "u_dgr", "u_seq", "sctp", "tipc", "v_str",
            "v_dgr", "xdp", "mptcp", "???");

    private final AddressText addresses = new AddressText();
    private final ConnHash hash = new ConnHash();
    private final DiagValues values = new DiagValues();
    private final SsUnread unread = new SsUnread();
    private final SsHead head = new SsHead(values);
    private final SsWords words = new SsWords(values, unread);

    /** Whether the lines that follow belong to a socket that is not TCP. */
    private boolean foreign;

    private boolean finished;

    public SsTcp(ProblemSink problems) {
        super(problems);
    }

    @Override
    protected void begin() {
        head.begin(bytes, end);
        words.begin(bytes);
        foreign = false;
        finished = false;
    }

    @Override
    public boolean next() {
        while (nextLine()) {
            split(lineStart);
            boolean indented = tokens > 0 && from[0] > lineStart;
            if (isHead()) {
                foreign = false;
                int start = lineStart;
                int stop = lineEnd;
                read();
                if (!words.isMptcp()) {
                    return true;
                }
                unread.add("a socket of MPTCP, which is not TCP", start, stop);
            } else if (isForeign()) {
                foreign = true;
                unread.add("a socket of netid " + token(0) + ", which is not TCP", lineStart, lineEnd);
            } else if (tokens > 0 && !isTitle() && !(foreign && indented)) {
                lineProblem("neither a socket nor a line that continues one");
            }
        }
        if (!finished) {
            finished = true;
            unread.report(this::problem);
        }
        return false;
    }

    private String token(int token) {
        return words.string(from[token], to[token]);
    }

    private boolean isTitle() {
        for (int token = 0; token < Math.min(3, tokens); token++) {
            if (is(token, "Recv-Q")) {
                return true;
            }
        }
        return false;
    }

    private boolean isForeign() {
        return tokens > 2 && OTHER_NETIDS.contains(token(0)) && (TcpStateName.is(token(1)) || isInteger(1));
    }

    private boolean isHead() {
        int first = firstColumn();
        return first >= 0
                && first + 4 <= tokens
                && isInteger(first)
                && isInteger(first + 1)
                && isPair(first + 2)
                && isPair(first + 3);
    }

    /** The token of Recv-Q: ss prints netid and state only where there are several. */
    private int firstColumn() {
        int first = tokens > 0 && is(0, "tcp") ? 1 : 0;
        return first < tokens && TcpStateName.is(token(first)) ? first + 1 : first;
    }

    private boolean isInteger(int token) {
        int first = from[token];
        boolean minus = bytes[first] == '-' && first + 1 < to[token];
        for (int i = minus ? first + 1 : first; i < to[token]; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return false;
            }
        }
        return true;
    }

    /** Whether a colon stands within the token. */
    private boolean isPair(int token) {
        for (int i = to[token] - 2; i > from[token]; i--) {
            if (bytes[i] == ':') {
                return true;
            }
        }
        return false;
    }

    private void read() {
        values.clear();
        int first = firstColumn();
        head.read(first > 0 ? token(first - 1) : "", token(first + 2), token(first + 3));
        words.reset(head.maybeListener());
        words.read(to[first + 3], lineEnd);
        int[] columns = {
            from[first],
            to[first],
            from[first + 1],
            to[first + 1],
            from[first + 2],
            to[first + 2],
            from[first + 3],
            to[first + 3]
        };
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\t')) {
            nextLine();
            split(lineStart);
            if (isHead() || isForeign() || isTitle()) {
                at = lineStart;
                break;
            }
            words.read(lineStart, lineEnd);
        }
        words.complete();
        head.complete();
        queues(columns);
        if (!head.holds(head.local)) {
            words.keep(columns[4], columns[5]);
        }
        if (!head.holds(head.remote)) {
            words.keep(columns[6], columns[7]);
        }
    }

    /** Of a listener the queues mean something else, and without a state it is not known whether this is one. */
    private void queues(int[] columns) {
        for (int i = 0; i < 2; i++) {
            int field = i == 0 ? InetDiag.RQUEUE : InetDiag.WQUEUE;
            long value = SsNumber.queue(words.string(columns[2 * i], columns[2 * i + 1]));
            if (value >= 0 && !head.maybeListener()) {
                values.put(MESSAGE, field, value);
            } else {
                words.keep(columns[2 * i], columns[2 * i + 1]);
            }
            if (value < 0) {
                unread.add("a queue of more than 32 bits", columns[2 * i], columns[2 * i + 1]);
            }
        }
    }

    @Override
    public boolean sent(int offset) {
        return values.has(MESSAGE, offset);
    }

    @Override
    public boolean has(int attribute, int end) {
        return values.has(attribute, end);
    }

    @Override
    public long field(int attribute, int offset, int width) {
        return values.get(attribute, offset + width);
    }

    @Override
    public boolean hasBits(int attribute, int offset, int bit, int length) {
        return values.hasBits(attribute, offset, bit);
    }

    @Override
    public long bits(int attribute, int offset, int bit, int width) {
        return values.bits(offset, bit);
    }

    @Override
    public long wordBits(int attribute, int offset, int bit, int width) {
        return field(attribute, offset, 4) >> bit & (1L << width) - 1;
    }

    @Override
    public byte[] text(int attribute) {
        return values.text(attribute);
    }

    @Override
    public int family() {
        return head.family;
    }

    @Override
    public TcpState state() {
        return head.state;
    }

    @Override
    public boolean isListen() {
        return head.state == TcpState.LISTEN;
    }

    @Override
    public TimerKind timer() {
        return sent(InetDiag.TIMER) ? TimerKind.of(timerCode()) : null;
    }

    @Override
    public RowKind rowKind() {
        boolean timewait = timer() == TimerKind.TIMEWAIT;
        if (head.state == TcpState.TIME_WAIT || head.state == TcpState.FIN_WAIT2 && timewait) {
            return RowKind.TIME_WAIT;
        }
        boolean full = values.hasAny(InetDiag.ATTR_INFO)
                || values.hasAny(InetDiag.ATTR_SHUTDOWN)
                || values.hasAny(InetDiag.ATTR_SKMEMINFO)
                || values.hasAny(InetDiag.ATTR_MEMINFO);
        boolean either = head.state == null || head.state == TcpState.SYN_RECV || head.state == TcpState.FIN_WAIT2;
        return full || !either ? RowKind.SOCKET : null;
    }

    @Override
    public byte[] localAddr() {
        return address(head.local);
    }

    @Override
    public byte[] remoteAddr() {
        return address(head.remote);
    }

    private byte[] address(SsEndpoint endpoint) {
        return head.hasAddress(endpoint) ? addresses.of(head.family == 6, endpoint.hi, endpoint.lo) : null;
    }

    @Override
    public boolean hasConn() {
        return head.hasAddress(head.local) && head.hasAddress(head.remote) && head.local.hasPort && head.remote.hasPort;
    }

    @Override
    public long conn() {
        return hash.of(
                snapshot(),
                head.family == 6,
                head.local.hi,
                head.local.lo,
                head.local.port,
                head.remote.hi,
                head.remote.lo,
                head.remote.port);
    }

    @Override
    public int localPort() {
        return head.local.port;
    }

    @Override
    public int remotePort() {
        return head.remote.port;
    }

    private long message(int offset) {
        return values.get(MESSAGE, offset);
    }

    @Override
    public int timerCode() {
        return (int) message(InetDiag.TIMER);
    }

    @Override
    public int retrans() {
        return (int) message(InetDiag.RETRANS);
    }

    @Override
    public long expires() {
        return message(InetDiag.EXPIRES);
    }

    @Override
    public long rqueue() {
        return message(InetDiag.RQUEUE);
    }

    @Override
    public long wqueue() {
        return message(InetDiag.WQUEUE);
    }

    @Override
    public long uid() {
        return message(InetDiag.UID);
    }

    @Override
    public long inode() {
        return message(InetDiag.INODE);
    }

    @Override
    public long ifindex() {
        return message(InetDiag.IF);
    }

    @Override
    public long cookie() {
        return message(InetDiag.COOKIE);
    }

    @Override
    public byte[] rest() {
        return words.rest();
    }
}
