package io.tcpsnap.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcpsnap.Allocation;
import io.tcpsnap.archive.ArchiveSet;
import io.tcpsnap.archive.Damage;
import io.tcpsnap.archive.Frame;
import io.tcpsnap.archive.Manifest;
import io.tcpsnap.archive.Segment;
import io.tcpsnap.archive.Tick;
import io.tcpsnap.archive.TickReader;
import io.tcpsnap.decode.Problem;
import io.tcpsnap.decode.Snapshot;
import io.tcpsnap.table.Column;
import io.tcpsnap.table.ColumnVector;
import io.tcpsnap.table.SqlType;
import io.tcpsnap.table.Tables;
import io.tcpsnap.table.TickRows;
import io.tcpsnap.table.TickTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is promised of any bytes. */
final class Contract {
    /** Garbage is dear: two bytes may be a line with a problem of its own. */
    private static final long PER_BYTE = 1000;

    /** What the decoders of all tables allocate for no bytes at all. */
    private static final long BUFFERS = 4 << 20;

    private Contract() {}

    /** Every tick of an archive through every table; returns the damage. */
    static List<Damage> read(Path archive) throws IOException {
        List<Damage> damage = new ArrayList<>();
        for (Segment segment : ArchiveSet.open(List.of(archive.toString())).segments()) {
            for (Frame frame : segment.frames()) {
                try (TickReader reader = segment.read(frame, damage::add)) {
                    for (Tick tick = reader.next(); tick != null; tick = reader.next()) {
                        decode(tick);
                    }
                }
            }
        }
        damage.forEach(place -> assertThat(place.reason()).doesNotContain("\n"));
        return damage;
    }

    /** Every row and every column of every table. */
    static void decode(Tick tick) throws IOException {
        decode(tick, Tables.all());
    }

    /** The same of some tables. */
    static void decode(Tick tick, List<TickTable<?>> tables) throws IOException {
        Manifest manifest = tick.manifest();
        Snapshot snapshot = Snapshot.of(
                tick.record().seq(),
                0,
                manifest.host(),
                manifest.netns(),
                manifest.clockTick(),
                manifest.byteOrder(),
                manifest.kernel());
        long length = tick.entries().stream().mapToLong(entry -> entry.length()).sum();
        List<Problem> problems = new ArrayList<>();
        Allocation.assertAtMost(BUFFERS + PER_BYTE * length, () -> {
            problems.clear();
            for (TickTable<?> table : tables) {
                rows(table, tick, snapshot, length + tick.record().sources().size() + 1, problems);
            }
        });
        for (Problem problem : problems) {
            assertBytesAreThere(problem, tick);
        }
    }

    private static <R> void rows(TickTable<R> table, Tick tick, Snapshot snapshot, long most, List<Problem> problems)
            throws IOException {
        TickRows<R> rows = table.rows().apply(problems::add);
        rows.begin(tick, snapshot);
        List<Column<R>> columns = table.table().columns();
        Map<SqlType, ColumnVector> cells = new HashMap<>();
        long count = 0;
        for (R row = rows.next(); row != null; row = rows.next()) {
            assertThat(++count).as("rows of %s", table.table().name()).isLessThanOrEqualTo(most);
            for (Column<R> column : columns) {
                ColumnVector cell = cells.computeIfAbsent(column.type(), type -> new ColumnVector(type, 1));
                cell.clear(1);
                column.read(row, cell, 0);
                if (cell.present[0]) {
                    check(column, cell);
                }
            }
        }
    }

    /** What DuckDB would throw at: text that is no UTF-8, and a label that there is not. */
    private static void check(Column<?> column, ColumnVector cell) throws CharacterCodingException {
        if (column.type().equals(SqlType.VARCHAR)) {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(cell.texts[0]));
        } else if (column.type().isEnum()) {
            column.type().labels().get((int) cell.longs[0]);
        }
    }

    private static void assertBytesAreThere(Problem problem, Tick tick) {
        if (problem.bytes() == null) {
            return; // a source that the recorder could not read
        }
        assertThat(problem.reason()).doesNotContain("\n");
        byte[] bytes = tick.entry(problem.source()).bytes();
        int length = tick.entry(problem.source()).length();
        int from = (int) problem.offset();
        assertThat(problem.bytes().length).isLessThanOrEqualTo(Problem.MAX_BYTES);
        assertThat(problem.offset()).isBetween(0L, (long) length - problem.bytes().length);
        assertThat(Arrays.mismatch(
                        problem.bytes(), 0, problem.bytes().length, bytes, from, from + problem.bytes().length))
                .isEqualTo(-1);
    }
}
