package io.tcpsnap.decode;

import io.tcpsnap.kernel.TcpState;
import io.tcpsnap.kernel.TimerKind;

/**
 * Reads rows that are printed as the kernel prints them: columns of fixed width as far as the retransmits, then numbers with
 * blanks between them. Whatever is not so, or is to be reported, is left to the words of {@link ProcNetTcp}; what is read
 * here is what those would be.
 *
 * <pre>
 * "%4d: %08X:%04X %08X:%04X %02X %08X:%08X %02X:%08lX %08X %5u %8d %lu %d %pK %lu %lu %u %u %d"
 * </pre>
 */
final class TcpLineForm {
    static final int OTHER = -1;
    private static final int V4 = 8;
    private static final int V6 = 32;
    /** Both addresses' ports with what is around them. */
    private static final int PORTS = 12;
    /** From the state to the blank behind the retransmits. */
    private static final int FIXED = 42;

    /** Of the line's number with its blanks: fits an int. */
    private static final int MAX_SL = 9;

    private static final int MAX_DIGITS = 18;
    private static final long U32 = 0xffffffffL;

    private byte[] bytes = {};
    private int end;
    private boolean big;
    /** The next character. */
    private int at;
    /** Whether something was not as it must be, since the row began. */
    private boolean other;

    /** Starts on another file; {@code bigEndian} is its host. */
    void reset(byte[] content, int length, boolean bigEndian) {
        bytes = content;
        end = length;
        big = bigEndian;
    }

    /** Reads the row that begins at {@code start}; returns where the next line begins, or {@link #OTHER}. */
    int read(int start, TcpLine row) {
        at = start;
        other = false;
        row.begin(start);
        row.sl = (int) decimal();
        if (other || at - start > MAX_SL || at + 2 + 2 * V6 + PORTS + FIXED > end) {
            return OTHER;
        }
        int address = at + 2;
        row.v6 = bytes[address + V4] != ':';
        int width = row.v6 ? V6 : V4;
        fixed(address, width, row);
        if (other) {
            return OTHER;
        }
        row.uid = decimal();
        row.timeout = between();
        row.inode = between();
        row.ref = between();
        pointer(row);
        row.full = !isEnd();
        if (row.full) {
            row.rto = word();
            row.ato = word();
            row.ack = word();
            row.cwnd = word();
            row.ssthresh = ssthresh();
        }
        return !other && isEnd() && isKnown(row) && (row.full || isWhole(at + 1)) ? at + 1 : OTHER;
    }

    private void fixed(int local, int width, TcpLine row) {
        int localPort = local + width + 1;
        int remote = localPort + 5;
        int remotePort = remote + width + 1;
        int state = remotePort + 5;
        other |= bytes[local - 2] != ':' || bytes[local - 1] != ' ';
        other |= bytes[localPort - 1] != ':' || bytes[remote - 1] != ' ';
        other |= bytes[remotePort - 1] != ':' || bytes[state - 1] != ' ' || bytes[state + 2] != ' ';
        other |= bytes[state + 11] != ':' || bytes[state + 20] != ' ' || bytes[state + 23] != ':';
        other |= bytes[state + 32] != ' ' || bytes[state + 41] != ' ';
        row.localHi = row.v6 ? address(local) << 32 | address(local + 8) : 0;
        row.localLo = row.v6 ? address(local + 16) << 32 | address(local + 24) : address(local);
        row.remoteHi = row.v6 ? address(remote) << 32 | address(remote + 8) : 0;
        row.remoteLo = row.v6 ? address(remote + 16) << 32 | address(remote + 24) : address(remote);
        long ports = hex(EightBytes.fourAt(bytes, localPort) | EightBytes.fourAt(bytes, remotePort) << 32);
        row.localPort = (int) (ports >>> 16);
        row.remotePort = (int) ports & 0xffff;
        long kinds = EightBytes.twoAt(bytes, state) | EightBytes.twoAt(bytes, state + 21) << 16;
        kinds = hex(kinds | kinds << 32);
        row.stateNumber = (int) (kinds >>> 8) & 0xff;
        row.timerCode = (int) kinds & 0xff;
        row.txQueue = hex(EightBytes.at(bytes, state + 3));
        row.rxQueue = hex(EightBytes.at(bytes, state + 12));
        row.tmWhen = hex(EightBytes.at(bytes, state + 24));
        row.retrnsmt = hex(EightBytes.at(bytes, state + 33));
        at = state + FIXED;
    }

    private long hex(long eight) {
        other |= EightBytes.notHex(eight) != 0;
        return EightBytes.hex(eight);
    }

    /** A word of an address: printed as the host's CPU loads it. */
    private long address(int start) {
        long printed = hex(EightBytes.at(bytes, start));
        return big ? printed : Integer.reverseBytes((int) printed) & U32;
    }

    /** A number without a sign behind any blanks; stops at the character behind it. */
    private long decimal() {
        int i = at;
        while (i < end && bytes[i] == ' ') {
            i++;
        }
        int first = i;
        long value = 0;
        for (; i < end; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            value = value * 10 + digit;
        }
        other |= i == first || i - first > MAX_DIGITS || i == end;
        at = i;
        return value;
    }

    /** A number between blanks or the end of the line. */
    private long between() {
        other |= at >= end || bytes[at] != ' ';
        return decimal();
    }

    private long word() {
        long value = between();
        other |= value > U32;
        return value;
    }

    private long ssthresh() {
        boolean minus = at + 2 < end && bytes[at] == ' ' && bytes[at + 1] == '-' && bytes[at + 2] != ' ';
        if (!minus) {
            return between();
        }
        at += 2;
        return -decimal();
    }

    private void pointer(TcpLine row) {
        int i = at;
        other |= i >= end || bytes[i] != ' ';
        while (i < end && bytes[i] == ' ') {
            i++;
        }
        row.skStart = i;
        while (i < end && bytes[i] > ' ') {
            i++;
        }
        row.skEnd = i;
        other |= i == row.skStart;
        at = i;
    }

    /** Passes the blanks behind the last word; whether the line ends there. Where it does not, one blank is left. */
    private boolean isEnd() {
        int i = at;
        while (i + 8 <= end && EightBytes.at(bytes, i) == EightBytes.BLANKS) {
            i += 8;
        }
        while (i < end && bytes[i] == ' ') {
            i++;
        }
        if (i < end && bytes[i] == '\n') {
            at = i;
            return true;
        }
        return false;
    }

    /** Whether what follows is another row or the end: else it may be the rest of this one, which somebody wrapped. */
    private boolean isWhole(int next) {
        int i = next;
        while (i < end && bytes[i] == ' ') {
            i++;
        }
        int first = i;
        while (i < end && bytes[i] >= '0' && bytes[i] <= '9') {
            i++;
        }
        return next == end || i > first && i + 1 < end && bytes[i] == ':' && bytes[i + 1] == ' ';
    }

    /** Whether there is nothing to report of the row. */
    private static boolean isKnown(TcpLine row) {
        return TcpState.of(row.stateNumber) != null
                && TimerKind.of(row.timerCode) != null
                && (row.full || row.rowKind() != null);
    }
}
