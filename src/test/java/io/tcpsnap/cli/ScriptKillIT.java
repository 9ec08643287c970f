package io.tcpsnap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcpsnap.archive.ArchiveSet;
import io.tcpsnap.archive.Damage;
import io.tcpsnap.archive.Frame;
import io.tcpsnap.archive.Segment;
import io.tcpsnap.archive.Shell;
import io.tcpsnap.archive.Tick;
import io.tcpsnap.archive.TickReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SIGKILL of the recorder in shell and all that it runs, at random moments: what was written is read. */
class ScriptKillIT {
    private static final int KILLS = 15;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"dash, zstd", "dash, gzip", "busybox sh, gzip", "bash, "})
    void killedAtRandomMoments(String shell, String packer) throws Exception {
        assumeTrue(Shell.has("setsid"), "needs setsid, to kill a group of processes");
        assumeTrue(packer == null || Shell.has(packer), "needs " + packer);
        List<String> programs = new ArrayList<>(ShellRecorder.PROGRAMS);
        if (packer != null) {
            programs.add(packer);
        }
        ShellRecorder recorder =
                ShellRecorder.of(ShellRecorder.print(folder), shell).withOnly(folder.resolve("bin"), programs, false);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < KILLS; i++) {
            check(kill(recorder, folder.resolve("rec" + i), random.nextInt(400)), "kill " + i + ", seed " + seed);
        }
    }

    /**
     * A killed recording.
     *
     * @param seen a copy of what the file held some time before the kill
     */
    private record Killed(Path file, Path seen) {}

    private Killed kill(ShellRecorder recorder, Path rec, int millis) throws Exception {
        ProcessBuilder builder = recorder.builder("-o", rec, "--interval", "100ms");
        builder.command().add(0, Shell.run("sh", "-c", "command -v setsid").strip());
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try {
            Growth.await(rec, 1, process);
            Thread.sleep(millis);
            Path file = archive(rec);
            Path seen = Files.copy(file, rec.resolveSibling(rec.getFileName() + "-" + file.getFileName()));
            Shell.run("sh", "-c", "kill -KILL -" + process.pid());
            return new Killed(file, seen);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static Path archive(Path rec) throws IOException {
        try (Stream<Path> files = Files.list(rec)) {
            return files.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
    }

    private static void check(Killed killed, String what) throws Exception {
        byte[] seen = Files.readAllBytes(killed.seen);
        assertThat(Arrays.copyOf(Files.readAllBytes(killed.file), seen.length))
                .as(what)
                .isEqualTo(seen);
        List<Damage> damage = new ArrayList<>();
        List<Long> before = ticks(killed.seen, new ArrayList<>());
        List<Long> ticks = ticks(killed.file, damage);
        assertThat(ticks).as(what).containsAll(before);
        assertThat(ticks)
                .as(what)
                .isEqualTo(
                        IntStream.range(0, ticks.size()).mapToObj(Long::valueOf).toList());
        boolean closed = open(killed.file).closed();
        assertThat(closed && damage.isEmpty())
                .as(what + ": the lost end is told")
                .isFalse();
        assertThat(damage).as(what).hasSizeLessThanOrEqualTo(1);
        // the folder that the killed one left is not taken for an archive
        assertThat(ArchiveSet.open(List.of(killed.file.getParent().toString())).segments())
                .as(what)
                .hasSize(1);
    }

    private static Segment open(Path file) throws IOException {
        return ArchiveSet.open(List.of(file.toString())).segments().get(0);
    }

    private static List<Long> ticks(Path file, List<Damage> damage) throws IOException {
        Segment segment = open(file);
        List<Long> ticks = new ArrayList<>();
        for (Frame frame : segment.frames()) {
            try (TickReader reader = segment.read(frame, damage::add)) {
                for (Tick tick = reader.next(); tick != null; tick = reader.next()) {
                    ticks.add(tick.record().seq());
                }
            }
        }
        return ticks;
    }
}
