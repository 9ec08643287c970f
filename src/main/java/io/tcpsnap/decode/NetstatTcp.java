package io.tcpsnap.decode;

import io.tcpsnap.kernel.RowKind;
import io.tcpsnap.kernel.TcpState;
import io.tcpsnap.kernel.TimerKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * TCP sockets in the text of {@code netstat}; entry {@code netstat/tcp}.
 *
 * <p>A row is a line {@code Proto Recv-Q Send-Q Local Foreign State} and, as the header says, user and inode (-e), process
 * (-p) and timer (-o). Without -W an address is cut so that it has 22 characters with its port: such a one is unknown. Source:
 * net-tools netstat.c tcp_do_one(), finish_this_one().
 */
public final class NetstatTcp extends TextDecoder implements TcpRow {
    /** Of an address that may have been cut: 22 and the colon. */
    private static final int NARROW = 23;

    private static final int COLUMNS = 6;
    private static final int LOCAL = 3;
    private static final int FOREIGN = 4;
    private static final int STATE = 5;
    private static final long U32 = 0xffffffffL;
    /** ::ffff:0.0.0.0 */
    private static final long MAPPED = 0xffff00000000L;

    /** By the kernel's code. */
    private static final List<String> TIMERS = List.of("off", "on", "keepalive", "timewait", "probe");

    private static final Pattern TIMER = Pattern.compile("(?:^|\\s)(off|on|keepalive|timewait|probe|unkn-([0-9]{1,9}))"
            + " \\(([0-9]{1,18})\\.([0-9]{2})/([0-9]{1,10})/(-?[0-9]{1,10})\\)\\s*$");
    private static final Pattern OWNER = Pattern.compile("^\\s*(\\S+)\\s+([0-9]{1,18})(?=\\s|$)");
    private static final Pattern PROGRAM = Pattern.compile("([0-9]{1,9})/(.*)");
    /** Timers further away have expired: 2^31 ticks of 100 Hz. */
    private static final long EXPIRED_SECONDS = (1L << 31) / 100;

    private final AddressText addresses = new AddressText();
    private final ConnHash hash = new ConnHash();
    private final LongSet seen = new LongSet();
    private final SsUnread unread = new SsUnread();
    private final SsEndpoint local = new SsEndpoint();
    private final SsEndpoint remote = new SsEndpoint();
    private final List<String> rest = new ArrayList<>();

    /** Whether addresses are printed in full. */
    private boolean wide;

    private boolean hasOwner;
    private boolean hasProgram;
    private boolean finished;
    private int askedAt;
    private boolean duplicate;
    private int family;
    private long rxQueue;
    private long txQueue;
    private TcpState state;
    private long timerCode;
    private long timerMillis;
    private long retrnsmt;
    private long timeout;
    private long uid;
    private long inode;
    private long pid;
    private byte[] program;

    public NetstatTcp(ProblemSink problems) {
        super(problems);
    }

    @Override
    protected void begin() {
        seen.clear();
        askedAt = -1;
        hasOwner = false;
        hasProgram = false;
        finished = false;
        wide = false;
        while (nextLine()) {
            split(unquoted(lineStart));
            boolean row = tokens > FOREIGN && isTcp();
            wide |= row && Math.max(to[LOCAL] - from[LOCAL], to[FOREIGN] - from[FOREIGN]) > NARROW;
        }
        at = 0;
    }

    private boolean isTcp() {
        return is(0, "tcp") || is(0, "tcp6");
    }

    @Override
    public boolean next() {
        while (nextLine()) {
            split(unquoted(lineStart));
            if (tokens == 0 || isTitle()) {
                continue;
            }
            if (!isTcp()) {
                other();
            } else if (row()) {
                noteCut();
                return true;
            } else {
                lineProblem("a word that is not of its column's form, or a row without a state");
            }
        }
        if (!finished) {
            finished = true;
            unread.report(this::problem);
        }
        return false;
    }

    private String token(int token) {
        return line(from[token], to[token]);
    }

