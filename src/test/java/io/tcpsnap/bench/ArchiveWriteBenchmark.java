package io.tcpsnap.bench;

import com.github.luben.zstd.ZstdOutputStream;
import io.tcpsnap.archive.Recordings;
import io.tcpsnap.archive.SegmentWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A segment of 60 ticks, with tar headers, CRCs, commit marks and flushes; the baseline puts the same bytes through zstd
 * at its default level 3 into a file, flushed after each tick.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ArchiveWriteBenchmark {
    @Param("1000")
    private int sockets;

    private final byte[][] texts = new byte[ReplayArchive.FRAME_TICKS][];
    private final byte[][] dumps = new byte[ReplayArchive.FRAME_TICKS][];
    private Path folder;

    @Setup
    public void setup() throws IOException {
        folder = Files.createTempDirectory("tcpsnap-bench");
        Replay replay = new Replay(sockets);
        for (int tick = 0; tick < texts.length; tick++) {
            texts[tick] = replay.text(tick);
            dumps[tick] = replay.dump(tick).clone();
        }
    }

    @TearDown
    public void tearDown() throws IOException {
        ReplayArchive.delete(folder);
    }

    @Benchmark
    public void segment(Blackhole sink) throws IOException {
        Path path;
        try (SegmentWriter writer = SegmentWriter.create(folder, Recordings.manifest("bench"), Recordings.START)) {
            for (int tick = 0; tick < texts.length; tick++) {
                ReplayArchive.write(writer, tick, texts[tick], dumps[tick]);
            }
            path = writer.path();
        }
        sink.consume(Files.size(path));
        Files.delete(path);
    }

    @Benchmark
    public void baselineZstdFile(Blackhole sink) throws IOException {
        Path path = folder.resolve("plain.zst");
        try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(path))) {
            for (int tick = 0; tick < texts.length; tick++) {
                out.write(texts[tick]);
                out.write(dumps[tick]);
                out.flush();
            }
        }
        sink.consume(Files.size(path));
        Files.delete(path);
    }
}
