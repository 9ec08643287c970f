package io.tcpsnap.table;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tcpsnap.kernel.TcpState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A message of the sock_diag capture as another program decoded it: numbers of the header and of tcp_info, the other
 * attributes in hexadecimal. {@link #columns} says what the table tcp_info must have for it.
 */
record CapturedSocket(Map<?, ?> message) {
    private static final String[] TIMERS = {"none", "retransmit", "keepalive", "timewait", "probe0"};
    private static final String[] SOCKOPT = {
        "recverr",
        "is_icsk",
        "freebind",
        "hdrincl",
        "mc_loop",
        "transparent",
        "mc_all",
        "nodefrag",
        "bind_address_no_port",
        "recverr_rfc4884",
        "defer_connect"
    };
    private static final String UNLIMITED = "18446744073709551615";
    private static final String[] BBRINFO = {"min_rtt", "pacing_gain", "cwnd_gain"};
    private static final String[] MEMINFO = {"rmem", "wmem", "fmem", "tmem"};
    private static final String[] SKMEMINFO = {
        "rmem_alloc", "rcvbuf", "wmem_alloc", "sndbuf", "fwd_alloc", "wmem_queued", "optmem", "backlog", "drops"
    };

    static List<CapturedSocket> all(byte[] json) throws IOException {
        List<CapturedSocket> sockets = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            parser.nextToken();
            for (Object message : (List<?>) value(parser)) {
                // the last item there is NLMSG_DONE
                if (((Map<?, ?>) message).containsKey("attrs")) {
                    sockets.add(new CapturedSocket((Map<?, ?>) message));
                }
            }
        }
        return sockets;
    }

    private static Object value(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            Map<String, Object> object = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                object.put(name, value(parser));
            }
            return object;
        }
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            List<Object> array = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                array.add(value(parser));
            }
            return array;
        }
        return parser.currentToken() == JsonToken.VALUE_NULL ? null : parser.getText();
    }

    /** The whole row as text, without the tick's columns and conn, and without what is NULL. */
    Map<String, String> columns() {
        Map<String, String> row = new LinkedHashMap<>();
        header(row);
        Map<?, ?> attributes = (Map<?, ?>) message.get("attrs");
        attributes.forEach(
                (name, hex) -> attribute(row, (String) name, HexFormat.of().parseHex((String) hex)));
        Map<?, ?> info = (Map<?, ?>) message.get("tcp_info");
        if (info != null) {
            info.forEach((name, value) -> tcpInfo(row, (String) name, (String) value));
        }
        return row;
    }

    private String text(String name) {
        return (String) message.get(name);
    }

    private boolean isListen() {
        return text("state").equals("10");
    }

    private void header(Map<String, String> row) {
        boolean timeWait = text("timer").equals("3");
        boolean request = text("state").equals("3") && message.get("tcp_info") == null;
        row.put("state", TcpState.of(Integer.parseInt(text("state"))).name());
        row.put("row_kind", timeWait ? "time_wait" : request ? "request" : "socket");
        row.put("family", text("fam").equals("2") ? "4" : "6");
        row.put("local_addr", text("src"));
        row.put("remote_addr", text("dst"));
        row.put("local_port", text("sport"));
        row.put("remote_port", text("dport"));
        row.put("ifindex", text("ifindex"));
        row.put("cookie", text("cookie"));
        row.put("inode", text("ino"));
        row.put("uid", text("uid"));
        row.put("timer", TIMERS[Integer.parseInt(text("timer"))]);
        row.put("timer_code", text("timer"));
        row.put("timer_retrans", text("retrans"));
        row.put("expires", text("expires"));
        row.put(isListen() ? "accept_queue" : "rx_queue", text("rq"));
        row.put(isListen() ? "accept_backlog" : "tx_queue", text("wq"));
    }

    private void tcpInfo(Map<String, String> row, String name, String value) {
        switch (name) {
            case "state" -> {
                // as in the header
            }
            case "wscale" -> {
                row.put("snd_wscale", "" + (Integer.parseInt(value) & 15));
                row.put("rcv_wscale", "" + (Integer.parseInt(value) >> 4));
            }
            case "bits" -> {
                row.put("delivery_rate_app_limited", "" + (Integer.parseInt(value) & 1));
                row.put("fastopen_client_fail", "" + (Integer.parseInt(value) >> 1 & 3));
            }
            case "unacked" -> row.put(isListen() ? "accept_queue" : name, value);
            case "sacked" -> row.put(isListen() ? "accept_backlog" : name, value);
            case "snd_ssthresh" -> marker(row, name, value, "2147483647", "in_initial_slowstart");
            case "pacing_rate" -> marker(row, name, value, UNLIMITED, "pacing_unlimited");
            case "max_pacing_rate" -> marker(row, name, value, UNLIMITED, "max_pacing_unlimited");
            case "min_rtt" -> marker(row, name, value, "4294967295", null);
            default -> row.put(name, value);
        }
    }

    private static void marker(Map<String, String> row, String name, String value, String marker, String flag) {
        if (!value.equals(marker)) {
            row.put(name, value);
        }
        if (flag != null) {
            row.put(flag, "" + value.equals(marker));
        }
    }

    private static void attribute(Map<String, String> row, String name, byte[] payload) {
        ByteBuffer bytes = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
        switch (name) {
            case "SHUTDOWN", "TOS", "TCLASS" -> row.put(name.toLowerCase(Locale.ROOT), "" + payload[0]);
            case "SKV6ONLY" -> row.put("v6only", "" + (payload[0] == 1));
            case "MARK", "CLASS_ID" -> row.put(name.toLowerCase(Locale.ROOT), "" + bytes.getInt());
            case "CGROUP_ID" -> row.put("cgroup_id", "" + bytes.getLong());
            case "CONG" -> row.put("cong", new String(payload, 0, payload.length - 1, StandardCharsets.US_ASCII));
            case "MEMINFO" -> words(row, "mem_", MEMINFO, bytes);
            case "SKMEMINFO" -> words(row, "skmem_", SKMEMINFO, bytes);
            case "BBRINFO" -> {
                row.put("bbr_bw", "" + bytes.getLong());
                words(row, "bbr_", BBRINFO, bytes);
            }
            case "SOCKOPT" -> {
                for (int i = 0; i < SOCKOPT.length; i++) {
                    row.put(SOCKOPT[i], "" + ((bytes.getShort(0) >> i & 1) != 0));
                }
            }
            default -> throw new IllegalArgumentException(name);
        }
    }

    private static void words(Map<String, String> row, String prefix, String[] names, ByteBuffer words) {
        for (String name : names) {
            row.put(prefix + name, "" + words.getInt());
        }
    }
}
