package io.tcpsnap.redact;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What ss prints of a socket behind its addresses: {@code key:value}, and words that stand for themselves. */
final class SsWord {
    private static final Set<String> BARE = Set.of(
            "ts",
            "sack",
            "ecn",
            "ecnseen",
            "fastopen",
            "usec_ts",
            "app_limited",
            "send",
            "pacing_rate",
            "delivery_rate",
            "zc_ro_tx",
            "no_pad_rx",
            "qack",
            "bidir",
            "dctcp:fallback_mode",
            "tcp-ulp-tls",
            "tcp-ulp-mptcp",
            "version:",
            "cipher:",
            "rxconf:",
            "txconf:",
            "sw",
            "hw",
            "none",
            "hw-record",
            "aes-gcm-128",
            "aes-gcm-256");
    /** Keys whose values are numbers about traffic. */
    private static final Set<String> NUMBERS = Set.of(
            "v6only",
            "tos",
            "tclass",
            "wscale",
            "backoff",
            "rto",
            "ato",
            "mss",
            "rcvmss",
            "pmtu",
            "rtt",
            "ssthresh",
            "cwnd",
            "advmss",
            "send",
            "pacing_rate",
            "delivery_rate",
            "minrtt",
            "unacked",
            "sacked",
            "lost",
            "retrans",
            "fackets",
            "reordering",
            "lastsnd",
            "lastrcv",
            "lastack",
            "bytes_acked",
            "bytes_received",
            "segs_out",
            "segs_in",
            "notsent",
            "data_segs_in",
            "data_segs_out",
            "busy",
            "rwnd_limited",
            "sndbuf_limited",
            "delivered",
            "delivered_ce",
            "bytes_sent",
            "bytes_retrans",
            "dsack_dups",
            "reord_seen",
            "rehash",
            "rcv_rtt",
            "rcv_space",
            "rcv_ssthresh",
            "rcv_ooopack",
            "snd_wnd",
            "rcv_wnd",
            "timer",
            "skmem",
            "mem",
            "bbr",
            "dctcp",
            "qack",
            "bidir",
            "flags",
            "seq",
            "sfseq",
            "ssnoff",
            "maplen",
            "version",
            "cipher",
            "rxconf",
            "txconf",
            "total_rto",
            "total_rto_recoveries",
            "total_rto_time");
    /** Letters in such values: units, and names of parts. */
    private static final Set<String> LETTERS = Set.of(
            "r",
            "rb",
            "t",
            "tb",
            "f",
            "w",
            "o",
            "bl",
            "d",
            "ms",
            "sec",
            "min",
            "us",
            "s",
            "h",
            "bps",
            "Kbps",
            "Mbps",
            "Gbps",
            "Tbps",
            "on",
            "off",
            "keepalive",
            "timewait",
            "persist",
            "delack",
            "bw",
            "mrtt",
            "pacing_gain",
            "cwnd_gain",
            "ce_state",
            "alpha",
            "ab_ecn",
            "ab_tot",
            "fallback_mode",
            "e",
            "x",
            "inf",
            "nan",
            "sw",
            "hw",
            "none",
            "record",
            "aes",
            "gcm",
            "unknown");

