package io.tcpsnap.bench;

import com.github.luben.zstd.ZstdInputStream;
import io.tcpsnap.archive.ArchiveSet;
import io.tcpsnap.archive.Frame;
import io.tcpsnap.archive.Segment;
import io.tcpsnap.archive.TickReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

/** One frame of 60 ticks, each checked against its CRCs; the baseline unpacks the same file and looks at nothing. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ArchiveReadBenchmark {
    @Param("1000")
    private int sockets;

    private final byte[] buffer = new byte[1 << 17];
    private Path folder;
    private String file;

    @Setup
    public void setup() throws IOException {
        folder = Files.createTempDirectory("tcpsnap-bench");
        file = ReplayArchive.write(folder, new Replay(sockets), ReplayArchive.FRAME_TICKS)
                .get(0);
    }

    @TearDown
    public void tearDown() throws IOException {
        ReplayArchive.delete(folder);
    }

    @Benchmark
    public void ticks(Blackhole sink) throws IOException {
        for (Segment segment : ArchiveSet.open(List.of(file)).segments()) {
            for (Frame frame : segment.frames()) {
                try (TickReader ticks = segment.read(frame, damage -> {})) {
                    for (Object tick = ticks.next(); tick != null; tick = ticks.next()) {
                        sink.consume(tick);
                    }
                }
            }
        }
    }

    @Benchmark
    public void baselineDrainZstd(Blackhole sink) throws IOException {
        try (InputStream in = new ZstdInputStream(new BufferedInputStream(Files.newInputStream(Path.of(file))))) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sink.consume(n);
            }
        }
    }
}
