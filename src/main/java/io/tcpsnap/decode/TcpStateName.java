package io.tcpsnap.decode;

import io.tcpsnap.kernel.TcpState;
import java.util.Map;

/** States as ss names them; UNKNOWN and UNDEF stand for those that it does not know. Source: misc/ss.c sstate_name. */
final class TcpStateName {
    private static final Map<String, TcpState> STATES = Map.ofEntries(
            Map.entry("ESTAB", TcpState.ESTABLISHED),
            Map.entry("SYN-SENT", TcpState.SYN_SENT),
            Map.entry("SYN-RECV", TcpState.SYN_RECV),
            Map.entry("FIN-WAIT-1", TcpState.FIN_WAIT1),
            Map.entry("FIN-WAIT-2", TcpState.FIN_WAIT2),
            Map.entry("TIME-WAIT", TcpState.TIME_WAIT),
            Map.entry("UNCONN", TcpState.CLOSE),
            Map.entry("CLOSE-WAIT", TcpState.CLOSE_WAIT),
            Map.entry("LAST-ACK", TcpState.LAST_ACK),
            Map.entry("LISTEN", TcpState.LISTEN),
            Map.entry("CLOSING", TcpState.CLOSING));

    private TcpStateName() {}

    static boolean is(String word) {
        return STATES.containsKey(word) || word.equals("UNKNOWN") || word.equals("UNDEF");
    }

    /** Null for what is no state. */
    static TcpState of(String word) {
        return STATES.get(word);
    }
}
