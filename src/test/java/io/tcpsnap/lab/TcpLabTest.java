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
            namespace = look(lab.namespace());
        }
        assertThat(Files.exists(namespace)).isFalse();
    }

    @Test
    void reachesEveryTroubleAndLeavesNothingBehind() {
        assumeTrue(Namespace.available(), "needs root, iproute2 and iptables");
        Path namespace;
        try (TroubleLab lab = TroubleLab.open()) {
            namespace = look(lab.namespace());
        }
        assertThat(Files.exists(namespace)).isFalse();
    }

    /** Its file. {@code -Dlab.print=OPTIONS} prints what ss says of it. */
    private static Path look(Namespace namespace) {
        Path file = Path.of("/run/netns", namespace.name());
        assertThat(file).exists();
        String print = System.getProperty("lab.print");
        if (print != null) {
            System.err.println(namespace.run("ss", print));
        }
        return file;
    }
}
