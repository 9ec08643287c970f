package io.tcpsnap.table;

import static io.tcpsnap.table.SqlType.BIGINT;
import static io.tcpsnap.table.SqlType.INTEGER;
import static io.tcpsnap.table.SqlType.TIMESTAMP;

import io.tcpsnap.archive.Manifest;
import io.tcpsnap.archive.SegmentSummary;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/** {@code recording}: a loaded segment, from its manifest and its ticks. */
public final class RecordingTable {
    public static final Table<SegmentSummary> TABLE =
            new Table<>("recording", "A segment file of a recording: host, kernel, span and size.", columns());

    private RecordingTable() {}

    private static List<Column<SegmentSummary>> columns() {
        return List.of(
                Column.<SegmentSummary>number(
                                "segment", INTEGER, s -> s.segment().index())
                        .doc("Number of the segment among the opened ones, from 0, in order of time."),
                text("file", s -> s.segment().path().toString()).doc("The file or folder."),
                manifest("recording", Manifest::recording)
                        .doc("Identifies one run of the recorder; its segments have the same."),
                manifest("host", Manifest::host)
                        .kernel("/proc/sys/kernel/hostname")
                        .doc("Name of the recorded host."),
                manifest("netns", Manifest::netns)
                        .kernel("readlink /proc/self/ns/net")
                        .doc("Network namespace of the recorder."),
                manifest("kernel", Manifest::kernel)
                        .kernel("/proc/sys/kernel/osrelease")
                        .doc("Release of the kernel."),
                manifest("kernel_version", Manifest::kernelVersion)
                        .kernel("/proc/sys/kernel/version")
                        .doc("Build of the kernel."),
                manifest("machine", Manifest::machine)
                        .kernel("uname(2) machine")
                        .doc("Hardware name, as x86_64."),
                manifest("byte_order", m -> order(m.byteOrder())).doc("Byte order of the host: little or big."),
                manifest("byte_order_from", Manifest::byteOrderFrom)
                        .doc("How an import knows the byte order: given or deduced. NULL where a recorder knew it."),
                Column.<SegmentSummary>number(
                                "clk_tck", INTEGER, s -> s.segment().manifest().clockTick())
                        .unit("1/s")
                        .kernel("sysconf(_SC_CLK_TCK), USER_HZ")
                        .nullWhen(0, "not recorded")
                        .doc("Unit of tm->when, rto and ato in /proc/net/tcp: ticks in a second."),
                manifest("boot_id", Manifest::bootId)
                        .kernel("/proc/sys/kernel/random/boot_id")
                        .doc("Boot of the host: cookies and inodes are unique within it."),
                Column.<SegmentSummary>number(
                                "interval_ms",
                                BIGINT,
                                s -> s.segment().manifest().intervalNanos() / 1_000_000)
                        .unit("ms")
                        .nullWhen(0, "a single tick, or not recorded")
                        .doc("Distance of ticks that was asked for."),
                Column.<SegmentSummary>number("first_ts", TIMESTAMP, s -> s.first() / 1000)
                        .absentWhen(s -> s.ticks() == 0, "no sound tick")
                        .doc("Time of the first tick, UTC."),
                Column.<SegmentSummary>number("last_ts", TIMESTAMP, s -> s.last() / 1000)
                        .absentWhen(s -> s.ticks() == 0, "no sound tick")
                        .doc("Time of the last tick, UTC."),
                Column.<SegmentSummary>number("ticks", BIGINT, SegmentSummary::ticks)
                        .doc("Sound ticks."),
                Column.<SegmentSummary>number("missed", BIGINT, SegmentSummary::missed)
                        .doc("Scheduled ticks that were not taken."),
                Column.<SegmentSummary>number("bytes", BIGINT, s -> s.segment().size())
                        .unit("bytes")
                        .doc("Size on disk."),
                Column.<SegmentSummary>number("content_bytes", BIGINT, SegmentSummary::content)
                        .unit("bytes")
                        .doc("Size of the copies in it, uncompressed."),
                Column.<SegmentSummary>flag("closed", s -> s.segment().closed())
                        .doc("Whether the recorder ended the file; false after a kill or while it still records."),
                Column.<SegmentSummary>number("damage", BIGINT, s -> s.damage().size())
                        .doc("Places that are not sound; the problem table and tcpsnap verify name them."),
                manifest("tool", Manifest::tool).doc("Program and version that wrote the segment."));
    }

    private static Column<SegmentSummary> text(String name, Function<SegmentSummary, String> value) {
        return Column.text(name, s -> utf8(value.apply(s)));
    }

    private static Column<SegmentSummary> manifest(String name, Function<Manifest, String> value) {
        return text(name, s -> value.apply(s.segment().manifest()));
    }

    private static String order(ByteOrder order) {
        if (order == null) {
            return null;
        }
        return order == ByteOrder.LITTLE_ENDIAN ? "little" : "big";
    }

    private static byte[] utf8(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