    private String line(int start, int stop) {
        return new String(bytes, start, stop - start, StandardCharsets.UTF_8);
    }

    /** Headers, which say what is in the rows, and what netstat says of its privileges. */
    private boolean isTitle() {
        if (is(0, "Proto")) {
            String header = line(lineStart, lineEnd);
            hasOwner = header.contains(" User ");
            hasProgram = header.contains(" PID/Program");
            return true;
        }
        return is(0, "Active") || is(0, "(Not") || is(0, "(No") || is(0, "will") && is(1, "not");
    }

    private void other() {
        String proto = token(0);
        if (proto.matches("udp.*|raw.*|unix|sctp|igmp|ax25|netrom|ipx|x25|l2cap|rfcomm")) {
            unread.add("a socket of " + SsUnread.name(proto) + ", which is not TCP", lineStart, lineEnd);
        } else {
            lineProblem("neither a socket nor a title");
        }
    }

    private boolean row() {
        if (tokens < COLUMNS) {
            return false;
        }
        bad = false;
        rxQueue = atMost(1, U32);
        txQueue = atMost(2, U32);
        if (bad || !local.read(token(LOCAL)) || !remote.read(token(FOREIGN))) {
            return false;
        }
        clear();
        readFamily();
        keepUnknown(local, LOCAL);
        keepUnknown(remote, FOREIGN);
        state = state(token(STATE));
        words(line(to[STATE], lineEnd));
        return true;
    }

    private void clear() {
        rest.clear();
        timerCode = UNKNOWN;
        retrnsmt = UNKNOWN;
        timeout = UNKNOWN;
        uid = UNKNOWN;
        inode = UNKNOWN;
        pid = UNKNOWN;
        program = null;
    }

    /** Old versions print tcp for IPv6 too; the addresses tell then, if they are no names. */
    private void readFamily() {
        narrow(local, LOCAL);
        narrow(remote, FOREIGN);
        if (is(0, "tcp6")) {
            family = 6;
            map(local);
            map(remote);
        } else {
            family = Math.max(local.family, remote.family);
        }
    }

    /** From 2.10 at least, an IPv4-mapped address is printed as one of IPv4. */
    private static void map(SsEndpoint endpoint) {
        if (endpoint.family == 4) {
            endpoint.family = 6;
            endpoint.lo |= MAPPED;
        }
    }

    private void narrow(SsEndpoint endpoint, int token) {
        if (!wide && to[token] - from[token] == NARROW && endpoint.family == 6) {
            endpoint.family = SsEndpoint.UNKNOWN;
        }
    }

    private boolean hasAddress(SsEndpoint endpoint) {
        return family != SsEndpoint.UNKNOWN && (endpoint.any || endpoint.family == family);
    }

    private void keepUnknown(SsEndpoint endpoint, int token) {
        if (!hasAddress(endpoint) || !endpoint.hasPort) {
            rest.add(token(token));
        }
    }

    private TcpState state(String name) {
        for (TcpState one : TcpState.values()) {
            if (one.name().equals(name)) {
                return one;
            }
        }
        unread.add("state " + SsUnread.name(name) + " is unknown", from[STATE], to[STATE]);
        return null;
    }

    /** Reads what is behind the state. */
    private void words(String text) {
        String words = text;
        Matcher timer = TIMER.matcher(words);
        if (timer.find()) {
            timer(timer);
            words = words.substring(0, timer.start());
        }
        Matcher owner = OWNER.matcher(words);
        if (hasOwner && owner.find()) {
            owner(owner.group(1), owner.group(2));
            words = words.substring(owner.end());
        }
        words = words.strip();
        Matcher process = PROGRAM.matcher(words);
        if (hasProgram && process.matches()) {
            pid = Long.parseLong(process.group(1));
            program = process.group(2).getBytes(StandardCharsets.UTF_8);
        } else if (!words.isEmpty() && !(hasProgram && words.equals("-"))) {
            unread.add("words behind the columns that are known", lineStart, lineEnd);
            rest.add(words);
        }
    }

