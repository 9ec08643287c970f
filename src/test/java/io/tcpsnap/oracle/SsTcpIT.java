package io.tcpsnap.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcpsnap.archive.Recordings;
import io.tcpsnap.cli.Program;
import io.tcpsnap.lab.Command;
import io.tcpsnap.lab.Namespace;
import io.tcpsnap.lab.TcpLab;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sockets in every state, recorded, printed by ss from the recorded bytes, and read back from that text. */
class SsTcpIT {
    @TempDir
    private Path folder;

    @Test
    void whatSsPrintsOfARecordingIsTheRecording() throws Exception {
        assumeTrue(Namespace.available(), "needs root, iproute2 and iptables");
        assumeTrue(Command.works("zstd", "-V"), "needs zstd");
        Path recording = folder.resolve("rec");
        try (TcpLab lab = TcpLab.open()) {
            List<String> recorder =
                    Program.builder("record", "-o", recording, "--once").command();
            Command.run(lab.namespace().inside(recorder), Map.of("JAVA_HOME", System.getProperty("java.home")));
        }
        Path dump = dump(recording);
        for (String options : List.of(
                "-tinmoe", "-tanieO", "-tin", "-tie", "-tano", "-taem", "-ta", "-H", "-tinmoe state established")) {
            String text =
                    Command.run(List.of(("ss -a " + options).split(" ", -1)), Map.of("TCPDIAG_FILE", dump.toString()));
            String tcp = text.lines()
                    .filter(line -> !options.equals("-H") || line.startsWith("tcp"))
                    .reduce("", (a, b) -> a + b + "\n");
            SsTcpRoundTrip trip = new SsTcpRoundTrip(Files.readAllBytes(dump), tcp);
            assertThat(trip.differences()).as(options).isEmpty();
            assertThat(trip.problems()).as(options).isEmpty();
            assertThat(trip.rows()).as(options).hasSizeGreaterThan(50);
        }
    }

    private Path dump(Path recording) throws Exception {
        Path tree = Files.createDirectory(folder.resolve("tree"));
        try (Stream<Path> segments = Recordings.segments(recording)) {
            Path segment = segments.findFirst().orElseThrow();
            Command.run("tar", "--zstd", "-xf", segment.toString(), "-C", tree.toString());
        }
        try (Stream<Path> files = Files.walk(tree)) {
            return files.filter(file -> file.endsWith("sock_diag/tcp"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
