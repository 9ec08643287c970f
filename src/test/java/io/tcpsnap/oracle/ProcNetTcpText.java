package io.tcpsnap.oracle;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A second reader of /proc/net/tcp and tcp6, which shares nothing with the decoder: blanks, words, radix 16.
 *
 * <p>Source: net/ipv4/tcp_ipv4.c get_tcp4_sock(), get_timewait4_sock(), get_openreq4(), and the same in tcp_ipv6.c.
 */
final class ProcNetTcpText {
    private static final String[] STATES = {
        null,
        "ESTABLISHED",
        "SYN_SENT",
        "SYN_RECV",
        "FIN_WAIT1",
        "FIN_WAIT2",
        "TIME_WAIT",
        "CLOSE",
        "CLOSE_WAIT",
        "LAST_ACK",
        "LISTEN",
        "CLOSING"
    };
    private static final String[] TIMERS = {"none", "retransmit", "keepalive", "timewait", "probe0"};

    private final Map<String, Object> row = new LinkedHashMap<>();
    private final String[] words;
    private final long msPerTick;

    private ProcNetTcpText(String line, int clockTick) {
        words = line.strip().split("\\s+", -1);
        msPerTick = 1000 / clockTick;
    }

    /** The rows of the file as they must stand in the table {@code tcp}, without the columns of the tick. */
    static List<Map<String, Object>> parse(String text, int clockTick) {
        List<Map<String, Object>> rows = new ArrayList<>();
        text.lines().skip(1).forEach(line -> rows.add(new ProcNetTcpText(line, clockTick).read()));
        return rows;
    }

    private Map<String, Object> read() {
        row.put("sl", Long.parseLong(words[0].replace(":", "")));
        endpoint("local", words[1]);
        endpoint("remote", words[2]);
        String state = STATES[Integer.parseInt(words[3], 16)];
        row.put("state", state);
        row.put("row_kind", kind(state));
        boolean listen = state.equals("LISTEN");
        String[] queues = words[4].split(":", -1);
        long rxQueue = Long.parseLong(queues[1], 16);
        row.put("tx_queue", Long.parseLong(queues[0], 16));
        row.put("rx_queue", listen ? null : (Object) rxQueue);
        row.put("accept_queue", listen ? (Object) rxQueue : null);
        timer();
        row.put("retrnsmt", Long.parseLong(words[6], 16));
        row.put("uid", Long.parseLong(words[7]));
        row.put("timeout", Long.parseLong(words[8]));
        row.put("inode", Long.parseLong(words[9]));
        row.put("ref", Long.parseLong(words[10]));
        row.put("sk", words[11]);
        if (words.length == 17) {
            full(listen);
        } else {
            for (String column : List.of("rto", "rto_ms", "ato", "ato_ms", "quick", "pingpong", "cwnd", "ssthresh")) {
                row.put(column, null);
            }
            row.put("in_initial_slowstart", null);
            row.put("fastopen_queue_max", null);
        }
        return row;
    }

    private String kind(String state) {
        if (words.length == 17) {
            return "socket";
        }
        if (words.length != 12) {
            throw new IllegalArgumentException(words.length + " words: " + String.join(" ", words));
        }
        return state.equals("SYN_RECV") ? "request" : "time_wait";
    }

    private void endpoint(String side, String word) {
        String[] parts = word.split(":", -1);
        row.put("family", parts[0].length() == 8 ? 4L : 6L);
        row.put(side + "_addr", address(parts[0]));
        row.put(side + "_port", Long.parseLong(parts[1], 16));
    }

    private void timer() {
        String[] parts = words[5].split(":", -1);
        int code = Integer.parseInt(parts[0], 16);
        long when = Long.parseLong(parts[1], 16);
        row.put("timer", TIMERS[code]);
        row.put("timer_code", (long) code);
        row.put("tm_when", when);
        row.put("timer_ms", code == 0 ? null : (Object) (when * msPerTick));
    }

    private void full(boolean listen) {
        row.put("rto", Long.parseLong(words[12]));
        row.put("rto_ms", Long.parseLong(words[12]) * msPerTick);
        row.put("ato", Long.parseLong(words[13]));
        row.put("ato_ms", Long.parseLong(words[13]) * msPerTick);
        row.put("quick", Long.parseLong(words[14]) >> 1);
        row.put("pingpong", (Long.parseLong(words[14]) & 1) == 1);
        row.put("cwnd", Long.parseLong(words[15]));
        long last = Long.parseLong(words[16]);
        row.put("ssthresh", listen || last == -1 ? null : (Object) last);
        row.put("in_initial_slowstart", listen ? null : (Object) (last == -1));
        row.put("fastopen_queue_max", listen ? (Object) last : null);
    }

    /** Canonical text (RFC 5952) of an address, printed as 32-bit words in the order of this machine. */
    static String address(String hex) {
        int[] bytes = new int[hex.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            int at = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? i / 4 * 4 + 3 - i % 4 : i;
            bytes[i] = Integer.parseInt(hex.substring(2 * at, 2 * at + 2), 16);
        }
        if (bytes.length == 4) {
            return bytes[0] + "." + bytes[1] + "." + bytes[2] + "." + bytes[3];
        }
        StringBuilder groups = new StringBuilder();
        for (int i = 0; i < 16; i += 2) {
            groups.append(i == 0 ? "" : ":").append(Integer.toHexString(bytes[i] << 8 | bytes[i + 1]));
        }
        String text = groups.toString();
        if (text.startsWith("0:0:0:0:0:ffff:")) {
            return "::ffff:" + bytes[12] + "." + bytes[13] + "." + bytes[14] + "." + bytes[15];
        }
        return compress(text);
    }

    /** Puts {@code ::} for the longest run of zero groups, the first of equals, if it has two or more. */
    private static String compress(String groups) {
        String fenced = ":" + groups + ":";
        for (int run = 8; run >= 2; run--) {
            String zeros = ":" + "0:".repeat(run);
            int at = fenced.indexOf(zeros);
            if (at >= 0) {
                String head = fenced.substring(0, at).replaceFirst("^:", "");
                String tail = fenced.substring(at + zeros.length()).replaceFirst(":$", "");
                return head + "::" + tail;
            }
        }
        return groups;
    }
}
