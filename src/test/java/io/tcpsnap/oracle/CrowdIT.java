package io.tcpsnap.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcpsnap.lab.Command;
import io.tcpsnap.lab.CrowdedNamespace;
import io.tcpsnap.lab.Namespace;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More than twenty thousand sockets, each row against what others make of the same bytes. */
class CrowdIT {
    private static final int PROCESSES = 2;
    private static final int CONNECTIONS = 5100;

    @TempDir
    private Path folder;

    @Test
    void noneOfTwentyThousandSocketsDiffers() throws Exception {
        assumeTrue(Namespace.available(), "needs root, iproute2 and iptables");
        assumeTrue(Command.works("zstd", "-V"), "needs zstd");
        try (CrowdedNamespace crowd = CrowdedNamespace.open(PROCESSES, CONNECTIONS);
                OracleRecording recording = OracleRecording.of(crowd.namespace(), folder, 1)) {
            assertThat(recording.rows("SELECT count(*) AS n FROM tcp_info").get(0))
                    .isEqualTo(Map.of("n", 2L * PROCESSES * CONNECTIONS));
            assertThat(recording.differencesToSs(0)).isEmpty();
            for (Map.Entry<Map<String, Object>, Map<String, Object>> line : recording.lines(0)) {
                assertThat(line.getValue()).containsAllEntriesOf(line.getKey());
            }
            assertThat(recording.rows("FROM problem")).isEmpty();
        }
    }
}
