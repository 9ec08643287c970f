package io.tcpsnap.redact;

import java.util.Set;

/** Names of kernel modules that say nothing of who uses them; any other may be somebody's own. */
final class ProtocolNames {
    /** net/ipv4/tcp_*.c, and BBRv2 and v3 of google/bbr. */
    static final Set<String> CONGESTION_CONTROLS = Set.of(
            "reno",
            "cubic",
            "bbr",
            "bbr1",
            "bbr2",
            "bbr3",
            "bic",
            "cdg",
            "dctcp",
            "highspeed",
            "htcp",
            "hybla",
            "illinois",
            "lp",
            "nv",
            "scalable",
            "vegas",
            "veno",
            "westwood",
            "yeah",
            "prague");

    static final Set<String> UPPER_LAYERS = Set.of("tls", "mptcp", "espintcp", "smc", "");

    private ProtocolNames() {}
}
