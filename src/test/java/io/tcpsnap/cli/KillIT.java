package io.tcpsnap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcpsnap.archive.ArchiveSet;
import io.tcpsnap.archive.Frame;
import io.tcpsnap.archive.Recordings;
import io.tcpsnap.archive.Segment;
import io.tcpsnap.archive.Shell;
import io.tcpsnap.archive.Tick;
import io.tcpsnap.archive.TickReader;
import io.tcpsnap.duckdb.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL at random moments costs at most the tick being written, and both verify and query say what is there. */
class KillIT {
    private static final int KILLS = 200;
    private static final int AT_ONCE = 4;
    /** Of the kills, one in so many is looked at with the program and with zstd and tar too. */
    private static final int SAMPLE = 50;

    @TempDir
    private Path folder;

    /**
     * A killed recording.
     *
     * @param seen what the file held some time before the kill
     * @param ticks sequence numbers of the ticks that it has after the kill
     */
    private record Killed(Path file, byte[] seen, List<Long> ticks) {}

    @Test
    void killedAtRandomMoments() throws Exception {
        long seed = System.nanoTime();
        System.err.println("KillIT: seed " + seed);
        Random random = new Random(seed);
        ExecutorService recorders = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<Killed>> killed = new ArrayList<>();
            for (int i = 0; i < KILLS; i++) {
                Path own = folder.resolve("rec" + i);
                int millis = random.nextInt(300);
                Callable<Killed> kill = () -> kill(own, millis);
                killed.add(recorders.submit(kill));
            }
            for (int i = 0; i < KILLS; i++) {
                check(killed.get(i).get(), "kill " + i + ", seed " + seed, i % SAMPLE == 0);
            }
        } finally {
            recorders.shutdownNow();
        }
    }

    /** Starts a recorder, and kills it some time after its file came to be. */
    private Killed kill(Path own, int millis) throws Exception {
        Process recorder = Program.builder("record", "-o", own, "--interval", "10ms")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Path file;
        byte[] seen;
        try {
            file = segment(own, recorder);
            Thread.sleep(millis);
            seen = Files.readAllBytes(file);
        } finally {
            recorder.destroyForcibly().waitFor();
        }
        return new Killed(file, seen, ticks(file));
    }

    private static Path segment(Path folder, Process recorder) throws Exception {
        while (recorder.isAlive()) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Recordings.segments(folder)) {
                    List<Path> begun =
                            files.filter(file -> file.toFile().length() > 0).toList();
                    if (!begun.isEmpty()) {
                        return begun.get(0);
                    }
                }
            }
            Thread.sleep(1);
        }
        throw new AssertionError("the recorder ended by itself with " + recorder.exitValue());
    }

    private static List<Long> ticks(Path file) throws IOException {
        Segment segment = ArchiveSet.open(List.of(file.toString())).segments().get(0);
        List<Long> ticks = new ArrayList<>();
        for (Frame frame : segment.frames()) {
            try (TickReader reader = segment.read(frame, damage -> {})) {
                for (Tick tick = reader.next(); tick != null; tick = reader.next()) {
                    ticks.add(tick.record().seq());
                }
            }
        }
        assertThat(segment.closed()).isFalse();
        return ticks;
    }

    private void check(Killed killed, String what, boolean sample) throws Exception {
        assertThat(killed.ticks)
                .as(what)
                .isEqualTo(IntStream.range(0, killed.ticks.size())
                        .mapToObj(Long::valueOf)
                        .toList());
        byte[] now = Files.readAllBytes(killed.file);
        assertThat(Arrays.copyOf(now, killed.seen.length)).as(what).isEqualTo(killed.seen);
        assertThat(killed.ticks).as(what).hasSizeGreaterThanOrEqualTo(flushes(killed.seen));
        assertThat(flushes(now)).as(what + ": whole ticks").isEqualTo(killed.ticks.size());

        List<String> said = new ArrayList<>();
        Verification verification = new Verification(place -> said.add(place.toString()));
        verification.run(ArchiveSet.open(List.of(killed.file.toString())));
        assertThat(verification.isSound()).as(what).isFalse();
        assertThat(String.join("\n", said)).as(what).contains("not closed: the recorder was killed");
        assertThat(verification.summary()).as(what).contains(": " + killed.ticks.size() + " whole ticks, ");
        if (sample) {
            checkWithPrograms(killed, what);
        }
    }

    /** How many ticks were flushed: each flush is followed by an empty raw block; the first is behind the manifest. */
    private static int flushes(byte[] frame) {
        int flushes = 0;
        int at = 6; // magic, descriptor, window: no frame of this writer has more
        while (at + 3 <= frame.length) {
            int header = frame[at] & 0xff | (frame[at + 1] & 0xff) << 8 | (frame[at + 2] & 0xff) << 16;
            flushes += header == 0 ? 1 : 0;
            at += 3 + ((header >> 1 & 3) == 1 ? 1 : header >> 3);
        }
        return flushes - 1;
    }

    private static void checkWithPrograms(Killed killed, String what) throws Exception {
        int ticks = killed.ticks.size();
        Program.Result verify = Program.run("verify", killed.file);
        assertThat(verify.out())
                .as(what)
                .contains("not closed: the recorder was killed", ": " + ticks + " whole ticks");
        assertThat(verify.code()).as(what).isEqualTo(3);
        Program.Result query = Program.run(
                "query",
                killed.file,
                "--format",
                "csv",
                "-c",
                "select count(*) as n, max(seq) + 1 as next from snapshot");
        assertThat(query.out()).as(what).isEqualTo("n,next\n" + ticks + "," + (ticks == 0 ? "" : ticks) + "\n");
        assertThat(query.code()).as(what).isZero();
        assumeTrue(Shell.has("zstd") && Shell.has("tar"), "the rest needs zstd and tar");
        String names =
                Shell.run("sh", "-c", "zstd -dcq \"$0\" 2>/dev/null | tar -tf - 2>/dev/null || true", killed.file);
        long marks = names.lines().filter(name -> name.endsWith("/tick.json")).count();
        assertThat(marks).as(what + ": ticks that zstd and tar show").isEqualTo(ticks);
    }
}
