package io.tcpsnap.decode;

import static io.tcpsnap.kernel.InetDiag.ATTR_BBRINFO;
import static io.tcpsnap.kernel.InetDiag.ATTR_DCTCPINFO;
import static io.tcpsnap.kernel.InetDiag.ATTR_MEMINFO;
import static io.tcpsnap.kernel.InetDiag.ATTR_SKMEMINFO;

import io.tcpsnap.decode.SsKey.Fit;
import io.tcpsnap.kernel.InetDiag;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values of ss in brackets, parted by commas: {@code timer:(on,204ms,0)}, {@code skmem:(r0,rb131072,...)}, {@code
 * bbr:(bw:12bps,mrtt:0.05)}.
 *
 * <p>Source: iproute2 misc/ss.c inet_show_sock(), print_skmeminfo(), tcp_stats_print().
 */
final class SsGroup {
    /** By the code of {@code idiag_timer}. */
    private static final List<String> TIMERS = List.of("off", "on", "keepalive", "timewait", "persist", "delack");

    private static final List<String> SKMEM = List.of("r", "rb", "t", "tb", "f", "w", "o", "bl", "d");
    private static final List<String> MEM = List.of("r", "w", "f", "t");
    private static final Pattern WORD = Pattern.compile("([a-z]+)([0-9]+)");
    /** ~0 us, in ms by {@code %g}: BBR without a sample. */
    private static final String NO_RTT = "4.29497e+06";

    private SsGroup() {}

    static void addTo(Map<String, SsKey> keys) {
        keys.put("timer", SsGroup::timer);
        keys.put("skmem", (out, value) -> memory(out, ATTR_SKMEMINFO, SKMEM, value));
        keys.put("mem", (out, value) -> memory(out, ATTR_MEMINFO, MEM, value));
        keys.put("bbr", SsGroup::bbr);
        keys.put("dctcp", SsGroup::dctcp);
    }

    /** What is between brackets, split at commas; null where there are none. */
    private static String[] parts(String value) {
        boolean bracketed = value.startsWith("(") && value.endsWith(")") && value.length() > 1;
        return bracketed ? value.substring(1, value.length() - 1).split(",", -1) : null;
    }

    private static Fit timer(DiagValues out, String value) {
        String[] parts = parts(value);
        if (parts == null || parts.length != 3) {
            return Fit.BAD;
        }
        int code = TIMERS.indexOf(parts[0]);
        long expires = SsNumber.timer(parts[1]);
        long retrans = SsNumber.count(parts[2], 0xff);
        if (code < 0 || expires == SsNumber.NONE || retrans < 0) {
            return Fit.BAD;
        }
        out.put(DiagValues.MESSAGE, InetDiag.TIMER, code);
        out.put(DiagValues.MESSAGE, InetDiag.RETRANS, retrans);
        return SsKey.put(out, DiagValues.MESSAGE, InetDiag.EXPIRES, expires);
    }

    private static Fit memory(DiagValues out, int attribute, List<String> names, String value) {
        String[] parts = parts(value);
        if (parts == null) {
            return Fit.BAD;
        }
        Fit fit = Fit.HELD;
        for (String part : parts) {
            Matcher word = WORD.matcher(part);
            int index = word.matches() ? names.indexOf(word.group(1)) : -1;
            long number = index < 0 ? SsNumber.NONE : SsNumber.count(word.group(2), SsNumber.U32);
            if (SsKey.put(out, attribute, 4 * (index + 1), number) == Fit.BAD) {
                fit = Fit.BAD;
            }
        }
        return fit;
    }

    private static Fit bbr(DiagValues out, String value) {
        String[] parts = parts(value);
        if (parts == null) {
            return Fit.BAD;
        }
        Fit worst = Fit.HELD;
        for (String part : parts) {
            int colon = part.indexOf(':');
            Fit fit = colon < 0 ? Fit.BAD : bbr(out, part.substring(0, colon), part.substring(colon + 1));
            worst = fit.compareTo(worst) > 0 ? fit : worst;
        }
        return worst;
    }

    /** BBRv3 of private trees prints more, which no column has. */
    private static Fit bbr(DiagValues out, String key, String value) {
        return switch (key) {
            case "bw" -> {
                long rate = SsNumber.bytesPerSecond(value);
                Fit fit = SsKey.put(out, ATTR_BBRINFO, 4, rate < 0 ? rate : rate & SsNumber.U32);
                if (fit == Fit.HELD) {
                    out.put(ATTR_BBRINFO, 8, rate >>> 32);
                }
                yield fit;
            }
            case "mrtt" ->
                SsKey.put(out, ATTR_BBRINFO, 12, value.equals(NO_RTT) ? SsNumber.U32 : SsNumber.micros(value));
            case "pacing_gain" -> SsKey.put(out, ATTR_BBRINFO, 16, SsNumber.gain(value));
            case "cwnd_gain" -> SsKey.put(out, ATTR_BBRINFO, 20, SsNumber.gain(value));
            default -> Fit.LEFT;
        };
    }

    private static Fit dctcp(DiagValues out, String value) {
        if (value.equals("fallback_mode")) {
            out.put(ATTR_DCTCPINFO, 2, 0);
            return Fit.HELD;
        }
        String[] parts = parts(value);
        if (parts == null || parts.length != 4) {
            return Fit.BAD;
        }
        List<String> names = List.of("ce_state:", "alpha:", "ab_ecn:", "ab_tot:");
        Fit worst = Fit.HELD;
        for (int i = 0; i < 4; i++) {
            boolean named = parts[i].startsWith(names.get(i));
            long max = i == 0 ? 0xffff : SsNumber.U32;
            long number = named ? SsNumber.count(parts[i].substring(names.get(i).length()), max) : SsNumber.NONE;
            Fit fit = SsKey.put(out, ATTR_DCTCPINFO, 4 * (i + 1), number);
            worst = fit.compareTo(worst) > 0 ? fit : worst;
        }
        if (worst == Fit.HELD) {
            out.put(ATTR_DCTCPINFO, 2, 1);
        }
        return worst;
    }
}