    private static final Set<String> HEXADECIMAL = Set.of("tos", "tclass", "seq", "sfseq", "ssnoff", "maplen");
    private static final Pattern LETTER = Pattern.compile("[A-Za-z_]+");
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_.,:/()%+-]*");
    private static final Pattern RATE =
            Pattern.compile("\\d+(?:\\.\\d+)?(?:e\\+\\d+)?[KMGT]?bps(?:/\\d+(?:\\.\\d+)?(?:e\\+\\d+)?[KMGT]?bps)?");
    /** The kernel's names have 15 bytes at most, those of its own threads 63. */
    private static final Pattern USER =
            Pattern.compile("\\(\"(.{0,63}?)\",(?:pid=)?(\\d{1,10}),(?:fd=)?(\\d{1,10})\\)");

    private static final Pattern TOKEN =
            Pattern.compile("([0-9a-f]{4,8})(\\(id:\\d{1,3}\\)/)([0-9a-f]{4,8})(\\(id:\\d{1,3}\\))");

    private final Renaming renaming;

    SsWord(Renaming renaming) {
        this.renaming = renaming;
    }

    /** The word that takes its place; null where it is not known. */
    String safe(String word) {
        if (BARE.contains(word)
                || ProtocolNames.CONGESTION_CONTROLS.contains(word)
                || word.matches("[<-]-[>-]")
                || RATE.matcher(word).matches()
                || word.matches("\\d+\\.\\d")) {
            return word;
        }
        int colon = word.indexOf(':');
        if (colon <= 0) {
            return null;
        }
        String key = word.substring(0, colon);
        String value = word.substring(colon + 1);
        String safe = value(key, value);
        return safe == null ? null : key + ":" + safe;
    }

    private String value(String key, String value) {
        return switch (key) {
            case "uid" -> value.matches("\\d{1,10}") ? String.valueOf(renaming.uid(Long.parseLong(value))) : null;
            case "ino" -> value.matches("\\d{1,18}") ? String.valueOf(renaming.inode(Long.parseLong(value))) : null;
            case "sk" ->
                value.matches("[0-9a-f]{1,16}")
                        ? Long.toHexString(renaming.cookie(Long.parseUnsignedLong(value, 16)))
                        : null;
            case "fwmark", "class_id" ->
                value.matches("0x[0-9a-f]{1,8}")
                        ? "0x" + Long.toHexString(renaming.mark(Long.parseLong(value.substring(2), 16)))
                        : null;
            case "cgroup" -> cgroup(value);
            case "users" -> users(value);
            case "token" -> token(value);
            default -> NUMBERS.contains(key) && isPlain(key, value) ? value : null;
        };
    }

    private static boolean isPlain(String key, String value) {
        if (value.length() > 300 || !VALUE.matcher(value).matches() || value.matches(".*\\d\\.\\d+\\.\\d.*")) {
            return false;
        }
        if (HEXADECIMAL.contains(key)) {
            return value.matches("(?:0x)?[0-9a-f]{1,20}");
        }
        if (key.equals("flags")) {
            return value.matches("[MmJjBbecv]{0,9}");
        }
        Matcher letters = LETTER.matcher(value);
        while (letters.find()) {
            if (!LETTERS.contains(letters.group())) {
                return false;
            }
        }
        return true;
    }

    private String cgroup(String value) {
        Matcher none = Pattern.compile("unreachable:([0-9a-f]{1,16})").matcher(value);
        return none.matches()
                ? "unreachable:" + Long.toHexString(renaming.cgroupId(Long.parseUnsignedLong(none.group(1), 16)))
                : renaming.cgroup(value);
    }

    /** {@code (("nginx",pid=12,fd=3),("nginx",pid=13,fd=3))}; before iproute2 4.0 without pid= and fd=. */
    private String users(String value) {
        if (!value.startsWith("(") || !value.endsWith(")")) {
            return null;
        }
        StringBuilder users = new StringBuilder("(");
        Matcher user = USER.matcher(value);
        while (user.find()) {
            boolean named = value.startsWith("pid=", user.start(2) - 4);
            users.append(users.length() > 1 ? "," : "")
                    .append("(\"")
                    .append(renaming.process(user.group(1)))
                    .append("\",");
            users.append(named ? "pid=" : "").append(renaming.pid(Long.parseLong(user.group(2))));
            users.append(named ? ",fd=" : ",").append(user.group(3)).append(")");
        }
        return users.append(")").toString();
    }

    private String token(String value) {
        Matcher m = TOKEN.matcher(value);
        return m.matches() ? token(m.group(1), m.group(2)) + token(m.group(3), m.group(4)) : null;
    }

    private String token(String hex, String rest) {
        return String.format("%0" + hex.length() + "x", renaming.token(Long.parseLong(hex, 16))) + rest;
    }
}
