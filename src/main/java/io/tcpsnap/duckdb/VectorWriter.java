package io.tcpsnap.duckdb;

import io.tcpsnap.table.ColumnVector;
import io.tcpsnap.table.SqlType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.duckdb.DuckDBColumnType;

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

    /**
     * Writes the first {@code rows} values; texts by {@code cells}.
     *
     * @param first row of the first of them in the vector, a multiple of 64
     */
    void write(ColumnVector in, int rows, VectorMemory out, int first, TextCells cells) {
        if (!out.validate(in.present, rows, first)) {
            return;
        }
        if (width == 0) {
            byte[][] texts = this == BLOB ? hexadecimal(in.texts, rows) : in.texts;
            cells.write(texts, rows, out, first);
        } else {
            numbers(in.longs, rows, out.data(), first * width);
        }
    }

    /** Writes all, also what stands in rows without a value. */
    private void numbers(long[] values, int rows, ByteBuffer data, int start) {
        long used = 0;
        for (int row = 0; row < rows; row++) {
            used |= values[row];
        }
        if ((used & ~mask) != 0) {
            throw new ScanFailure("a value that does not fit " + this);
        }
        switch (width) { // a loop for each: one with the switch inside is slower
            case 1 -> {
                for (int row = 0; row < rows; row++) {
                    data.put(start + row, (byte) values[row]);
                }
            }
            case 2 -> {
                for (int row = 0; row < rows; row++) {
                    data.putShort(start + 2 * row, (short) values[row]);
                }
            }
            case 4 -> {
                for (int row = 0; row < rows; row++) {
                    data.putInt(start + 4 * row, (int) values[row]);
                }
            }
            default -> {
                for (int row = 0; row < rows; row++) {
                    data.putLong(start + 8 * row, values[row]);
                }
            }
        }
    }

    private static byte[][] hexadecimal(byte[][] blobs, int rows) {
        byte[][] texts = new byte[rows][];
        for (int row = 0; row < rows; row++) {
            if (blobs[row] != null) {
                texts[row] = HexFormat.of().formatHex(blobs[row]).getBytes(StandardCharsets.US_ASCII);
            }
        }
        return texts;
    }
}
