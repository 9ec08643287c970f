package io.tcpsnap.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tcpsnap.Allocation;
import io.tcpsnap.archive.Entry;
import io.tcpsnap.redact.Redacted;
import io.tcpsnap.slice.Filtered;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * Any copy of any source, redacted and sliced; its first byte says which and in which byte order. What redact wrote is known to
 * it, every line, message and attribute; what slice left is a part of the copy.
 */
class ShareFuzzTest {
    private static final List<String> SOURCES = List.of(
            "proc/net/tcp",
            "proc/net/tcp6",
            "proc/net/dev",
            "proc/net/snmp",
            "proc/net/netstat",
            "proc/net/snmp6",
            "proc/net/sockstat",
            "proc/net/sockstat6",
            "proc/net/softnet_stat",
            "owners",
            "sock_diag/tcp",
            "sock_diag/destroy",
            "sockopt",
            "ss/tcp",
            "events",
            "netstat/tcp",
            "opt_stats/cmsg",
            "opt_stats/nla",
            "opt_stats/hex",
            "sock_diag/mptcp",
            "sockopt_handed");

    @FuzzTest
    void anyCopy(byte[] bytes) throws IOException {
        if (bytes.length == 0) {
            return;
        }
        String path = SOURCES.get((bytes[0] & 15 | bytes[0] >> 3 & 16) % SOURCES.size());
        ByteOrder order = (bytes[0] & 64) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        byte[] copy = Arrays.copyOfRange(bytes, 1, bytes.length);
        Allocation.assertAtMost((32L << 20) + 2000L * copy.length, () -> {
            byte[] safe = new Redacted().copy(path, copy, order);
            Redacted again = new Redacted();
            again.copy(path, safe, order);
            assertThat(again.leftOut()).as(path).isEmpty();
            assertThat(safe.length).isLessThanOrEqualTo(40 * copy.length + 100);
        });
        for (Entry entry : Filtered.copy(path, copy, order)) {
            assertThat(entry.length()).isLessThanOrEqualTo(copy.length);
        }
    }
}
