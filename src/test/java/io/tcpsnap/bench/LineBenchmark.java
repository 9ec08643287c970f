package io.tcpsnap.bench;

import io.tcpsnap.decode.ProblemSink;
import io.tcpsnap.decode.ProcNetTcp;
import io.tcpsnap.table.Rows;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The lines of one tick of /proc/net/tcp, every word parsed: as the kernel prints them, and quoted as in a mail, which are read
 * word by word; the baseline is how one would write it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class LineBenchmark {
    @Param("1000")
    private int sockets;

    private final ProcNetTcp decoder = new ProcNetTcp(ProblemSink.NONE);
    private byte[] text;
    private byte[] quoted;

    @Setup
    public void setup() {
        text = new Replay(sockets).text(1);
        quoted = new String(text, StandardCharsets.US_ASCII)
                .replaceAll("(?m)^", ">")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Benchmark
    public void decode(Blackhole sink) {
        decode(text, sink);
    }

    @Benchmark
    public void decodeQuoted(Blackhole sink) {
        decode(quoted, sink);
    }

    private void decode(byte[] lines, Blackhole sink) {
        decoder.reset(Rows.snapshot(ByteOrder.LITTLE_ENDIAN), "proc/net/tcp", lines, lines.length);
        while (decoder.next()) {
            sink.consume(decoder.inode());
        }
    }

    @Benchmark
    public void baselineReadLineSplitParse(Blackhole sink) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(new ByteArrayInputStream(text), StandardCharsets.US_ASCII));
        lines.readLine();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.strip().split("[ :]+", -1);
            for (int hex = 1; hex < 11; hex++) {
                sink.consume(Long.parseLong(words[hex], 16));
            }
            for (int decimal = 11; decimal < words.length; decimal++) {
                sink.consume(decimal == 15 ? Long.parseLong(words[15], 16) : Long.parseLong(words[decimal]));
            }
        }
    }
}
