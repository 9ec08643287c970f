package io.tcpsnap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcpsnap.archive.Recordings;
import io.tcpsnap.archive.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recorder that runs for long: its segments are one recording, and its folder stays within its limits. */
class RotationIT {
    @TempDir
    private Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endAll() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
    }

    private static List<Path> segments(Path of) throws IOException {
        try (Stream<Path> segments = Recordings.segments(of)) {
            return segments.toList();
        }
    }

    private static String query(Path archive, String sql) throws Exception {
        Program.Result result = Program.run("query", archive, "--format", "csv", "-c", sql);
        assertThat(result.err()).isEmpty();
        return result.out();
    }

    private Process start(Path rec, Object... options) throws Exception {
        List<Object> words = new ArrayList<>(List.of("record", "-o", rec, "--interval", "10ms"));
        words.addAll(List.of(options));
        Process recorder = Program.builder(words.toArray())
                .redirectError(folder.resolve("err" + started.size()).toFile())
                .start();
        started.add(recorder);
        return recorder;
    }

    private String err(Process recorder) throws IOException {
        return Files.readString(folder.resolve("err" + started.indexOf(recorder)));
    }

    private void end(Process recorder) throws Exception {
        recorder.destroy();
        assertThat(recorder.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(recorder.exitValue()).as(err(recorder)).isZero();
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private void await(Process recorder, Condition condition) throws Exception {
        while (!condition.holds()) {
            assertThat(recorder.isAlive()).as(err(recorder)).isTrue();
            Thread.sleep(5);
        }
    }

    @Test
    void segmentsAreOneRecordingWithoutGapsOrDoubles() throws Exception {
        Path rec = folder.resolve("rec");
        Program.Result run =
                Program.run("record", "-o", rec, "--interval", "10ms", "--count", 200, "--rotate", "200ms,100MB");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(segments(rec)).hasSizeGreaterThan(3);
        assertThat(query(
                        rec,
                        "SELECT count(*) AS n, count(DISTINCT snapshot_id) AS ids, min(seq) AS first, max(seq) AS last,"
                                + " (SELECT count(DISTINCT recording) FROM recording) AS recordings FROM snapshot"))
                .isEqualTo("n,ids,first,last,recordings\n200,200,0,199,1\n");
        assertThat(
                        query(
                                rec,
                                "SELECT count(*) = (SELECT count(*) - 1 FROM recording) AS same FROM event"
                                        + " WHERE kind = 'rotate' AND detail LIKE '%.tar.zst, % bytes' AND event_ts <= ts + INTERVAL 1 SECOND"))
                .isEqualTo("same\ntrue\n");
        assertThat(Program.run("verify", rec).out()).contains("sound: 200 whole ticks, 0 damaged");
        for (Path segment : segments(rec)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(segment)))
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(rec)))
                .isEqualTo("rwx------");
    }

    @Test
    void theOldestGoAndNothingThatIsNotOurs() throws Exception {
        Path rec = Files.createDirectory(folder.resolve("rec"));
        String host = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        Path other = Files.write(rec.resolve(host + "-20200101T000000Z.tar.zst"), new byte[3_000_000]);
        Path foreign = Recordings.segment(rec, 3, 100);
        Path notes = Files.write(rec.resolve("notes.txt"), new byte[3_000_000]);
        Process recorder = start(rec, "--keep", "1s", "--rotate", "100ms");
        await(recorder, () -> dropped(rec));
        end(recorder);
        assertThat(other).exists();
        assertThat(foreign).exists();
        assertThat(notes).exists();
        Files.delete(other);
        Files.delete(foreign);
        assertThat(query(
                        rec,
                        "SELECT count(*) > 0 AS told, max(seq) - min(seq) + 1 = count(DISTINCT seq) AS whole"
                                + " FROM snapshot, (SELECT 1 FROM event WHERE kind = 'dropped_segment' LIMIT 1)"))
                .isEqualTo("told,whole\ntrue,true\n");
    }

    /** The first segment of this recorder is gone, and the next has told so. */
    private static boolean dropped(Path rec) throws Exception {
        List<Path> own = segments(rec).stream()
                .filter(file -> !file.getFileName().toString().startsWith("lab-"))
                .filter(file -> file.toFile().length() != 3_000_000)
                .toList();
        return own.size() > 3
                && Program.run(
                                "query",
                                own.get(own.size() - 3),
                                "--format",
                                "csv",
                                "-c",
                                "SELECT count(*) > 0 AS n FROM event WHERE kind = 'dropped_segment'")
                        .out()
                        .equals("n\ntrue\n");
    }

    @Test
    void aFullDiskPausesAndRoomResumes() throws Exception {
        Path small = smallDisk("4m");
        try {
            Path ballast = small.resolve("ballast");
            Process recorder = start(small, "--rotate", "200kB");
            await(recorder, () -> segments(small).size() > 1);
            Files.write(ballast, new byte[(int) small.toFile().getUsableSpace() - (150 << 10)]);
            await(recorder, () -> err(recorder).contains("going on without"));
            assertThat(small.toFile().getUsableSpace()).as("the floor").isGreaterThan(64 << 10);
            Files.delete(ballast);
            long seen = small.toFile().getUsableSpace();
            await(recorder, () -> small.toFile().getUsableSpace() < seen);
            recorder.destroy();
            assertThat(recorder.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(recorder.exitValue()).as("ticks were lost").isEqualTo(3);
            assertThat(query(
                            small,
                            "SELECT kind, detail LIKE '%bytes free%' OR detail LIKE '% ticks were not written' AS said"
                                    + " FROM event WHERE kind IN ('paused', 'resumed') ORDER BY event_ts"))
                    .isEqualTo("kind,said\npaused,true\nresumed,true\n");
            assertThat(query(small, "SELECT sum(missed) > 0 AS missed FROM snapshot"))
                    .isEqualTo("missed\ntrue\n");
            assertThat(Program.run("verify", small).code()).isZero();
        } finally {
            endAll();
            Shell.run("umount", small);
        }
    }

    @Test
    void toldToLeaveRoomItDropsItsOldestAndGoesOn() throws Exception {
        Path small = smallDisk("4m");
        try {
            Process recorder = start(small, "--min-free", "2MB", "--rotate", "200kB");
            await(recorder, () -> segments(small).size() > 3);
            Path first = segments(small).get(0);
            await(recorder, () -> !Files.exists(first));
            end(recorder);
            assertThat(small.toFile().getUsableSpace()).isGreaterThan(1_500_000);
            assertThat(query(
                            small,
                            "SELECT (SELECT count(*) FROM event WHERE kind = 'paused') = 0 AS going_on,"
                                    + " max(seq) - min(seq) + 1 = count(*) AS whole"
                                    + " FROM snapshot"))
                    .isEqualTo("going_on,whole\ntrue,true\n");
        } finally {
            endAll();
            Shell.run("umount", small);
        }
    }

    private Path smallDisk(String size) throws Exception {
        assumeTrue(Shell.isRoot() && Shell.has("mount"), "needs root to mount a tmpfs");
        Path small = Files.createDirectory(folder.resolve("small"));
        assumeTrue(
                Shell.tryRun("mount", "-t", "tmpfs", "-o", "mode=700,size=" + size, "tmpfs", small) == 0,
                "needs the right to mount a tmpfs");
        return small;
    }

    @Test
    void oneRecorderForEachFolderAndAHangupBeginsASegment() throws Exception {
        Path rec = folder.resolve("rec");
        Process recorder = start(rec);
        await(
                recorder,
                () -> Files.isDirectory(rec)
                        && !segments(rec).isEmpty()
                        && segments(rec).get(0).toFile().length() > 10_000);
        Program.Result second = Program.run("record", "-o", rec, "--once");
        assertThat(second.code()).isEqualTo(3);
        assertThat(second.err()).contains("another recorder writes there: process " + recorder.pid());
        Shell.run("kill", "-HUP", recorder.pid());
        await(recorder, () -> segments(rec).size() == 2);
        Path reopened = segments(rec).get(1);
        await(recorder, () -> reopened.toFile().length() > 10_000);
        recorder.destroyForcibly().waitFor();
        assertThat(Program.run("record", "-o", rec, "--once").code())
                .as("a stale lock")
                .isZero();
        assertThat(segments(rec)).hasSize(3);
        assertThat(query(rec, "SELECT count(DISTINCT recording) AS n FROM recording"))
                .isEqualTo("n\n2\n");
    }

    @Test
    void aSignalCopiesTheRingAndTheRecordingGoesOn() throws Exception {
        Path rec = folder.resolve("rec");
        Process recorder = start(rec, "--ring", "2s", "--pack");
        await(recorder, () -> Files.isDirectory(rec) && segments(rec).size() > 8);
        Shell.run("kill", "-USR1", recorder.pid());
        Path dumps = rec.resolve("dumps");
        await(recorder, () -> Files.isDirectory(dumps) && !segments(dumps).isEmpty());
        Path dump = segments(dumps).get(0);
        await(
                recorder,
                () -> !segments(rec).isEmpty() && segments(rec).get(0).compareTo(rec.resolve(dump.getFileName())) > 0);
        end(recorder);
        assertThat(Program.run("verify", dump).out()).contains("0 damaged places, 0 segments without their end");
        assertThat(query(
                        dump,
                        "SELECT count(*) > 10 AS long, count(*) = count(DISTINCT seq) AS once,"
                                + " max(seq) - min(seq) + 1 = count(*) AS whole, max(ts) - min(ts) < INTERVAL 20 SECOND AS last"
                                + " FROM snapshot"))
                .isEqualTo("long,once,whole,last\ntrue,true,true,true\n");
        assertThat(Program.run("verify", rec).code()).isZero();
    }

    @Test
    void anOpenFolderIsLeftAloneAndTold() throws Exception {
        Path rec = Files.createDirectory(folder.resolve("rec"));
        Files.setPosixFilePermissions(rec, PosixFilePermissions.fromString("rwxr-xr-x"));
        Program.Result run = Program.run("record", "-o", rec, "--count", 2, "--interval", "10ms");
        assertThat(run.code()).isZero();
        assertThat(run.err().split("other users may look into this folder", -1)).hasSize(2);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(rec)))
                .isEqualTo("rwxr-xr-x");
    }
}
