package io.tcpsnap.decode;

import static io.tcpsnap.decode.SsNumber.U32;
import static io.tcpsnap.kernel.InetDiag.ATTR_CGROUP_ID;
import static io.tcpsnap.kernel.InetDiag.ATTR_CLASS_ID;
import static io.tcpsnap.kernel.InetDiag.ATTR_INFO;
import static io.tcpsnap.kernel.InetDiag.ATTR_MARK;
import static io.tcpsnap.kernel.InetDiag.ATTR_SKV6ONLY;
import static io.tcpsnap.kernel.InetDiag.ATTR_TCLASS;
import static io.tcpsnap.kernel.InetDiag.ATTR_TOS;

import io.tcpsnap.kernel.InetDiag;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * What the value of a key of ss stands for; {@link #ALL} has the keys of every version.
 *
 * <p>Source: iproute2 misc/ss.c inet_show_sock(), tcp_show_info(), tcp_stats_print(); offsets of struct tcp_info.
 */
@FunctionalInterface
interface SsKey {
    /** Where a value has gone. */
    enum Fit {
        /** Into fields, which hold all that was printed. */
        HELD,
        /** No field holds it, or not all of it. */
        LEFT,
        /** It is not what ss prints behind this key. */
        BAD
    }

    Map<String, SsKey> ALL = all();

    Fit read(DiagValues out, String value);

    /** Puts a number, unless it is none. */
    static Fit put(DiagValues out, int attribute, int end, long value) {
        if (value == SsNumber.NONE) {
            return Fit.BAD;
        }
        if (value == SsNumber.ROUNDED) {
            return Fit.LEFT;
        }
        out.put(attribute, end, value);
        return Fit.HELD;
    }

    private static SsKey number(int attribute, int end, ToLongFunction<String> reader) {
        return (out, value) -> put(out, attribute, end, reader.applyAsLong(value));
    }

    private static SsKey u32(int offset) {
        return number(ATTR_INFO, offset + 4, value -> SsNumber.count(value, U32));
    }

    private static SsKey u64(int offset) {
        return number(ATTR_INFO, offset + 8, SsNumber::count);
    }

    private static SsKey micros(int offset) {
        return number(ATTR_INFO, offset + 4, SsNumber::micros);
    }

    /** A rate, and after a slash another one. */
    private static SsKey rates(int offset) {
        return pair(
                "/",
                number(ATTR_INFO, offset + 8, SsNumber::bytesPerSecond),
                number(ATTR_INFO, offset + 16, SsNumber::bytesPerSecond));
    }

    /** Two values, of which ss may not print the second. */
    private static SsKey pair(String separator, SsKey first, SsKey second) {
        return (out, value) -> {
            int at = value.indexOf(separator);
            if (at < 0) {
                return first.read(out, value);
            }
            Fit one = first.read(out, value.substring(0, at));
            Fit two = second.read(out, value.substring(at + 1));
            return one.compareTo(two) > 0 ? one : two;
        };
    }

    /** Time in whole milliseconds, and its share of busy_time, which ss computes: {@code 12ms(3.4%)}. */
    private static SsKey limited(int offset) {
        return (out, value) -> {
            int bracket = value.indexOf('(');
            boolean percent = bracket < 0 || value.substring(bracket).matches("\\([0-9]{1,3}\\.[0-9]%\\)");
            String time = bracket < 0 ? value : value.substring(0, bracket);
            return percent ? put(out, ATTR_INFO, offset + 8, SsNumber.wholeMillis(time)) : Fit.BAD;
        };
    }

    private static Map<String, SsKey> all() {
        Map<String, SsKey> keys = new HashMap<>();
        socket(keys);
        path(keys);
        traffic(keys);
        receiver(keys);
        SsGroup.addTo(keys);
        return Map.copyOf(keys);
    }

    private static void socket(Map<String, SsKey> keys) {
        int message = DiagValues.MESSAGE;
        keys.put("uid", number(message, InetDiag.UID, value -> SsNumber.count(value, U32)));
        keys.put("ino", number(message, InetDiag.INODE, value -> SsNumber.count(value, U32)));
        keys.put("sk", number(message, InetDiag.COOKIE, SsNumber::cookie));
        keys.put("v6only", number(ATTR_SKV6ONLY, 1, value -> SsNumber.count(value, 1)));
        keys.put("fwmark", number(ATTR_MARK, 4, value -> SsNumber.hex(value, U32)));
        keys.put("tos", number(ATTR_TOS, 1, value -> SsNumber.hex(value, 0xff)));
        keys.put("tclass", number(ATTR_TCLASS, 1, value -> SsNumber.hex(value, 0xff)));
        keys.put("class_id", number(ATTR_CLASS_ID, 4, value -> SsNumber.hex(value, U32)));
        // a path, where ss found one; there is no telling its id
        keys.put("cgroup", (out, value) -> {
            String none = "unreachable:";
            boolean id = value.startsWith(none);
            return id
                    ? put(out, ATTR_CGROUP_ID, 8, SsNumber.hex(value.substring(none.length()), Long.MAX_VALUE))
                    : Fit.LEFT;
        });
        for (String key : new String[] {"users", "inet-sockopt", "opt", "qack", "bidir"}) {
            keys.put(key, (out, value) -> Fit.LEFT);
        }
        // keys of TCP-MD5 in clear: the copy has them, no table does
        keys.put("md5keys", (out, value) -> Fit.HELD);
    }

    private static void path(Map<String, SsKey> keys) {
        keys.put("wscale", (out, value) -> {
            String[] shifts = value.split(",", -1);
            long snd = SsNumber.count(shifts[0], 15);
            long rcv = SsNumber.count(shifts[shifts.length - 1], 15);
            if (shifts.length != 2 || snd < 0 || rcv < 0) {
                return Fit.BAD;
            }
            out.putBits(6, 0, snd);
            out.putBits(6, 4, rcv);
            return Fit.HELD;
        });
        keys.put("backoff", number(ATTR_INFO, 5, value -> SsNumber.count(value, 0xff)));
        keys.put("rto", micros(8));
        keys.put("ato", micros(12));
        keys.put("mss", u32(16));
        keys.put("rcvmss", u32(20));
        keys.put("pmtu", u32(60));
        keys.put("rtt", pair("/", micros(68), micros(72)));
        keys.put("ssthresh", u32(76));
        keys.put("cwnd", u32(80));
        keys.put("advmss", u32(84));
        // computed by ss from cwnd, mss and rtt, which it prints too
        keys.put("send", (out, value) -> SsNumber.bytesPerSecond(value) == SsNumber.NONE ? Fit.BAD : Fit.HELD);
        keys.put("pacing_rate", rates(104));
        keys.put("delivery_rate", number(ATTR_INFO, 168, SsNumber::bytesPerSecond));
        keys.put("minrtt", micros(148));
    }

    private static void traffic(Map<String, SsKey> keys) {
        keys.put("unacked", u32(24));
        keys.put("sacked", u32(28));
        keys.put("lost", u32(32));
        keys.put("retrans", pair("/", u32(36), u32(100)));
        keys.put("fackets", u32(40));
        keys.put("reordering", u32(88));
        keys.put("lastsnd", u32(44));
        keys.put("lastrcv", u32(52));
        keys.put("lastack", u32(56));
        keys.put("bytes_acked", u64(120));
        keys.put("bytes_received", u64(128));
        keys.put("segs_out", u32(136));
        keys.put("segs_in", u32(140));
        keys.put("notsent", u32(144));
        keys.put("data_segs_in", u32(152));
        keys.put("data_segs_out", u32(156));
        keys.put("busy", limited(168));
        keys.put("rwnd_limited", limited(176));
        keys.put("sndbuf_limited", limited(184));
        keys.put("delivered", u32(192));
        keys.put("delivered_ce", u32(196));
        keys.put("bytes_sent", u64(200));
        keys.put("bytes_retrans", u64(208));
        keys.put("dsack_dups", u32(216));
        keys.put("reord_seen", u32(220));
        keys.put("rehash", u32(236));
    }

    private static void receiver(Map<String, SsKey> keys) {
        keys.put("rcv_rtt", micros(92));
        keys.put("rcv_space", u32(96));
        keys.put("rcv_ssthresh", u32(64));
        keys.put("rcv_ooopack", u32(224));
        keys.put("snd_wnd", u32(228));
        keys.put("rcv_wnd", u32(232));
    }
}
