package io.tcpsnap.importer;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a text may be a copy of, and the line that tells: its header, or the shape of its rows. */
enum TextKind {
    TCP("proc/net/tcp", line -> tcpHeader(line) && line.contains("rem_address"), row(8)),
    TCP6("proc/net/tcp6", line -> tcpHeader(line) && line.contains("remote_address"), row(32)),
    DEV("proc/net/dev", line -> line.contains("Inter-|"), null),
    SNMP("proc/net/snmp", line -> line.contains("Ip: Forwarding "), null),
    NETSTAT("proc/net/netstat", line -> line.contains("TcpExt: Sync"), null),
    SNMP6("proc/net/snmp6", line -> line.contains("Ip6InReceives "), null),
    SOCKSTAT("proc/net/sockstat", line -> line.contains("sockets: used "), null),
    SOCKSTAT6("proc/net/sockstat6", line -> line.contains("TCP6: inuse "), null),
    SOFTNET("proc/net/softnet_stat", line -> false, "\\s*(?:[0-9a-f]{8}\\s+){8,}[0-9a-f]{8}\\s*"),
    SS(
            "ss/tcp",
            line -> line.contains("Recv-Q") && line.contains("Send-Q") && line.contains("Address:Port"),
            "\\W*(?:tcp\\s+)?(?:ESTAB|LISTEN|UNCONN|SYN-SENT|SYN-RECV|FIN-WAIT-[12]|TIME-WAIT|CLOSE-WAIT|LAST-ACK|CLOSING)"
                    + "\\s+-?\\d+\\s+-?\\d+\\s+\\S+:\\S+\\s+\\S+:\\S+.*"),
    NETSTAT_COMMAND("netstat/tcp", line -> line.contains("Recv-Q") && line.contains("Foreign Address"), null);

    private final String entry;
    private final Predicate<String> header;
    private final Pattern row;

    TextKind(String entry, Predicate<String> header, String row) {
        this.entry = entry;
        this.header = header;
        this.row = row == null ? null : Pattern.compile(row);
    }

    /** Path of the copy in a tick. */
    String entry() {
        return entry;
    }

    /** The tables of UDP and raw sockets have the same words, and drops at the end. */
    private static boolean tcpHeader(String line) {
        return line.contains("local_address") && line.contains("tm->when") && !line.contains("drops");
    }

    /** A row of /proc/net/tcp as pasted: 12 words, or 17. */
    private static String row(int digits) {
        String address = "[0-9A-F]{" + digits + "}:[0-9A-F]{4}\\s+";
        return "\\W*\\d+:\\s+" + address + address
                + "[0-9A-F]{2}\\s+[0-9A-F]{8}:[0-9A-F]{8}(?:\\s+\\S+){7}(?:(?:\\s+\\S+){5})?\\s*";
    }

    /** Whose header a line is, or null. */
    static TextKind ofHeader(String line) {
        for (TextKind kind : values()) {
            if (kind.header.test(line)) {
                return kind;
            }
        }
        return null;
    }

    /** Whose row a line is by its shape, or null. */
    static TextKind ofRow(String line) {
        for (TextKind kind : values()) {
            if (kind.row != null && kind.row.matcher(line).matches()) {
                return kind;
            }
        }
        return null;
    }

    /** The kind with this path in a tick, or null. */
    static TextKind ofEntry(String path) {
        for (TextKind kind : values()) {
            if (kind.entry.equals(path)) {
                return kind;
            }
        }
        return null;
    }
}
