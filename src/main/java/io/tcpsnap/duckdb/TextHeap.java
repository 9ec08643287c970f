package io.tcpsnap.duckdb;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Texts that many rows have, each once in memory of DuckDB's, so that cells can point to it. What is here stays for good:
 * rows may be on their way when a scan ends. Through private functions of the driver, as {@link VectorMemory}.
 */
final class TextHeap {
    private static final int VARCHAR = 17;
    /** Rows of a vector. */
    private static final int VECTOR = 2048;

    /** Some 30 MB; what comes later is copied for each row. */
    private static final int MOST = 1 << 18;

    private static final MethodHandle CREATE_TYPE = bound("duckdb_create_logical_type", ByteBuffer.class, int.class);
    private static final MethodHandle CREATE_VECTOR = bound("duckdb_create_vector", ByteBuffer.class, ByteBuffer.class);
    private static final MethodHandle DATA =
            bound("duckdb_vector_get_data", ByteBuffer.class, ByteBuffer.class, long.class);
    private static final MethodHandle ASSIGN =
            bound("duckdb_vector_assign_string_element_len", void.class, ByteBuffer.class, long.class, byte[].class);

    /** That of the process: its vectors are never freed. */
    static final TextHeap SHARED = new TextHeap();

    private final Map<ByteBuffer, Long> addresses = new HashMap<>();
    /** Keeps what the driver's buffers need. */
    private final List<ByteBuffer> vectors = new ArrayList<>();

    private ByteBuffer vector;
    private ByteBuffer cells;
    private int used = VECTOR;

    private static MethodHandle bound(String function, Class<?> result, Class<?>... parameters) {
        try {
            Class<?> bindings = Class.forName("org.duckdb.DuckDBBindings");
            return MethodHandles.privateLookupIn(bindings, MethodHandles.lookup())
                    .findStatic(bindings, function, MethodType.methodType(result, parameters));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("another version of the DuckDB driver than this program was built for", e);
        }
    }

    /** Where an ASCII text of more than twelve bytes is; 0 where there is no room for more. The array may change later. */
    synchronized long address(byte[] text) {
        Long known = addresses.get(ByteBuffer.wrap(text));
        if (known != null) {
            return known;
        }
        if (addresses.size() >= MOST) {
            return 0;
        }
        long address = put(text);
        addresses.put(ByteBuffer.wrap(text.clone()), address);
        return address;
    }

    private long put(byte[] text) {
        try {
            if (used == VECTOR) {
                ByteBuffer type = (ByteBuffer) CREATE_TYPE.invokeExact(VARCHAR);
                vector = (ByteBuffer) CREATE_VECTOR.invokeExact(type);
                cells = ((ByteBuffer) DATA.invokeExact(vector, (long) VECTOR * TextCells.WIDTH))
                        .order(ByteOrder.nativeOrder());
                vectors.add(vector);
                used = 0;
            }
            ASSIGN.invokeExact(vector, (long) used, text);
            return cells.getLong(TextCells.WIDTH * used++ + TextCells.POINTER);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e); // they declare nothing
        }
    }
}
