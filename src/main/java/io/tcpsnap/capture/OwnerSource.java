package io.tcpsnap.capture;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Which processes hold which TCP sockets, of every network namespace: a line for each socket and process.
 *
 * <pre>
 * # inode pid start_time comm cgroup
 * 41873 1204 31337 nginx /system.slice/nginx.service
 * # processes=88 scanned=12 unseen=0 unchecked=0 EACCES=3
 * </pre>
 *
 * <p>Each entry has all that is known: what repeats compresses to almost nothing, and each tick stands alone. Bytes of comm
 * and cgroup that are blank, control characters, or a backslash are {@code \xHH}; an unknown text is {@code -}, an empty one
 * a lone backslash, and a minus at the start is escaped. Of the last line: processes there are; scanned in this tick; not
 * looked at yet, for want of time; not checked for changes in this tick; and those that may not be read, by error.
 *
 * <p>Takes {@link #SHARE} of a CPU at most, but for the first copy: see {@link ProcessTable} for what it does with it.
 */
final class OwnerSource implements Source {
    /** 1 %: 10 ms in a tick each second. */
    private static final double SHARE = 0.01;

    private static final byte[] HEADER = ascii("# inode pid start_time comm cgroup\n");

    private final CpuBudget budget;
    private final ProcessTable table = new ProcessTable();

    OwnerSource() {
        this(new CpuBudget(SHARE));
    }

    OwnerSource(CpuBudget budget) {
        this.budget = budget;
    }

    @Override
    public String path() {
        return "owners";
    }

    @Override
    public void take(CopyBuffer into) {
        budget.begin();
        table.update(budget);
        append(into, HEADER);
        for (SocketProcess process : table.processes()) {
            if (!process.sockets().isEmpty()) {
                byte[] rest = rest(process);
                for (SocketProcess.Held socket : process.sockets()) {
                    append(into, ascii(Long.toString(socket.inode())));
                    append(into, rest);
                }
            }
        }
        append(into, ascii("# " + table.account() + "\n"));
        budget.end();
    }

    private static byte[] rest(SocketProcess process) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        line.writeBytes(ascii(" " + process.pid() + " " + process.startTime() + " "));
        line.writeBytes(escape(process.comm()));
        line.write(' ');
        line.writeBytes(escape(process.cgroup()));
        line.write('\n');
        return line.toByteArray();
    }

    static byte[] escape(byte[] text) {
        if (text == null) {
            return ascii("-");
        }
        if (text.length == 0) {
            return ascii("\\");
        }
        ByteArrayOutputStream escaped = new ByteArrayOutputStream();
        for (int i = 0; i < text.length; i++) {
            int b = text[i] & 0xff;
            if (b <= ' ' || b == 0x7f || b == '\\' || i == 0 && b == '-') {
                escaped.writeBytes(ascii(String.format("\\x%02x", b)));
            } else {
                escaped.write(b);
            }
        }
        return escaped.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void append(CopyBuffer into, byte[] bytes) {
        into.append(bytes, 0, bytes.length);
    }
}
