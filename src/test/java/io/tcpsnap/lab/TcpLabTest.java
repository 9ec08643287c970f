package io.tcpsnap.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TcpLabTest {
    @Test
    void reachesEveryStateAndLeavesNothingBehind() {
        assumeTrue(Namespace.available(), "needs root, iproute2 and iptables");
        Path namespace;
        try (TcpLab lab = TcpLab.open()) {
            namespace = Path.of("/run/netns", lab.namespace().name());
            assertThat(namespace).exists();
            String print = System.getProperty("lab.print");
            if (print != null) {
                System.err.println(lab.namespace().run("ss", print));
            }
        }
        assertThat(Files.exists(namespace)).isFalse();
    }
}
