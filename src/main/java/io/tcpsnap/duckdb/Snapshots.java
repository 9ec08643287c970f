package io.tcpsnap.duckdb;

import io.tcpsnap.archive.ArchiveSet;
import io.tcpsnap.archive.Manifest;
import io.tcpsnap.archive.Segment;
import io.tcpsnap.archive.Tick;
import io.tcpsnap.decode.Snapshot;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Numbers the ticks of archives opened together: {@code snapshot_id} is the tick's sequence number in its recording, plus
 * {@value #RECORDING_STEP} for each recording that opens before it. So it is the same in every table, whatever the order
 * of reading, and small where one recording is open.
 */
final class Snapshots {
    static final long RECORDING_STEP = 10_000_000_000L;

    /** What all ticks have from a manifest. */
    private record Host(Manifest manifest, byte[] name, byte[] netns, int kernel) {
        static Host of(Manifest manifest) {
            Snapshot any = Snapshot.of(
                    0,
                    0,
                    manifest.host(),
                    manifest.netns(),
                    manifest.clockTick(),
                    manifest.byteOrder(),
                    manifest.kernel());
            return new Host(manifest, any.host(), any.netns(), any.kernel());
        }
    }

    private final long[] base;
    /** Of each segment's last tick; any thread's. */
    private final AtomicReferenceArray<Host> hosts;

    Snapshots(ArchiveSet archives) {
        base = new long[archives.segments().size()];
        hosts = new AtomicReferenceArray<>(base.length);
        Map<String, Long> recordings = new LinkedHashMap<>();
        for (Segment segment : archives.segments()) {
            Long start = recordings.computeIfAbsent(
                    segment.manifest().recording(), recording -> recordings.size() * RECORDING_STEP);
            base[segment.index()] = start;
        }
    }

    /** What is added to the sequence numbers of a segment's ticks. */
    long base(Segment segment) {
        return base[segment.index()];
    }

    Snapshot of(Tick tick) {
        Host host = hosts.get(tick.segment());
        if (host == null || !host.manifest.equals(tick.manifest())) {
            host = Host.of(tick.manifest());
            hosts.set(tick.segment(), host);
        }
        return new Snapshot(
                base[tick.segment()] + tick.record().seq(),
                Math.floorDiv(tick.record().realtimeNanos(), 1000L),
                host.name,
                host.netns,
                tick.manifest().clockTick(),
                tick.manifest().byteOrder(),
                host.kernel);
    }
}
