package io.tcpsnap.duckdb;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.ByteBuffer;
import org.duckdb.DuckDBWritableVector;

/**
 * The memory of a vector that DuckDB hands out to be filled. The setters of the driver take a lock and check the type for
 * each value, which costs more than decoding it; hence its two private buffers, checked by every test that loads a table.
 *
 * @param vector the driver's access to it
 * @param data the values, zeros at first
 * @param validity a bit for each row, lowest first, all unset at first: a row is NULL until its bit is set
 */
record VectorMemory(DuckDBWritableVector vector, ByteBuffer data, ByteBuffer validity) {
    private static final MethodHandle DATA = getter("data");
    private static final MethodHandle VALIDITY = getter("validity");

    private static MethodHandle getter(String field) {
        try {
            return MethodHandles.privateLookupIn(DuckDBWritableVector.class, MethodHandles.lookup())
                    .findGetter(DuckDBWritableVector.class, field, ByteBuffer.class);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("another version of the DuckDB driver than this program was built for", e);
        }
    }

    static VectorMemory of(DuckDBWritableVector vector) {
        try {
            return new VectorMemory(
                    vector, (ByteBuffer) DATA.invokeExact(vector), (ByteBuffer) VALIDITY.invokeExact(vector));
        } catch (Throwable e) {
            throw new IllegalStateException(e); // a getter throws nothing
        }
    }

    /** Marks the rows that have a value, from row {@code start} on, a multiple of 64; false where none has. */
    boolean validate(boolean[] present, int rows, int start) {
        long any = 0;
        for (int first = 0; first < rows; first += Long.SIZE) {
            long bits = 0;
            for (int row = Math.min(rows, first + Long.SIZE) - 1; row >= first; row--) {
                bits = bits << 1 | (present[row] ? 1 : 0);
            }
            validity.putLong((start + first) / Byte.SIZE, bits);
            any |= bits;
        }
        return any != 0;
    }
}
