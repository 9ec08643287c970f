package io.tcpsnap.duckdb;

import io.tcpsnap.decode.ProblemSink;
import io.tcpsnap.table.RecordingTable;
import io.tcpsnap.table.Table;
import io.tcpsnap.table.Tables;
import io.tcpsnap.table.TickTable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A table and how its rows come out of a {@link Scan}.
 *
 * @param cursor makes one thread's row source
 */
record ScanTable<R>(Table<R> declaration, Function<Scan, RowCursor<R>> cursor) {
    private static final String RECORDING = "recording";

    /** Every table that archives have, in the order of the reference. */
    static final List<String> NAMES =
            Stream.concat(Stream.of(RECORDING), Tables.names().stream()).toList();

    private static final Map<String, ScanTable<?>> MADE = new ConcurrentHashMap<>();

    /** The table with one of {@link #NAMES}. */
    static ScanTable<?> of(String name) {
        return MADE.computeIfAbsent(
                name,
                n -> n.equals(RECORDING)
                        ? new ScanTable<>(RecordingTable.TABLE, SegmentCursor::new)
                        : of(Tables.of(n)));
    }

    /** In the order of {@link #NAMES}. */
    static Stream<ScanTable<?>> all() {
        return NAMES.stream().map(ScanTable::of);
    }

    private static <R> ScanTable<R> of(TickTable<R> table) {
        return new ScanTable<>(
                table.table(), scan -> new TickCursor<>(scan, table.rows().apply(ProblemSink.NONE)));
    }

    /** Whether its rows are of ticks, so that a window of time can be asked for. */
    boolean isTimed() {
        return isTimed(declaration);
    }

    static boolean isTimed(Table<?> table) {
        return table.columns().stream().anyMatch(column -> column.name().equals("ts"));
    }

    String name() {
        return declaration.name();
    }
}
