package io.tcpsnap.duckdb;

import io.tcpsnap.table.ColumnVector;
import io.tcpsnap.table.SqlType;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBWritableVector;

/** How values of one SQL type travel into DuckDB: as which type of vector, and the loop that fills it. */
enum VectorWriter {
    BOOLEAN(DuckDBColumnType.BOOLEAN) {
        @Override
        void set(DuckDBWritableVector out, int row, long value) {
            out.setBoolean(row, value != 0);
        }
    },
    UTINYINT(DuckDBColumnType.UTINYINT) {
        @Override
        void set(DuckDBWritableVector out, int row, long value) {
            out.setUint8(row, (int) value);
        }
    },
    USMALLINT(DuckDBColumnType.USMALLINT) {
        @Override
        void set(DuckDBWritableVector out, int row, long value) {
            out.setUint16(row, (int) value);
        }
    },
    INTEGER(DuckDBColumnType.INTEGER) {
        @Override
        void set(DuckDBWritableVector out, int row, long value) {
            out.setInt(row, (int) value);
        }
    },
    UINTEGER(DuckDBColumnType.UINTEGER) {
        @Override
        void set(DuckDBWritableVector out, int row, long value) {
            out.setUint32(row, value);
        }
    },
    BIGINT(DuckDBColumnType.BIGINT) {
        @Override
        void set(DuckDBWritableVector out, int row, long value) {
            out.setLong(row, value);
        }
    },
    UBIGINT(DuckDBColumnType.UBIGINT) {
        @Override
        void set(DuckDBWritableVector out, int row, long value) {
            out.setUint64(row, unsigned(value));
        }
    },
    DOUBLE(DuckDBColumnType.DOUBLE) {
        @Override
        void set(DuckDBWritableVector out, int row, long value) {
            out.setDouble(row, Double.longBitsToDouble(value));
        }
    },
    VARCHAR(DuckDBColumnType.VARCHAR) {
        @Override
        void write(ColumnVector in, int rows, DuckDBWritableVector out) {
            texts(in.texts, rows, out);
        }
    },
    /** As hexadecimal text: vectors written from Java cannot be blobs. */
    BLOB(DuckDBColumnType.VARCHAR) {
        @Override
        void write(ColumnVector in, int rows, DuckDBWritableVector out) {
            byte[][] hex = new byte[rows][];
            for (int row = 0; row < rows; row++) {
                if (in.present[row]) {
                    hex[row] = HexFormat.of().formatHex(in.texts[row]).getBytes(StandardCharsets.US_ASCII);
                }
            }
            texts(hex, rows, out);
        }
    };

    private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);

    final DuckDBColumnType type;

    VectorWriter(DuckDBColumnType type) {
        this.type = type;
    }

    static VectorWriter of(SqlType type) {
        if (type.isEnum()) {
            return UTINYINT;
        }
        return type.equals(SqlType.TIMESTAMP) ? BIGINT : valueOf(type.name());
    }

    void set(DuckDBWritableVector out, int row, long value) {
        throw new UnsupportedOperationException(name());
    }

    /** Writes the first {@code rows} values. */
    void write(ColumnVector in, int rows, DuckDBWritableVector out) {
        for (int row = 0; row < rows; row++) {
            if (in.present[row]) {
                set(out, row, in.longs[row]);
            } else {
                out.setNull(row);
            }
        }
    }

    private static void texts(byte[][] texts, int rows, DuckDBWritableVector out) {
        byte[][] batch = texts.length == rows ? texts : java.util.Arrays.copyOf(texts, rows);
        out.setStringUtf8Batch(0, batch);
    }

    private static BigInteger unsigned(long value) {
        BigInteger signed = BigInteger.valueOf(value);
        return value < 0 ? signed.add(TWO_TO_64) : signed;
    }
}
