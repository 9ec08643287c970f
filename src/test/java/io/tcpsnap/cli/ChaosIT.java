package io.tcpsnap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcpsnap.archive.ArchiveSet;
import io.tcpsnap.archive.Damage;
import io.tcpsnap.archive.Frame;
import io.tcpsnap.archive.Recordings;
import io.tcpsnap.archive.Segment;
import io.tcpsnap.archive.Shell;
import io.tcpsnap.archive.Tick;
import io.tcpsnap.archive.TickReader;
import io.tcpsnap.archive.TickRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults at random moments, one round behind another in the same folder: what was written is there, and the next recorder
 * works. {@code -Dchaos.rounds=500} does more of it.
 */
class ChaosIT {
    private static final int ROUNDS = Integer.getInteger("chaos.rounds", 12);

    @TempDir
    private Path folder;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final Path fakeTime = fakeTime();
    private Path clock;
    private Path disk;
    private Path rec;
    private Process recorder;

    private enum Fault {
        KILL,
        CUT,
        FULL_DISK,
        READ_ONLY,
        UNREADABLE_PROC,
        CLOCK_STEP
    }

    /** Its own small disk. */
    @BeforeEach
    void mount() throws Exception {
        assumeTrue(Shell.isRoot() && Shell.has("mount") && Shell.has("unshare"), "needs root to mount a tmpfs");
        disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(
                Shell.tryRun("mount", "-t", "tmpfs", "-o", "mode=700,size=32m", "tmpfs", disk) == 0,
                "needs the right to mount a tmpfs");
        rec = disk.resolve("rec");
        clock = folder.resolve("clock");
    }

