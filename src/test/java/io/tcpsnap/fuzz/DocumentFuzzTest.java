package io.tcpsnap.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tcpsnap.Allocation;
import io.tcpsnap.archive.Documents;
import io.tcpsnap.archive.Manifest;
import io.tcpsnap.kernel.KernelVersion;
import java.io.IOException;

/** Any tcpsnap.json and any tick.json. */
class DocumentFuzzTest {
    @FuzzTest
    void anyDocument(byte[] json) throws IOException {
        check(json, () -> KernelVersion.of(Manifest.parse(json, json.length).kernel()));
        check(json, () -> Documents.tickRecord(json));
    }

    private static void check(byte[] json, Allocation.Work work) throws IOException {
        Allocation.assertAtMost((1 << 20) + 200L * json.length, () -> {
            try {
                work.run();
            } catch (IOException e) {
                assertThat(e).hasMessageNotContaining("\n");
            }
        });
    }
}