    private void timer(Matcher timer) {
        timerCode = timer.group(2) == null ? TIMERS.indexOf(timer.group(1)) : Long.parseLong(timer.group(2));
        long seconds = Long.parseLong(timer.group(3));
        timerMillis = seconds >= EXPIRED_SECONDS ? 0 : seconds * 1000 + Long.parseLong(timer.group(4)) * 10;
        retrnsmt = Long.parseLong(timer.group(5));
        timeout = Long.parseLong(timer.group(6));
        if (timer() == null) {
            unread.add("timer " + timerCode + " is unknown", lineStart, lineEnd);
        }
    }

    private void owner(String user, String number) {
        inode = Long.parseLong(number);
        if (user.matches("[0-9]{1,10}")) {
            uid = Long.parseLong(user);
        } else {
            rest.add(user);
        }
    }

    @Override
    public long family() {
        return family == SsEndpoint.UNKNOWN ? UNKNOWN : family;
    }

    @Override
    public byte[] localAddr() {
        return address(local);
    }

    @Override
    public byte[] remoteAddr() {
        return address(remote);
    }

    private byte[] address(SsEndpoint endpoint) {
        return hasAddress(endpoint) ? addresses.of(family == 6, endpoint.hi, endpoint.lo) : null;
    }

    @Override
    public long localPort() {
        return local.hasPort ? local.port : UNKNOWN;
    }

    @Override
    public long remotePort() {
        return remote.hasPort ? remote.port : UNKNOWN;
    }

    @Override
    public boolean hasConn() {
        return hasAddress(local) && hasAddress(remote) && local.hasPort && remote.hasPort;
    }

    @Override
    public long conn() {
        return hash.of(snapshot(), family == 6, local.hi, local.lo, local.port, remote.hi, remote.lo, remote.port);
    }

    /** Netstat walks the file as others do, and so may list a socket twice. */
    @Override
    public boolean isDuplicate() {
        if (askedAt != lineStart) {
            askedAt = lineStart;
            RowKind kind = rowKind();
            long key = hasConn() ? conn() + (kind == null ? 3 : kind.ordinal()) : 0;
            duplicate = hasConn() && !seen.add(isListen() ? ConnHash.mix(key ^ inode) : key);
        }
        return duplicate;
    }

    @Override
    public TcpState state() {
        return state;
    }

    @Override
    public RowKind rowKind() {
        boolean timewait = timer() == TimerKind.TIMEWAIT;
        if (state == TcpState.TIME_WAIT || state == TcpState.FIN_WAIT2 && timewait) {
            return RowKind.TIME_WAIT;
        }
        boolean either = state == null || state == TcpState.SYN_RECV || state == TcpState.FIN_WAIT2 && timer() == null;
        return either ? null : RowKind.SOCKET;
    }

    @Override
    public boolean isListen() {
        return state == TcpState.LISTEN;
    }

    @Override
    public long txQueue() {
        return txQueue;
    }

    @Override
    public long rxQueue() {
        return rxQueue;
    }

    @Override
    public boolean hasAcceptQueue() {
        return !snapshot().isBefore(ProcNetTcp.ACCEPT_QUEUE);
    }

    @Override
    public TimerKind timer() {
        return timerCode == UNKNOWN || timerCode > TimerKind.PROBE0.ordinal() ? null : TimerKind.of((int) timerCode);
    }

    @Override
    public long timerCode() {
        return timerCode;
    }

    @Override
    public long timerMillis() {
        return timerMillis;
    }

    @Override
    public boolean hasTimerMillis() {
        return timerCode != UNKNOWN;
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
    public long pid() {
        return pid;
    }

    @Override
    public byte[] program() {
        return program;
    }

    @Override
    public byte[] rest() {
        return rest.isEmpty() ? null : String.join(" ", rest).getBytes(StandardCharsets.UTF_8);
    }
}
