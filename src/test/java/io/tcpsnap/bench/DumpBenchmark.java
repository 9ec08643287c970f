package io.tcpsnap.bench;

import io.tcpsnap.decode.InetDiagDump;
import io.tcpsnap.decode.ProblemSink;
import io.tcpsnap.kernel.InetDiag;
import io.tcpsnap.kernel.Netlink;
import io.tcpsnap.table.Rows;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
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
 * The messages of one tick's sock_diag dump, all attributes found and ten fields of tcp_info read; the baseline walks the
 * same bytes with a ByteBuffer and copies each attribute into a map, as general netlink libraries do.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DumpBenchmark {
    private static final int[] FIELDS = {24, 44, 68, 72, 80, 100, 136, 140, 144, 228};

    @Param("1000")
    private int sockets;

    private final InetDiagDump decoder = new InetDiagDump(ProblemSink.NONE);
    private byte[] dump;

    @Setup
    public void setup() {
        dump = new Replay(sockets).dump(1);
    }

    @Benchmark
    public void decode(Blackhole sink) {
        decoder.reset(Rows.snapshot(ByteOrder.LITTLE_ENDIAN), "sock_diag/tcp", dump, dump.length);
        while (decoder.next()) {
            sink.consume(decoder.inode());
            for (int offset : FIELDS) {
                if (decoder.has(InetDiag.ATTR_INFO, offset + 4)) {
                    sink.consume(decoder.field(InetDiag.ATTR_INFO, offset, 4));
                }
            }
        }
    }

    @Benchmark
    public void baselineAttributeMap(Blackhole sink) {
        ByteBuffer bytes = ByteBuffer.wrap(dump).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; bytes.getShort(at + 4) != Netlink.NLMSG_DONE; at += Netlink.align(bytes.getInt(at))) {
            int message = at + Netlink.NLMSG_HDRLEN;
            sink.consume(bytes.getInt(message + InetDiag.INODE));
            ByteBuffer info = attributes(bytes, message, at + bytes.getInt(at)).get(InetDiag.ATTR_INFO);
            for (int offset : FIELDS) {
                if (info != null && offset + 4 <= info.capacity()) {
                    sink.consume(info.getInt(offset) & 0xffffffffL);
                }
            }
        }
    }

    private static Map<Integer, ByteBuffer> attributes(ByteBuffer bytes, int message, int end) {
        Map<Integer, ByteBuffer> attributes = new HashMap<>();
        for (int at = message + InetDiag.MSG_LENGTH; at < end; at += Netlink.align(bytes.getShort(at))) {
            byte[] content = new byte[bytes.getShort(at) - Netlink.NLA_HDRLEN];
            bytes.get(at + Netlink.NLA_HDRLEN, content);
            attributes.put(
                    (int) bytes.getShort(at + 2), ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN));
        }
        return attributes;
    }
}
