package io.tcpsnap.oracle;

import java.util.Map;

/**
 * What ss prints for one socket.
 *
 * @param values text by key, in the order of printing; keys are those of ss, and {@code State}, {@code Recv-Q}, {@code
 *     Send-Q}, {@code Local}, {@code Peer}, {@code cong} and {@code shutdown} for what it prints without one. A word
 *     without a value has the text {@code ""}.
 */
record SsRecord(Map<String, String> values) {
    /** The socket's cookie in hex. */
    String cookie() {
        return values.get("sk");
    }
}
