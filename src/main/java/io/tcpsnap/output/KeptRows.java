package io.tcpsnap.output;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The first rows of a result as text, in bounded memory: at most {@value #ROWS} rows and 32 MiB. They are taken while the
 * result is printed, so that it can be shown, exported and drawn again without running the statement again.
 */
public final class KeptRows implements Result.Watcher {
    public static final int ROWS = 100_000;
    private static final int BYTES = 32 << 20;
    private static final int NULL = -1;

    private final List<String> names;
    private final List<String> types;
    private final List<byte[]> rows = new ArrayList<>();
    private ByteBuffer row = ByteBuffer.allocate(1024);
    private long bytes;
    private boolean full;

    public KeptRows(Result result) {
        names = result.distinctNames();
        List<String> typeNames = new ArrayList<>();
        for (int i = 0; i < result.count(); i++) {
            typeNames.add(result.typeName(i));
        }
        types = List.copyOf(typeNames);
    }

    @Override
    public void row(Result result) throws SQLException {
        if (full) {
            return;
        }
        row.clear();
        for (int i = 0; i < names.size(); i++) {
            put(result.text(i));
        }
        if (rows.size() == ROWS || bytes + row.position() > BYTES) {
            full = true;
            return;
        }
        rows.add(Arrays.copyOf(row.array(), row.position()));
        bytes += row.position();
    }

    private void put(String text) {
        byte[] value = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        if (row.remaining() < value.length + Integer.BYTES) {
            int size = 2 * (row.position() + value.length + Integer.BYTES);
            row = ByteBuffer.allocate(size).put(row.array(), 0, row.position());
        }
        row.putInt(text == null ? NULL : value.length).put(value);
    }

    /** The columns' names, each different from the others. */
    public List<String> names() {
        return names;
    }

    /** The columns' types as SQL. */
    public List<String> types() {
        return types;
    }

    public int count() {
        return rows.size();
    }

    /** Whether the result had more rows than are kept. */
    public boolean full() {
        return full;
    }

    /** The values of a row, from 0; null for NULL. */
    public String[] row(int index) {
        ByteBuffer packed = ByteBuffer.wrap(rows.get(index));
        String[] values = new String[names.size()];
        for (int i = 0; i < values.length; i++) {
            int length = packed.getInt();
            if (length != NULL) {
                values[i] = new String(packed.array(), packed.position(), length, StandardCharsets.UTF_8);
                packed.position(packed.position() + length);
            }
        }
        return values;
    }
}
