package io.tcpsnap.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParallelReadTest {
    private static final int SIZE = 30_000;

    @TempDir
    private Path folder;

    @Test
    void framesReadByManyThreadsAtOnceAreTheSameAsOneByOne() throws Exception {
        Path file = Frames.file(folder, 12, 8, SIZE, true);
        Segment segment = ArchiveSet.open(List.of(file.toString())).segments().get(0);
        assertThat(segment.frames()).hasSize(12);
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Callable<List<Integer>>> work = new ArrayList<>();
            for (int round = 0; round < 3; round++) {
                segment.frames().forEach(frame -> work.add(() -> read(segment, frame)));
            }
            List<Integer> seen = new ArrayList<>();
            for (Future<List<Integer>> done : threads.invokeAll(work)) {
                seen.addAll(done.get());
            }
            List<Integer> once = IntStream.range(0, 96).boxed().toList();
            List<Integer> expected = new ArrayList<>(once);
            expected.addAll(once);
            expected.addAll(once);
            assertThat(seen).isEqualTo(expected);
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<Integer> read(Segment segment, Frame frame) throws IOException {
        List<Integer> seen = new ArrayList<>();
        try (TickReader reader = segment.read(frame, place -> {
            throw new AssertionError(place);
        })) {
            for (Tick tick = reader.next(); tick != null; tick = reader.next()) {
                seen.add(Recordings.check(tick, SIZE));
            }
        }
        return seen;
    }
}
