package io.tcpsnap.oracle;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code ss -tinmoe --tos --inet-sockopt} must print for a row of {@code tcp_info}, key by key.
 *
 * <p>ss leaves out what is zero and a few other values, each named here. Source: iproute2 6.1 misc/ss.c
 * inet_show_sock(), tcp_show_info(), tcp_stats_print().
 */
final class SsExpectation {
    private static final Map<String, String> STATES = Map.ofEntries(
            Map.entry("ESTABLISHED", "ESTAB"),
            Map.entry("SYN_SENT", "SYN-SENT"),
            Map.entry("SYN_RECV", "SYN-RECV"),
            Map.entry("FIN_WAIT1", "FIN-WAIT-1"),
            Map.entry("FIN_WAIT2", "FIN-WAIT-2"),
            Map.entry("TIME_WAIT", "TIME-WAIT"),
            Map.entry("CLOSE", "UNCONN"),
            Map.entry("CLOSE_WAIT", "CLOSE-WAIT"),
            Map.entry("LAST_ACK", "LAST-ACK"),
            Map.entry("LISTEN", "LISTEN"),
            Map.entry("CLOSING", "CLOSING"));
    private static final Map<String, String> TIMERS =
            Map.of("retransmit", "on", "keepalive", "keepalive", "timewait", "timewait", "probe0", "persist");

    /** By column, in the order of printing. */
    private static final Map<String, String> SOCKOPT = new LinkedHashMap<>();

    static {
        for (String bit :
                List.of("recverr", "is_icsk", "freebind", "hdrincl", "mc_loop", "transparent", "mc_all", "nodefrag")) {
            SOCKOPT.put(bit, bit);
        }
        SOCKOPT.put("bind_address_no_port", "bind_addr_no_port");
        SOCKOPT.put("recverr_rfc4884", "recverr_rfc4884");
        SOCKOPT.put("defer_connect", "defer_connect");
    }

    private final Row row;
    private final Cgroups cgroups;
    private final Map<String, String> expected = new LinkedHashMap<>();

    private SsExpectation(Row row, Cgroups cgroups) {
        this.row = row;
        this.cgroups = cgroups;
    }

    /** @param row a row of {@code tcp_info} with all of its columns */
    static Map<String, String> of(Row row, Cgroups cgroups) {
        SsExpectation expectation = new SsExpectation(row, cgroups);
        expectation.socket();
        expectation.details();
        expectation.memory();
        if (row.has("rto")) {
            expectation.options();
            expectation.path();
            expectation.traffic();
            expectation.rates();
            expectation.recovery();
            expectation.receiver();
        }
        return expectation.expected;
    }

    private boolean listen() {
        return "LISTEN".equals(row.text("state"));
    }

    private void socket() {
        put("State", STATES.get(row.text("state")));
        put("Recv-Q", queue(listen() ? "accept_queue" : "rx_queue"));
        put("Send-Q", queue(listen() ? "accept_backlog" : "tx_queue"));
        put("Local", endpoint("local_addr", "local_port"));
        put("Peer", endpoint("remote_addr", "remote_port"));
        String timer = row.text("timer");
        if (timer != null && !timer.equals("none")) {
            String name = TIMERS.getOrDefault(timer, "unknown");
            put("timer", "(" + name + "," + time(row.number("expires")) + "," + row.number("timer_retrans") + ")");
        }
    }

    /** Printed by %d. */
    private String queue(String column) {
        return String.valueOf((int) row.number(column));
    }

    private String endpoint(String addr, String port) {
        String host = row.text(addr);
        if (host.indexOf(':') >= 0) {
            host = host.equals("::") && !row.flag("v6only") ? "*" : "[" + host + "]";
        }
        return host + ":" + (row.number(port) == 0 ? "*" : row.number(port));
    }

    /** Source: ss.c print_ms_timer(): the larger the time, the less of it is printed. */
    static String time(long expires) {
        long minutes = expires / 60_000;
        long seconds = expires / 1000 % 60;
        long millis = expires % 1000;
        StringBuilder text = new StringBuilder();
        if (minutes > 0) {
            text.append(minutes).append("min");
            millis = 0;
            seconds = minutes > 9 ? 0 : seconds;
        }
        if (seconds > 0) {
            millis = seconds > 9 ? 0 : millis;
            text.append(seconds).append(millis > 0 ? "." : "sec");
        }
        if (millis > 0) {
            text.append(String.format("%03dms", millis));
        }
        return text.toString();
    }

