package io.tcpsnap.lab;

import io.tcpsnap.archive.Recordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes the recordings in {@code samples/} anew, with the built program, as root: see {@code samples/README.md}. Tests
 * compare with what is in them, so their expected outputs change with them.
 */
final class RecordSamples {
    private static final Path SAMPLES = Path.of("samples");

    private RecordSamples() {}

    public static void main(String[] args) throws Exception {
        idle();
        loss();
    }

    /** A host on which nothing happens: listeners and connections that say nothing. */
    private static void idle() throws Exception {
        try (Ends ends = Ends.start(SceneHost.class, ScenePeer.class)) {
            ends.far().tell("listen");
            ends.near().tell("listen");
            ends.near().tell("idle");
            Process recorder = record(ends.link().near(), "idle", "1s", "20s");
            finish(recorder, "idle");
        }
    }

    /** Loss, a stalled reader, a vanished peer, a leak, a full accept queue, one after the other. */
    private static void loss() throws Exception {
        try (Ends ends = Ends.start(SceneHost.class, ScenePeer.class)) {
            Namespace host = ends.link().near();
            Namespace peer = ends.link().far();
            host.run("sysctl", "-qw", "net.ipv4.tcp_congestion_control=reno");
            host.run(
                    "tc", "qdisc", "add", "dev", "veth0", "root", "tbf", "rate", "20mbit", "burst", "16kb", "limit",
                    "100kb");
            peer.filter("-A INPUT -p tcp --dport " + ScenePeer.NOBODY + " -j DROP");
            ends.far().tell("listen");
            ends.near().tell("listen");
            ends.near().tell("idle");
            ends.near().tell("connect");
            ends.far().tell("connect");
            Process recorder = record(host, "loss", "500ms", "30s");
            Thread.sleep(5000);
            peer.filter("-A INPUT -p tcp --dport " + ScenePeer.BULK
                    + " -m statistic --mode random --probability 0.02 -j DROP");
            Thread.sleep(3000);
            ends.far().tell("stall");
            Thread.sleep(2000);
            ends.far().tell("crowd");
            Thread.sleep(2000);
            peer.filter("-A INPUT -p tcp --dport " + ScenePeer.DATABASE + " -j DROP");
            Thread.sleep(3000);
            ends.near().tell("call nobody");
            Thread.sleep(2000);
            ends.near().tell("leave");
            ends.far().tell("leave");
            finish(recorder, "loss");
        }
    }

    private static Process record(Namespace host, String name, String interval, String duration) throws IOException {
        List<String> command = new ArrayList<>(List.of("unshare", "--uts", "sh", "-c"));
        command.add("echo " + name + " > /proc/sys/kernel/hostname; exec \"$@\"");
        command.addAll(List.of("sh", "target/tcpsnap", "record", "-o", "target/samples/" + name));
        command.addAll(List.of("--interval", interval, "--duration", duration));
        return new ProcessBuilder(host.inside(command)).inheritIO().start();
    }

    private static void finish(Process recorder, String name) throws Exception {
        if (recorder.waitFor() != 0) {
            throw new IllegalStateException("the recorder of " + name + " failed");
        }
        Path folder = Path.of("target/samples", name);
        try (Stream<Path> segments = Recordings.segments(folder)) {
            Path segment = segments.findFirst().orElseThrow();
            Files.move(segment, SAMPLES.resolve(name + ".tar.zst"), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.setPosixFilePermissions(
                SAMPLES.resolve(name + ".tar.zst"),
                java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
    }
}
