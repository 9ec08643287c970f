package io.tcpsnap.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcpsnap.capture.NamespaceChoice;
import io.tcpsnap.capture.Pacing;
import io.tcpsnap.capture.Recorder;
import io.tcpsnap.capture.SourcePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording of this kernel, cut at any byte: all that was written before is there, and that the end is not, is said. */
class CutTest {
    private static final int TICKS = 150;
    private static final int CUTS = 1000;

    @TempDir
    private static Path folder;

    /** Size of the file when tick n was written. */
    private static final List<Long> SIZES = new ArrayList<>();

    private static byte[] recording;
    private static List<String> whole;

    @BeforeAll
    static void record() throws IOException {
        Recorder.Options options = new Recorder.Options(
                folder,
                SourcePlan.byDefault(1_000_000_000L),
                NamespaceChoice.OWN,
                null,
                Pacing.every(10_000_000L),
                Long.MAX_VALUE,
                TICKS,
                "tcpsnap test");
        Recorder recorder = new Recorder(options, new Recorder.Listener() {
            @Override
            public void refused(String source, String reason) {}

            @Override
            public void ticked(Recorder.Progress progress) {
                SIZES.add(progress.bytes());
            }

            @Override
            public void failed(IOException reason) {
                throw new AssertionError(reason);
            }
        });
        recorder.run();
        recording = Files.readAllBytes(recorder.path());
        List<Damage> damage = new ArrayList<>();
        whole = ticks(open(recorder.path()), damage);
        assertThat(whole).hasSize(TICKS);
        assertThat(damage).isEmpty();
    }

    private static Segment open(Path path) throws IOException {
        return ArchiveSet.open(List.of(path.toString())).segments().get(0);
    }

    /** For each tick its number, and path, length and CRC of each copy: the reader has compared them with the bytes. */
    private static List<String> ticks(Segment segment, List<Damage> damage) throws IOException {
        List<String> ticks = new ArrayList<>();
        for (Frame frame : segment.frames()) {
            try (TickReader reader = segment.read(frame, damage::add)) {
                for (Tick tick = reader.next(); tick != null; tick = reader.next()) {
                    assertThat(tick.entries()).isNotEmpty();
                    ticks.add(tick.record().toString());
                }
            }
        }
        return ticks;
    }

    @Test
    void cutAtAnyByteItKeepsEveryTickWrittenBefore() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int begun = beginning();
        for (int i = 0; i < CUTS; i++) {
            int at = begun + random.nextInt(recording.length - begun);
            check(at, "cut at " + at + " of " + recording.length + ", seed " + seed);
        }
    }

    @Test
    void cutWhereATickWasWrittenItKeepsThatTick() throws IOException {
        for (long size : SIZES) {
            check((int) size, "cut behind the tick at " + size);
            check((int) size + 1, "cut behind the tick at " + size + ", and one byte");
        }
    }

    @Test
    void cutBeforeItsSeekTableItIsWhole() throws IOException {
        check(recording.length - SeekTable.bytes(List.of(new long[2])).length, "cut before the seek table");
    }

    private static void check(int at, String what) throws IOException {
        Path cut = Files.write(folder.resolve("cut.tar.zst"), Arrays.copyOf(recording, at));
        List<Damage> damage = new ArrayList<>();
        Segment segment = open(cut);
        List<String> ticks = ticks(segment, damage);
        long written = SIZES.stream().filter(size -> size <= at).count();
        assertThat(ticks).as(what).isEqualTo(whole.subList(0, ticks.size()));
        assertThat((long) ticks.size()).as(what).isBetween(written, Math.min(TICKS, written + 1));
        boolean lacksOnlyTheSeekTable = at == recording.length - SeekTable.bytes(List.of(new long[2])).length;
        assertThat(segment.closed() && damage.isEmpty())
                .as(what + ": taken for whole")
                .isEqualTo(lacksOnlyTheSeekTable);
    }

    /** The manifest is written before the first tick. */
    private static int beginning() throws IOException {
        Path begun = Files.createDirectories(folder.resolve("begun"));
        Manifest manifest =
                open(Files.write(folder.resolve("all.tar.zst"), recording)).manifest();
        try (SegmentWriter writer = SegmentWriter.create(begun, manifest, Recordings.START)) {
            return (int) writer.size();
        }
    }

    @Test
    void cutInItsManifestItIsNoArchive() throws IOException {
        for (int at = 0; at < 100; at++) {
            Path cut = Files.write(folder.resolve("stub.tar.zst"), Arrays.copyOf(recording, at));
            assertThatThrownBy(() -> open(cut))
                    .isInstanceOf(CorruptArchiveException.class)
                    .hasMessageStartingWith(cut + ": ")
                    .hasMessageNotContaining("\n");
        }
    }
}
