package io.tcpsnap.decode;

import io.tcpsnap.decode.SsKey.Fit;
import io.tcpsnap.kernel.UlpInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keys that ss prints behind {@code tcp-ulp-tls} and {@code tcp-ulp-mptcp}.
 *
 * <p>Source: iproute2 misc/ss.c tcp_tls_version(), tcp_tls_cipher(), tcp_tls_conf(), mptcp_subflow_info().
 */
final class SsUlp {
    /** Words that stand for themselves. */
    static final Map<String, UlpInfo> FLAGS =
            Map.of("zc_ro_tx", UlpInfo.TLS_ZC_RO_TX, "no_pad_rx", UlpInfo.TLS_RX_NO_PAD);

    private static final Map<String, Integer> VERSIONS = Map.of("1.2", 0x0303, "1.3", 0x0304);
    private static final Map<String, Integer> CIPHERS = Map.of("aes-gcm-128", 51, "aes-gcm-256", 52);
    private static final Map<String, Integer> CONFS = Map.of("none", 1, "sw", 2, "hw", 3, "hw-record", 4);
    private static final Pattern UNKNOWN = Pattern.compile("unknown\\(([0-9]{1,5})\\)");
    /** The letter of each bit of the subflow's flags. */
    private static final String FLAG_BITS = "MmJjBbecv";

    private static final Pattern TOKENS =
            Pattern.compile("([0-9a-f]{4,8})\\(id:([0-9]{1,3})\\)/([0-9a-f]{4,8})\\(id:([0-9]{1,3})\\)");

    static final Map<String, SsKey> KEYS = keys();

    private SsUlp() {}

    private static Map<String, SsKey> keys() {
        Map<String, SsKey> keys = new HashMap<>();
        keys.put("version", named(UlpInfo.TLS_VERSION, VERSIONS));
        keys.put("cipher", named(UlpInfo.TLS_CIPHER, CIPHERS));
        keys.put("txconf", named(UlpInfo.TLS_TXCONF, CONFS));
        keys.put("rxconf", named(UlpInfo.TLS_RXCONF, CONFS));
        keys.put("flags", SsUlp::flags);
        keys.put("token", SsUlp::tokens);
        for (Map.Entry<String, UlpInfo> key : Map.of(
                        "seq", UlpInfo.MPTCP_MAP_SEQ,
                        "sfseq", UlpInfo.MPTCP_MAP_SFSEQ,
                        "ssnoff", UlpInfo.MPTCP_SSN_OFFSET,
                        "maplen", UlpInfo.MPTCP_MAP_DATALEN)
                .entrySet()) {
            keys.put(key.getKey(), hex(key.getValue()));
        }
        return Map.copyOf(keys);
    }

    private static SsKey named(UlpInfo info, Map<String, Integer> names) {
        return (out, value) -> {
            Matcher unknown = UNKNOWN.matcher(value);
            long number = unknown.matches()
                    ? SsNumber.count(unknown.group(1), 0xffff)
                    : names.getOrDefault(value, (int) SsNumber.NONE);
            return put(out, info, number);
        };
    }

    /** Hexadecimal up to iproute2 6.13, decimal since: only a letter tells, or that it is a single digit. */
    private static SsKey hex(UlpInfo info) {
        return (out, value) -> {
            if (!value.matches("[0-9a-f]{1,16}|[0-9]{1,20}")) {
                return Fit.BAD;
            }
            if (!value.matches("[0-9]|.*[a-f].*")) {
                return Fit.LEFT;
            }
            if (value.length() > 2 * info.width()) {
                return Fit.BAD;
            }
            out.put(info.attribute(), info.width(), Long.parseUnsignedLong(value, 16));
            return Fit.HELD;
        };
    }

    private static Fit flags(DiagValues out, String value) {
        long flags = 0;
        for (char letter : value.toCharArray()) {
            if (FLAG_BITS.indexOf(letter) < 0) {
                return Fit.BAD;
            }
            flags |= 1L << FLAG_BITS.indexOf(letter);
        }
        return put(out, UlpInfo.MPTCP_FLAGS, flags);
    }

    private static Fit tokens(DiagValues out, String value) {
        Matcher tokens = TOKENS.matcher(value);
        if (!tokens.matches()) {
            return Fit.BAD;
        }
        Fit worst = Fit.HELD;
        for (Fit fit : List.of(
                put(out, UlpInfo.MPTCP_TOKEN_REM, Long.parseLong(tokens.group(1), 16)),
                put(out, UlpInfo.MPTCP_ID_REM, SsNumber.count(tokens.group(2), 0xff)),
                put(out, UlpInfo.MPTCP_TOKEN_LOC, Long.parseLong(tokens.group(3), 16)),
                put(out, UlpInfo.MPTCP_ID_LOC, SsNumber.count(tokens.group(4), 0xff)))) {
            worst = fit.compareTo(worst) > 0 ? fit : worst;
        }
        return worst;
    }

    private static Fit put(DiagValues out, UlpInfo info, long number) {
        return SsKey.put(out, info.attribute(), info.width(), number);
    }
}