    private void details() {
        nonZero("uid", "uid");
        put("ino", row.unsigned("inode"));
        put("sk", Long.toHexString(row.number("cookie")));
        if (row.number("mark") != 0) {
            put("fwmark", "0x" + Long.toHexString(row.number("mark")));
        }
        if (row.number("cgroup_id") != 0) {
            put("cgroup", cgroups.path(row.number("cgroup_id")));
        }
        if (row.has("v6only")) {
            put("v6only", row.flag("v6only") ? "1" : "0");
        }
        if (row.has("shutdown")) {
            long shutdown = row.number("shutdown");
            put("shutdown", ((shutdown & 1) != 0 ? "-" : "<") + "-" + ((shutdown & 2) != 0 ? "-" : ">"));
        }
        for (String key : List.of("tos", "tclass", "class_id")) {
            if (row.has(key)) {
                put(key, (row.number(key) == 0 ? "" : "0x") + Long.toHexString(row.number(key)));
            }
        }
        if (row.has("recverr")) {
            StringBuilder bits = new StringBuilder("(");
            SOCKOPT.forEach((column, word) -> bits.append(row.flag(column) ? " " + word : ""));
            put("inet-sockopt", bits.append(')').toString());
        }
    }

    private void memory() {
        if (!row.has("skmem_rmem_alloc")) {
            return;
        }
        StringBuilder text = new StringBuilder("(");
        for (String[] word : List.of(
                new String[] {"r", "skmem_rmem_alloc"},
                new String[] {",rb", "skmem_rcvbuf"},
                new String[] {",t", "skmem_wmem_alloc"},
                new String[] {",tb", "skmem_sndbuf"},
                new String[] {",f", "skmem_fwd_alloc"},
                new String[] {",w", "skmem_wmem_queued"},
                new String[] {",o", "skmem_optmem"},
                new String[] {",bl", "skmem_backlog"},
                new String[] {",d", "skmem_drops"})) {
            if (row.has(word[1])) {
                // fwd_alloc may be below zero; ss prints it as unsigned
                text.append(word[0]).append(row.number(word[1]) & 0xffffffffL);
            }
        }
        put("skmem", text.append(')').toString());
    }

    private void options() {
        word("ts", option(1));
        word("sack", option(2));
        word("ecn", option(8));
        word("ecnseen", option(16));
        word("fastopen", option(32));
        if (row.has("cong")) {
            put("cong", row.text("cong"));
        }
        if (option(4)) {
            put("wscale", row.number("snd_wscale") + "," + row.number("rcv_wscale"));
        }
    }

    private boolean option(int bit) {
        return (row.number("options") & bit) != 0;
    }

    private void path() {
        if (row.number("rto") != 3_000_000) {
            millis("rto", "rto");
        }
        nonZero("backoff", "backoff");
        if (row.number("rtt") != 0) {
            put("rtt", CFormat.g(row.number("rtt") / 1000.0) + "/" + CFormat.g(row.number("rttvar") / 1000.0));
        }
        millis("ato", "ato");
        nonZero("mss", "snd_mss");
        nonZero("pmtu", "pmtu");
        nonZero("rcvmss", "rcv_mss");
        nonZero("advmss", "advmss");
        nonZero("cwnd", "snd_cwnd");
        if (row.number("snd_ssthresh") < 0xffff) {
            nonZero("ssthresh", "snd_ssthresh");
        }
    }

    private void traffic() {
        for (String key : List.of(
                "bytes_sent",
                "bytes_retrans",
                "bytes_acked",
                "bytes_received",
                "segs_out",
                "segs_in",
                "data_segs_out",
                "data_segs_in",
                "delivered",
                "delivered_ce")) {
            nonZero(key, key);
        }
        nonZero("lastsnd", "last_data_sent");
        nonZero("lastrcv", "last_data_recv");
        nonZero("lastack", "last_ack_recv");
    }

