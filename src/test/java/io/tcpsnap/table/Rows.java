package io.tcpsnap.table;

import io.tcpsnap.archive.Entry;
import io.tcpsnap.archive.Manifest;
import io.tcpsnap.archive.SourceRecord;
import io.tcpsnap.archive.Tick;
import io.tcpsnap.archive.TickRecord;
import io.tcpsnap.decode.Problem;
import io.tcpsnap.decode.Snapshot;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows of tables as maps from column to value, read through the declarations. */
public final class Rows {
    private Rows() {}

    /** A tick of these copies, by path. */
    public static Tick tick(Map<String, byte[]> copies, ByteOrder order) {
        return tick(copies, order, "6.18");
    }

    /** The same of another kernel. */
    public static Tick tick(Map<String, byte[]> copies, ByteOrder order, String kernel) {
        Manifest manifest =
                new Manifest(1, "test", "r", "host", kernel, "", "x86_64", order, 100, "", "net:[1]", 0, List.of());
        List<Entry> entries = new ArrayList<>();
        List<SourceRecord> sources = new ArrayList<>();
        copies.forEach((path, bytes) -> {
            entries.add(new Entry(path, bytes, bytes.length));
            sources.add(new SourceRecord(path, 0, 1000, bytes.length, -1, null));
        });
        return new Tick(
                manifest,
                new TickRecord(7, 5_000_000_000L, 1, 2, 3000, 4000, 0, 1_000_000_000L, sources),
                "t",
                0,
                entries);
    }

    public static Snapshot snapshot(ByteOrder order) {
        return snapshot(order, null);
    }

    private static Snapshot snapshot(ByteOrder order, String kernel) {
        return Snapshot.of(7, 5_000_000L, "host", "net:[1]", 100, order, kernel);
    }

    /** The rows of the table with this name; what does not decode goes to {@code problems}. */
    public static List<Map<String, Object>> of(String table, Tick tick, List<Problem> problems) {
        for (TickTable<?> one : Tables.all()) {
            if (one.table().name().equals(table)) {
                return rows(one, tick, problems);
            }
        }
        throw new IllegalArgumentException(table);
    }

    private static <R> List<Map<String, Object>> rows(TickTable<R> table, Tick tick, List<Problem> problems) {
        TickRows<R> source = table.rows().apply(problems::add);
        source.begin(tick, snapshot(tick.manifest().byteOrder(), tick.manifest().kernel()));
        List<Map<String, Object>> rows = new ArrayList<>();
        for (R row = source.next(); row != null; row = source.next()) {
            Map<String, Object> values = new LinkedHashMap<>();
            for (Column<R> column : table.table().columns()) {
                ColumnVector vector = new ColumnVector(column.type(), 1);
                column.read(row, vector, 0);
                values.put(column.name(), value(column.type(), vector));
            }
            rows.add(values);
        }
        return rows;
    }

    private static Object value(SqlType type, ColumnVector vector) {
        if (!vector.present[0]) {
            return null;
        }
        if (type.isText()) {
            return new String(vector.texts[0], StandardCharsets.UTF_8);
        }
        if (type.isEnum()) {
            return type.labels().get((int) vector.longs[0]);
        }
        if (type.equals(SqlType.BOOLEAN)) {
            return vector.longs[0] != 0;
        }
        if (type.equals(SqlType.UBIGINT)) {
            return new BigInteger(Long.toUnsignedString(vector.longs[0]));
        }
        return vector.longs[0];
    }
}
