package io.tcpsnap.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tcpsnap.table.Rows;
import io.tcpsnap.table.Tables;
import io.tcpsnap.table.TickTable;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Any copy of any source: its first byte says which, of which kernel, and in which byte order. */
class SourceFuzzTest {
    private record Source(String path, List<TickTable<?>> tables) {
        Source(String path, String table) {
            this(
                    path,
                    Tables.all().stream()
                            .filter(one -> one.table().name().equals(table))
                            .toList());
        }
    }

    private static final List<Source> SOURCES = List.of(
            new Source("proc/net/tcp", "tcp"),
            new Source("proc/net/tcp6", "tcp"),
            new Source("proc/net/dev", "net_dev"),
            new Source("proc/net/snmp", "counter"),
            new Source("proc/net/netstat", "counter"),
            new Source("proc/net/snmp6", "counter"),
            new Source("proc/net/sockstat", "sockstat"),
            new Source("proc/net/sockstat6", "sockstat"),
            new Source("proc/net/softnet_stat", "softnet"),
            new Source("owners", "owner"),
            new Source("sock_diag/tcp", "tcp_info"),
            new Source("sock_diag/destroy", "tcp_closed"),
            new Source("sockopt", "sockopt"),
            new Source("ss/tcp", "tcp_info"),
            new Source("events", "event"),
            new Source("netstat/tcp", "tcp"),
            new Source("opt_stats/cmsg", "opt_stats"),
            new Source("opt_stats/nla", "opt_stats"),
            new Source("opt_stats/hex", "opt_stats"),
            new Source("sock_diag/mptcp", "mptcp_info"));
    private static final List<String> KERNELS = List.of("6.18.44", "5.4.0-150-generic", "3.10.0-1160.el7", "2.6.18");

    @FuzzTest
    void anyCopy(byte[] bytes) throws IOException {
        if (bytes.length > 0) {
            Source source = SOURCES.get((bytes[0] & 15 | bytes[0] >> 3 & 16) % SOURCES.size());
            String kernel = KERNELS.get(bytes[0] >> 4 & 3);
            ByteOrder order = (bytes[0] & 64) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
            byte[] copy = Arrays.copyOfRange(bytes, 1, bytes.length);
            Contract.decode(Rows.tick(Map.of(source.path(), copy), order, kernel), source.tables());
        }
    }
}