    private void rates() {
        if (row.has("bbr_bw")) {
            put("bbr", bbr());
        }
        if (row.has("dctcp_enabled")) {
            put("dctcp", dctcp());
        }
        double rtt =
                row.flag("vegas_enabled") && row.number("vegas_rtt") != 0 ? row.number("vegas_rtt") : row.number("rtt");
        double segment = (double) row.number("snd_cwnd") * row.number("snd_mss");
        if (rtt > 0 && segment > 0) {
            put("send", CFormat.f(segment * 8_000_000. / rtt, 0) + "bps");
        }
        if (row.number("pacing_rate") != 0) {
            put(
                    "pacing_rate",
                    bitsPerSecond("pacing_rate")
                            + (row.number("max_pacing_rate") == 0 ? "" : "/" + bitsPerSecond("max_pacing_rate")));
        }
        if (row.number("delivery_rate") != 0) {
            put("delivery_rate", bitsPerSecond("delivery_rate"));
        }
        word("app_limited", row.number("delivery_rate_app_limited") != 0);
        long busy = row.number("busy_time");
        if (busy != 0) {
            put("busy", busy / 1000 + "ms");
            limited("rwnd_limited", busy);
            limited("sndbuf_limited", busy);
        }
    }

    private String bbr() {
        StringBuilder text = new StringBuilder("(bw:")
                .append(bitsPerSecond("bbr_bw"))
                .append(",mrtt:")
                .append(CFormat.g((row.has("bbr_min_rtt") ? row.number("bbr_min_rtt") : 0xffffffffL) / 1000.0));
        if (row.number("bbr_pacing_gain") != 0) {
            text.append(",pacing_gain:").append(CFormat.g(row.number("bbr_pacing_gain") / 256.0));
        }
        if (row.number("bbr_cwnd_gain") != 0) {
            text.append(",cwnd_gain:").append(CFormat.g(row.number("bbr_cwnd_gain") / 256.0));
        }
        return text.append(')').toString();
    }

    private String dctcp() {
        if (!row.flag("dctcp_enabled")) {
            return "fallback_mode";
        }
        return "(ce_state:" + row.number("dctcp_ce_state") + ",alpha:" + row.number("dctcp_alpha") + ",ab_ecn:"
                + row.number("dctcp_ab_ecn") + ",ab_tot:" + row.number("dctcp_ab_tot") + ")";
    }

    private void limited(String key, long busy) {
        long micros = row.number(key);
        if (micros != 0) {
            put(key, micros / 1000 + "ms(" + CFormat.f(100.0 * micros / busy, 1) + "%)");
        }
    }

    private void recovery() {
        nonZero("unacked", listen() ? "accept_queue" : "unacked");
        if (row.number("retrans") != 0 || row.number("total_retrans") != 0) {
            put("retrans", row.number("retrans") + "/" + row.number("total_retrans"));
        }
        nonZero("lost", "lost");
        if (!listen()) {
            nonZero("sacked", "sacked");
        }
        nonZero("dsack_dups", "dsack_dups");
        nonZero("fackets", "fackets");
        if (row.number("reordering") != 3) {
            put("reordering", row.unsigned("reordering"));
        }
        nonZero("reord_seen", "reord_seen");
    }

    private void receiver() {
        millis("rcv_rtt", "rcv_rtt");
        nonZero("rcv_space", "rcv_space");
        nonZero("rcv_ssthresh", "rcv_ssthresh");
        nonZero("notsent", "notsent_bytes");
        millis("minrtt", "min_rtt");
        nonZero("rcv_ooopack", "rcv_ooopack");
        nonZero("snd_wnd", "snd_wnd");
    }

    private String bitsPerSecond(String column) {
        return CFormat.f(row.real(column) * 8, 0) + "bps";
    }

    private void nonZero(String key, String column) {
        if (row.number(column) != 0) {
            put(key, row.unsigned(column));
        }
    }

    /** Microseconds, printed in milliseconds. */
    private void millis(String key, String column) {
        if (row.number(column) != 0) {
            put(key, CFormat.g(row.number(column) / 1000.0));
        }
    }

    private void word(String key, boolean on) {
        if (on) {
            put(key, "");
        }
    }

    private void put(String key, String value) {
        expected.put(key, value);
    }
}
