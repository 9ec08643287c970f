package io.tcpsnap.table;

import static io.tcpsnap.table.SqlType.BIGINT;

import io.tcpsnap.archive.SourceRecord;
import io.tcpsnap.archive.Tick;
import io.tcpsnap.archive.TickPath;
import io.tcpsnap.archive.TickRecord;
import io.tcpsnap.decode.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.ToLongFunction;

/** {@code snapshot} and {@code snapshot_source}: ticks and how they were taken, from tick.json. */
final class SnapshotTable {
    private static final long UNKNOWN = -1;
    private static final String NOT_SAID = "the archive does not say";

    static final TickTable<TickRow> SNAPSHOT = new TickTable<>(
            new Table<>("snapshot", "A tick: one copy of all sources, and its clocks.", snapshot()),
            problems -> new Rows(false));

    static final TickTable<TickRow> SOURCE = new TickTable<>(
            new Table<>("snapshot_source", "How one source of a tick was taken.", source()),
            problems -> new Rows(true));

    private SnapshotTable() {}

    private static List<Column<TickRow>> snapshot() {
        List<Column<TickRow>> columns = new ArrayList<>(TickColumns.of(TickRow::snapshot));
        columns.add(Column.<TickRow>number(
                        "segment", SqlType.INTEGER, row -> row.tick().segment())
                .doc("The segment that holds it, as in the table recording."));
        columns.add(record("seq", TickRecord::seq).doc("Number of the tick in its recording, from 0."));
        columns.add(record("realtime_ns", TickRecord::realtimeNanos)
                .unit("ns")
                .kernel("clock_gettime(CLOCK_REALTIME)")
                .doc("Wall clock at the start of the tick, since the epoch; it may step."));
        columns.add(record("monotonic_ns", TickRecord::monotonicNanos)
                .unit("ns")
                .kernel("clock_gettime(CLOCK_MONOTONIC)")
                .doc("Clock that never steps: rates divide by its differences."));
        columns.add(record("boottime_ns", TickRecord::boottimeNanos)
                .unit("ns")
                .kernel("clock_gettime(CLOCK_BOOTTIME)")
                .doc("As monotonic_ns, and goes on while the machine is suspended."));
        columns.add(micros("duration_us", row -> row.tick().record().durationNanos())
                .doc("How long the copying took."));
        columns.add(micros("cpu_us", row -> row.tick().record().cpuNanos())
                .doc("CPU time that the recorder used since the tick before."));
        columns.add(record("missed", TickRecord::missed)
                .doc("Scheduled ticks between the one before and this one that were not taken."));
        columns.add(
                micros("interval_us", row -> row.tick().record().intervalNanos())
                        .doc(
                                "Distance of ticks that the recorder kept to then: longer than asked for where its CPU budget is short."));
        columns.add(Column.<TickRow>number(
                        "sources", BIGINT, row -> row.tick().entries().size())
                .doc("Copies in the tick."));
        columns.add(Column.<TickRow>number(
                        "bytes",
                        BIGINT,
                        row -> row.tick().entries().stream()
                                .mapToLong(entry -> entry.length())
                                .sum())
                .unit("bytes")
                .doc("Size of the copies, uncompressed."));
        return columns;
    }

    private static List<Column<TickRow>> source() {
        List<Column<TickRow>> columns = new ArrayList<>(TickColumns.of(TickRow::snapshot));
        columns.add(
                Column.<TickRow>text(
                                "source",
                                row -> utf8(TickPath.of(row.source().path()).source()))
                        .doc(
                                "Path of the copy in the tick, as proc/net/tcp; below netns/NAME/ for another network namespace."));
        columns.add(micros("offset_us", row -> row.source().offsetNanos())
                .doc("Start of the copying, counted from the time of the tick."));
        columns.add(micros("duration_us", row -> row.source().durationNanos()).doc("How long the copying took."));
        columns.add(Column.<TickRow>number("bytes", BIGINT, row -> row.source().length())
                .unit("bytes")
                .nullWhen(UNKNOWN, NOT_SAID)
                .doc("Size of the copy."));
        columns.add(Column.<TickRow>text("error", row -> utf8(row.source().error()))
                .absentWhen(row -> row.source().error() == null, "the source was read")
                .doc("Why the source could not be read, as ENOENT."));
        return columns;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Column<TickRow> record(String name, ToLongFunction<TickRecord> value) {
        return Column.<TickRow>number(
                        name, BIGINT, row -> value.applyAsLong(row.tick().record()))
                .nullWhen(UNKNOWN, NOT_SAID);
    }

    private static Column<TickRow> micros(String name, ToLongFunction<TickRow> nanos) {
        return Column.<TickRow>number(name, BIGINT, row -> nanos.applyAsLong(row) / 1000)
                .unit("us")
                .absentWhen(row -> nanos.applyAsLong(row) == UNKNOWN, NOT_SAID);
    }

    /** The tick itself, or each of its sources. */
    private static final class Rows implements TickRows<TickRow> {
        private final boolean bySource;
        private Iterator<TickRow> rows = List.<TickRow>of().iterator();

        Rows(boolean bySource) {
            this.bySource = bySource;
        }

        @Override
        public void begin(Tick tick, Snapshot snapshot) {
            List<SourceRecord> sources = tick.record().sources();
            rows = bySource
                    ? sources.stream()
                            .map(source -> new TickRow(
                                    tick, snapshot.in(TickPath.of(source.path()).netns()), source))
                            .iterator()
                    : List.of(new TickRow(tick, snapshot, null)).iterator();
        }

        @Override
        public TickRow next() {
            return rows.hasNext() ? rows.next() : null;
        }
    }
}
