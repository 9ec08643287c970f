package io.tcpsnap.pins;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads what names connections, as people write it, into a condition on {@code local_addr, local_port, remote_addr,
 * remote_port, inode, cookie} and, for a process, on {@code pid, comm}: {@code 10.0.0.5:443}, {@code [fd00::1]:443},
 * {@code :443}, {@code 10.0.0.}, both ends, {@code inode 4711}, {@code pid 77}, {@code comm nginx}, {@code cookie 5}; a bare
 * number is a port, an inode or a pid, and a bare word a process.
 *
 * @param sql the condition
 * @param needsOwner whether it is on a process
 */
public record ConnectionInput(String sql, boolean needsOwner) {
    private static final Pattern KEYED = Pattern.compile("(port|inode|pid|comm|cookie)\\s*[= ]\\s*(\\S.*)");
    private static final Pattern IPV4 = Pattern.compile("\\d+(?:\\.\\d+){3}");
    private static final Pattern PREFIX = Pattern.compile("\\d+\\.(?:\\d+\\.){0,2}");

    /** @throws IllegalArgumentException with a message for the user */
    public static ConnectionInput parse(String text) {
        Matcher keyed = KEYED.matcher(text);
        if (keyed.matches()) {
            return keyed(keyed.group(1), keyed.group(2).strip());
        }
        List<String> words =
                new ArrayList<>(List.of(text.replaceAll("->|→|<->", " ").strip().split("\\s+")));
        if (words.size() > 2) {
            throw new IllegalArgumentException("write one end of a connection or both, as .conn 10.0.0.5:443");
        }
        if (words.size() == 2) {
            String a = words.get(0);
            String b = words.get(1);
            return new ConnectionInput(
                    "(" + end("local", a) + " AND " + end("remote", b) + " OR " + end("local", b) + " AND "
                            + end("remote", a) + ")",
                    false);
        }
        return single(words.get(0));
    }

    private static ConnectionInput keyed(String key, String value) {
        if (key.equals("comm")) {
            return new ConnectionInput("comm = " + literal(value), true);
        }
        String number = value.startsWith("0x") ? hexadecimal(value) : number(value);
        return switch (key) {
            case "port" ->
                new ConnectionInput(
                        "(" + end("local", ":" + number) + " OR " + end("remote", ":" + number) + ")", false);
            case "inode" -> new ConnectionInput("inode = " + number, false);
            case "cookie" -> new ConnectionInput("cookie = " + number, false);
            default -> new ConnectionInput("pid = " + number, true);
        };
    }

    private static ConnectionInput single(String word) {
        if (word.matches("\\d{1,20}")) {
            String port = word.length() <= 5 && Integer.parseInt(word) < 65536
                    ? "local_port = " + word + " OR remote_port = " + word + " OR "
                    : "";
            return new ConnectionInput("(" + port + "inode = " + word + " OR pid = " + word + ")", true);
        }
        if (word.indexOf(':') < 0 && word.indexOf('.') < 0) {
            return new ConnectionInput("comm = " + literal(word), true);
        }
        if (word.matches("[^:\\d].*") && word.indexOf(':') < 0) {
            return new ConnectionInput("comm = " + literal(word), true);
        }
        return new ConnectionInput("(" + end("local", word) + " OR " + end("remote", word) + ")", false);
    }

    /** The condition that one side of the connection is {@code ADDRESS}, {@code ADDRESS:PORT} or {@code :PORT}. */
    private static String end(String side, String word) {
        List<String> readings = new ArrayList<>();
        Matcher bracketed = Pattern.compile("\\[([^\\]]*)\\](?::(\\d+))?").matcher(word);
        if (bracketed.matches()) {
            readings.add(end(side, bracketed.group(1), bracketed.group(2)));
        } else {
            int colon = word.lastIndexOf(':');
            String before = colon < 0 ? word : word.substring(0, colon);
            String after = colon < 0 ? null : word.substring(colon + 1);
            boolean v6 = before.indexOf(':') >= 0;
            if (colon >= 0 && after.matches("\\d{1,5}")) {
                readings.add(end(side, before, after));
            } else if (colon >= 0 && !v6 && !after.isEmpty() && before.isEmpty()) {
                throw new IllegalArgumentException("'" + after + "' is no port");
            }
            if (colon < 0 || v6) {
                readings.add(end(side, word, null)); // fd00::1:443 may be an address, too
            }
            if (readings.isEmpty()) {
                throw new IllegalArgumentException("'" + word + "' is no end of a connection: write 10.0.0.5:443");
            }
        }
        return readings.stream().collect(Collectors.joining(" OR ", "(", ")"));
    }

    private static String end(String side, String address, String port) {
        List<String> parts = new ArrayList<>();
        if (PREFIX.matcher(address).matches()) {
            parts.add("(starts_with(" + side + "_addr, " + literal(address) + ") OR starts_with(" + side + "_addr, "
                    + literal("::ffff:" + address) + "))");
        } else if (IPV4.matcher(address).matches()) {
            parts.add(side + "_addr IN (" + literal(address) + ", " + literal("::ffff:" + address) + ")");
        } else if (!address.isEmpty()) {
            parts.add(side + "_addr = lower(" + literal(address) + ")");
        }
        if (port != null) {
            parts.add(side + "_port = " + port);
        }
        return "(" + String.join(" AND ", parts) + ")";
    }

    /** As ss prints cookies. */
    private static String hexadecimal(String text) {
        try {
            return Long.toUnsignedString(Long.parseUnsignedLong(text.substring(2), 16));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no number", e);
        }
    }

    private static String number(String text) {
        if (!text.matches("\\d{1,20}")) {
            throw new IllegalArgumentException("'" + text + "' is no number");
        }
        return text;
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /**
     * SQL that finds the connections: a row for each {@code conn}, with its cookies joined by commas, its two ends, the
     * ticks that show it, and the processes that hold it.
     */
    public String find() {
        String owners = needsOwner
                ? "LEFT JOIN (SELECT snapshot_id AS tick, inode AS held, pid, comm FROM owner) o ON o.tick = s.snapshot_id"
                        + " AND o.held & 4294967295 = s.inode & 4294967295 AND s.inode <> 0"
                : "";
        return """
                WITH s AS (
                  SELECT snapshot_id, conn, cookie, local_addr, local_port, remote_addr, remote_port, inode
                  FROM tcp_info WHERE conn IS NOT NULL
                  UNION ALL
                  SELECT snapshot_id, conn, NULL, local_addr, local_port, remote_addr, remote_port, inode
                  FROM tcp WHERE conn IS NOT NULL
                )
                SELECT conn::VARCHAR AS conn,
                       coalesce(string_agg(DISTINCT cookie::VARCHAR, ','), '') AS cookies,
                       any_value(local_addr || ':' || local_port) AS local,
                       any_value(remote_addr || ':' || remote_port) AS remote,
                       count(DISTINCT s.snapshot_id) AS ticks
                FROM s %s
                WHERE %s
                GROUP BY conn
                ORDER BY ticks DESC, local, remote""".formatted(owners, sql);
    }
}