    /** Debian's libfaketime, which lets a process see another wall clock; null where it is not installed. */
    private static Path fakeTime() {
        try (Stream<Path> libraries =
                Files.find(Path.of("/usr/lib"), 3, (file, about) -> file.endsWith("libfaketimeMT.so.1"))) {
            return libraries.findFirst().orElse(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void unmount() throws Exception {
        if (recorder != null) {
            recorder.destroyForcibly().waitFor();
        }
        Shell.run("umount", disk);
    }

    @Test
    void whateverHappensTheNextRecorderWorks() throws Exception {
        List<Fault> faults = new ArrayList<>(List.of(Fault.values()));
        if (fakeTime == null) {
            faults.remove(Fault.CLOCK_STEP); // needs libfaketime
        }
        System.err.println("ChaosIT: seed " + seed);
        for (int i = 0; i < ROUNDS; i++) {
            Fault fault = faults.get(i % faults.size());
            String what = "round " + i + ", " + fault + ", seed " + seed;
            try {
                round(fault, what);
            } catch (IOException e) {
                throw new AssertionError(what, e);
            }
            for (Path segment : segments()) {
                Files.delete(segment);
            }
        }
    }

    private void round(Fault fault, String what) throws Exception {
        start(fault);
        awaitTicks(what);
        Thread.sleep(random.nextInt(300));
        Map<Path, Integer> before = ticks(what, true);
        switch (fault) {
            case KILL, READ_ONLY, CUT -> recorder.destroyForcibly().waitFor();
            case FULL_DISK -> fillAndFree(what);
            case UNREADABLE_PROC -> end(what);
            case CLOCK_STEP -> stepClock(what);
        }
        if (fault == Fault.CUT) {
            cut(largest());
        } else {
            Map<Path, Integer> after = ticks(what, true);
            before.forEach((segment, ticks) ->
                    assertThat(after.get(segment)).as(what + ": " + segment).isGreaterThanOrEqualTo(ticks));
        }
        if (fault == Fault.READ_ONLY) {
            recordOnReadOnly(what);
        }
        int kept = total(ticks(what, fault != Fault.CUT));
        Program.Result next = Program.run("record", "-o", rec, "--once");
        assertThat(next.code()).as(what + ": " + next.err()).isZero();
        assertThat(total(ticks(what, fault != Fault.CUT)))
                .as(what + ": restarted")
                .isEqualTo(kept + 1);
    }

    private void start(Fault fault) throws IOException {
        List<String> words = new ArrayList<>();
        if (fault == Fault.UNREADABLE_PROC) { // mem: EIO; null: nothing
            String hide =
                    "mount --bind /proc/$$/mem /proc/$$/net/snmp && mount --bind /dev/null /proc/$$/net/dev && exec \"$@\"";
            words.addAll(List.of("unshare", "-m", "sh", "-c", hide, "sh"));
        }
        words.addAll(List.of(Program.LAUNCHER.toString(), "record", "-o", rec.toString(), "--interval", "10ms"));
        words.addAll(List.of("--rotate", 50 + random.nextInt(400) + "ms", "--sync", random.nextBoolean() ? "0" : "5s"));
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        if (fault == Fault.CLOCK_STEP) {
            Files.writeString(clock, "+0");
            builder.environment().put("LD_PRELOAD", fakeTime.toString());
            builder.environment().put("FAKETIME_TIMESTAMP_FILE", clock.toString());
            builder.environment().put("FAKETIME_NO_CACHE", "1");
            builder.environment().put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        }
        recorder = builder.start();
    }

    private void awaitTicks(String what) throws Exception {
        while (!Files.isDirectory(rec) || segments().isEmpty() || Files.size(newest()) < 1000) {
            assertThat(recorder.isAlive()).as(what + ": " + said()).isTrue();
            Thread.sleep(2);
        }
    }

    private void fillAndFree(String what) throws Exception {
        Path ballast = disk.resolve("ballast");
        try (FileChannel file = FileChannel.open(ballast, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            byte[] bytes = new byte[(int) Math.max(1, disk.toFile().getUsableSpace() - random.nextInt(100_000))];
            file.write(java.nio.ByteBuffer.wrap(bytes));
        } catch (IOException e) {
            // full
        }
        while (!said().contains("going on without")) {
            assertThat(recorder.isAlive()).as(what + ": " + said()).isTrue();
            Thread.sleep(2);
        }
        Files.delete(ballast);
        int missed = total(ticks(what, true));
        while (total(ticks(what, true)) == missed) {
            assertThat(recorder.isAlive()).as(what + ": " + said()).isTrue();
            Thread.sleep(2);
        }
        end(what);
    }

    /** By up to a day, forth or back; the recorder sees it through libfaketime. */
    private void stepClock(String what) throws Exception {
        Files.writeString(
                folder.resolve("later"), String.format(Locale.ROOT, "%+d", random.nextInt(-86_400, 86_400) | 1));
        Files.move(folder.resolve("later"), clock, StandardCopyOption.ATOMIC_MOVE);
        for (int i = 0; ticksAfterStep() < 3; i++) {
            assertThat(recorder.isAlive()).as(what + ": " + said()).isTrue();
            assertThat(i).as(what + ": libfaketime steps the clock").isLessThan(1000);
            Thread.sleep(10);
        }
        end(what);
        Program.Result steps = Program.run(
                "query", rec, "--format", "tsv", "-c", "SELECT DISTINCT kind FROM event WHERE kind = 'clock_step'");
        assertThat(steps.out()).as(what + ": " + steps.err()).isEqualTo("kind\nclock_step\n");
    }

    /** How many ticks have another wall clock than the first. */
    private long ticksAfterStep() throws IOException {
        List<TickRecord> records = new ArrayList<>();
        for (Segment segment : ArchiveSet.open(List.of(rec.toString())).segments()) {
            for (Frame frame : segment.frames()) {
                try (TickReader reader = segment.read(frame, damage -> {})) {
                    for (Tick tick = reader.next(); tick != null; tick = reader.next()) {
                        records.add(tick.record());
                    }
                }
            }
        }
        records.sort(Comparator.comparingLong(TickRecord::seq));
        long first = offset(records.get(0));
        return records.stream()
                .filter(record -> Math.abs(offset(record) - first) > 500_000_000)
                .count();
    }

    private static long offset(TickRecord record) {
        return record.realtimeNanos() - record.monotonicNanos();
    }

    private void end(String what) throws Exception {
        recorder.destroy();
        assertThat(recorder.waitFor(60, TimeUnit.SECONDS)).as(what).isTrue();
        assertThat(recorder.exitValue()).as(what + ": " + said()).isIn(0, 3);
        assertThat(ArchiveSet.open(List.of(rec.toString())).segments()).as(what).allMatch(Segment::closed);
    }

    private void recordOnReadOnly(String what) throws Exception {
        Shell.run("mount", "-o", "remount,ro", disk);
        try {
            Program.Result refused = Program.run("record", "-o", rec, "--once");
            assertThat(refused.code()).as(what).isEqualTo(3);
            assertThat(refused.err()).as(what).startsWith("tcpsnap: ").contains("Read-only file system");
        } finally {
            Shell.run("mount", "-o", "remount,rw", disk);
        }
    }

    /** At any byte behind the manifest. */
    private void cut(Path segment) throws IOException {
        try (FileChannel file = FileChannel.open(segment, StandardOpenOption.WRITE)) {
            file.truncate(700 + random.nextInt((int) Files.size(segment) - 700));
        }
    }

    private List<Path> segments() throws IOException {
        try (var segments = Recordings.segments(rec)) {
            return segments.toList();
        }
    }

    private Path newest() throws IOException {
        return segments().stream()
                .max(Comparator.comparingLong(file -> file.toFile().lastModified()))
                .orElseThrow();
    }

    private Path largest() throws IOException {
        return segments().stream()
                .max(Comparator.comparingLong(file -> file.toFile().length()))
                .orElseThrow();
    }

    private String said() throws IOException {
        return Files.readString(folder.resolve("out"));
    }

    private static int total(Map<Path, Integer> ticks) {
        return ticks.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** How many ticks each segment has; within a recording none is missing or double. */
    private Map<Path, Integer> ticks(String what, boolean sound) throws IOException {
        Map<Path, Integer> ticks = new HashMap<>();
        Map<String, List<Long>> numbers = new HashMap<>();
        List<Damage> damage = new ArrayList<>();
        for (Segment segment : ArchiveSet.open(List.of(rec.toString())).segments()) {
            List<Long> own = numbers.computeIfAbsent(segment.manifest().recording(), recording -> new ArrayList<>());
            int before = own.size();
            for (Frame frame : segment.frames()) {
                try (TickReader reader = segment.read(frame, damage::add)) {
                    for (Tick tick = reader.next(); tick != null; tick = reader.next()) {
                        own.add(tick.record().seq());
                    }
                }
            }
            ticks.put(segment.path(), own.size() - before);
        }
        numbers.values().forEach(own -> assertThat(own).as(what).doesNotHaveDuplicates());
        if (sound) {
            numbers.values()
                    .forEach(own -> assertThat(
                                    own.stream().mapToLong(seq -> seq).max().orElse(-1))
                            .as(what)
                            .isEqualTo(own.size() - 1));
        }
        return ticks;
    }
}
