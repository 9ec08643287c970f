package io.tcpsnap.decode;

import io.tcpsnap.kernel.SockOption;
import io.tcpsnap.kernel.SockoptEntry;
import java.util.Arrays;
import java.util.List;

/** {@code sockopt} and {@code sockopt_handed}: a row for each socket, see {@link SockoptEntry} for the format. */
public final class Sockopts extends Decoder {
    private static final List<SockOption> OPTIONS = SockOption.ALL;
    /** Numbers of options that may be known, per level. */
    private static final int NUMBERS = 256;
    /** Index in {@link #OPTIONS} by level and number, or -1. */
    private static final int[] INDEX = new int[8 * NUMBERS];

    static {
        Arrays.fill(INDEX, -1);
        for (int i = 0; i < OPTIONS.size(); i++) {
            INDEX[OPTIONS.get(i).level() * NUMBERS + OPTIONS.get(i).number()] = i;
        }
    }

    private final HostBytes host = new HostBytes();
    /** Where the value of each option of the row is, and its length; -1 where there is none. */
    private final int[] value = new int[OPTIONS.size()];

    private final int[] lengths = new int[OPTIONS.size()];
    /** Where the value of the row's SOCKET record is; -1 before there is a row. */
    private int socket;

    private boolean handed;

    private boolean ended;
    private boolean finished;
    private boolean toldUnknown;

    public Sockopts(ProblemSink problems) {
        super(problems);
    }

    @Override
    protected void begin() {
        host.reset(bytes, snapshot().byteOrder());
        ended = false;
        finished = false;
        toldUnknown = false;
    }

    @Override
    public boolean next() {
        socket = -1;
        Arrays.fill(value, -1);
        while (at < end) {
            int size = end - at < SockoptEntry.HEADER ? 0 : SockoptEntry.HEADER + host.u16(at + 6);
            if (size == 0 || size > end - at) {
                problem(at, end, "a record of " + size + " bytes where " + (end - at) + " are left");
                at = end;
                ended = true;
            } else if (host.u16(at) == SockoptEntry.LEVEL && socket >= 0) {
                return true;
            } else if (ended) {
                problem(at, end, "something behind the last record");
                at = end;
            } else {
                record(size);
                at = Math.min(end, at + SockoptEntry.align(size));
            }
        }
        if (socket < 0 && !finished) {
            finished = true;
            if (!ended) {
                problem(end, end, "the sweep ends without its last record: it was cut short");
            }
        }
        return socket >= 0;
    }

    private void record(int size) {
        int level = host.u16(at);
        int number = host.u16(at + 2);
        int length = size - SockoptEntry.HEADER;
        if (level != SockoptEntry.LEVEL) {
            option(level, number, size);
        } else if (number == SockoptEntry.SOCKET && length == SockoptEntry.SOCKET_LENGTH
                || number == SockoptEntry.HANDED && length == SockoptEntry.HANDED_LENGTH) {
            socket = at + SockoptEntry.HEADER;
            handed = number == SockoptEntry.HANDED;
        } else if (number == SockoptEntry.END && length == SockoptEntry.END_LENGTH) {
            ended = true;
        } else if (number != SockoptEntry.PROCESSES || length != SockoptEntry.PROCESSES_LENGTH) {
            problem(at, at + size, "a record of kind " + number + " and " + size + " bytes");
        }
    }

    private void option(int level, int number, int size) {
        int index = level * NUMBERS + number < INDEX.length && number < NUMBERS ? INDEX[level * NUMBERS + number] : -1;
        if (socket < 0) {
            problem(at, at + size, "an option without a socket");
        } else if (index < 0) {
            if (!toldUnknown) {
                problem(at, at + size, "option " + number + " of level " + level + " is unknown");
            }
            toldUnknown = true;
        } else if (host.u16(at + 4) == 0) {
            value[index] = at + SockoptEntry.HEADER;
            lengths[index] = size - SockoptEntry.HEADER;
        }
    }

    public long inode() {
        return host.u64(socket);
    }

    /** Whether a program handed the socket over. */
    public boolean isHanded() {
        return handed;
    }

    /** When a socket that was handed over was read, microseconds since the epoch. */
    public long readMicros() {
        return host.u64(socket + 16) / 1000;
    }

    public long pid() {
        return host.u32(socket + 8);
    }

    public long fd() {
        return host.u32(socket + 12);
    }

    /** Why the socket could not be read; 0 where it could. */
    public int errno() {
        return host.u16(socket - SockoptEntry.HEADER + 4);
    }

    /** Whether the kernel answered with enough bytes for the option's type, which for text and bytes is one. */
    public boolean has(int option) {
        SockOption.Type type = OPTIONS.get(option).type();
        boolean open = type == SockOption.Type.TEXT || type == SockOption.Type.BYTES;
        return value[option] >= 0 && lengths[option] >= (open ? 1 : type.size());
    }

    /** Number of an option in {@link SockOption#ALL} that {@link #has} it: 64 bits, or an int with its sign. */
    public long number(int option) {
        return OPTIONS.get(option).type() == SockOption.Type.U64
                ? host.u64(value[option])
                : (int) host.u32(value[option]);
    }

    /** The second field of a structure of two numbers of {@code width} bytes. */
    public long second(int option, int width) {
        int second = value[option] + width;
        return width == 4 ? (int) host.u32(second) : host.u64(second);
    }

    /** The first field, of 8 bytes. */
    public long first(int option) {
        return host.u64(value[option]);
    }

    /** Text up to its NUL. */
    public byte[] text(int option) {
        int to = value[option];
        while (to < value[option] + lengths[option] && bytes[to] != 0) {
            to++;
        }
        return Utf8.copy(bytes, value[option], to);
    }

    public byte[] raw(int option) {
        return Arrays.copyOfRange(bytes, value[option], value[option] + lengths[option]);
    }
}
