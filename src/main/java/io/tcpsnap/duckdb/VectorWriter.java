package io.tcpsnap.duckdb;

import io.tcpsnap.table.ColumnVector;
import io.tcpsnap.table.SqlType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBWritableVector;

/** How values of one SQL type travel into DuckDB: as which type of vector, and in how many bytes. */
enum VectorWriter {
    BOOLEAN(DuckDBColumnType.BOOLEAN, 1, 1),
    UTINYINT(DuckDBColumnType.UTINYINT, 1, 0xff),
    USMALLINT(DuckDBColumnType.USMALLINT, 2, 0xffff),
    INTEGER(DuckDBColumnType.INTEGER, 4, -1),
    UINTEGER(DuckDBColumnType.UINTEGER, 4, 0xffffffffL),
    BIGINT(DuckDBColumnType.BIGINT, 8, -1),
    UBIGINT(DuckDBColumnType.UBIGINT, 8, -1),
    DOUBLE(DuckDBColumnType.DOUBLE, 8, -1),
    TIMESTAMP(DuckDBColumnType.TIMESTAMP, 8, -1),
    VARCHAR(DuckDBColumnType.VARCHAR, 0, 0),
    /** As hexadecimal text: vectors written from Java cannot be blobs. */
    BLOB(DuckDBColumnType.VARCHAR, 0, 0);

    final DuckDBColumnType type;
    /** Bytes of a number; 0 for text. */
    private final int width;
    /** The bits of a long that a value may have. */
    private final long mask;

    VectorWriter(DuckDBColumnType type, int width, long mask) {
        this.type = type;
        this.width = width;
        this.mask = mask;
    }

    static VectorWriter of(SqlType type) {
        return type.isEnum() ? UTINYINT : valueOf(type.name());
    }

    /** Writes the first {@code rows} values. */
    void write(ColumnVector in, int rows, DuckDBWritableVector out) {
        if (width == 0) {
            byte[][] texts = Arrays.copyOf(in.texts, rows);
            out.setStringUtf8Batch(0, this == BLOB ? hexadecimal(texts) : texts);
            return;
        }
        VectorMemory memory = VectorMemory.of(out);
        numbers(in.longs, rows, memory.data());
        memory.validate(in.present, rows);
    }

    /** Writes all, also what stands in rows without a value. */
    private void numbers(long[] values, int rows, ByteBuffer data) {
        long used = 0;
        for (int row = 0; row < rows; row++) {
            long value = values[row];
            used |= value;
            switch (width) {
                case 1 -> data.put(row, (byte) value);
                case 2 -> data.putShort(2 * row, (short) value);
                case 4 -> data.putInt(4 * row, (int) value);
                default -> data.putLong(8 * row, value);
            }
        }
        if ((used & ~mask) != 0) {
            throw new ScanFailure("a value that does not fit " + this);
        }
    }

    private static byte[][] hexadecimal(byte[][] blobs) {
        byte[][] texts = new byte[blobs.length][];
        for (int row = 0; row < blobs.length; row++) {
            if (blobs[row] != null) {
                texts[row] = HexFormat.of().formatHex(blobs[row]).getBytes(StandardCharsets.US_ASCII);
            }
        }
        return texts;
    }
}
