package io.tcpsnap.decode;

import java.io.ByteArrayOutputStream;

/**
 * {@code owners}: a line {@code inode pid start_time comm cgroup} for each socket and process that holds it, and lines of
 * remarks that begin with #. In comm and cgroup {@code \xHH} is a byte, a lone minus an unknown text and a lone backslash
 * an empty one.
 */
public final class Owners extends TextDecoder {
    private static final int WORDS = 5;
    private static final int COMM = 3;
    private static final int CGROUP = 4;
    private static final long MAX_PID = Integer.MAX_VALUE;

    private long inode;
    private long pid;
    private long startTime;
    private byte[] comm;
    private byte[] cgroup;

    public Owners(ProblemSink problems) {
        super(problems);
    }

    @Override
    public boolean next() {
        while (nextLine()) {
            split(lineStart);
            if (tokens == 0) {
                continue;
            }
            if (bytes[from[0]] == '#') {
                noteCut();
            } else if (parse()) {
                noteCut();
                return true;
            } else {
                lineProblem("not an inode, a pid, a start time, comm and cgroup");
            }
        }
        return false;
    }

    private boolean parse() {
        if (tokens != WORDS) {
            return false;
        }
        bad = false;
        inode = unsigned(0);
        pid = atMost(1, MAX_PID);
        startTime = atMost(2, Long.MAX_VALUE);
        comm = name(COMM);
        cgroup = name(CGROUP);
        return !bad;
    }

    /** An escaped text, in UTF-8; null where it is unknown. */
    private byte[] name(int token) {
        if (is(token, "-")) {
            return null;
        }
        ByteArrayOutputStream name = new ByteArrayOutputStream();
        int i = is(token, "\\") ? to[token] : from[token];
        while (i < to[token]) {
            if (bytes[i] != '\\') {
                name.write(bytes[i++]);
            } else if (i + 4 <= to[token] && bytes[i + 1] == 'x') {
                name.write((int) hex(i + 2, i + 4));
                i += 4;
            } else {
                bad = true;
                return null;
            }
        }
        byte[] raw = name.toByteArray();
        return Utf8.copy(raw, 0, raw.length);
    }

    public long inode() {
        return inode;
    }

    public long pid() {
        return pid;
    }

    /** Clock ticks since boot. */
    public long startTime() {
        return startTime;
    }

    /** Null where unknown. */
    public byte[] comm() {
        return comm;
    }

    /** Null where unknown. */
    public byte[] cgroup() {
        return cgroup;
    }
}
