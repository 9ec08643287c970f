package io.tcpsnap.duckdb;

import io.tcpsnap.decode.Decoder;
import io.tcpsnap.table.Column;
import io.tcpsnap.table.ColumnVector;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBTableFunctionState;

/** One thread's part of a table function's call: fills chunks with the columns asked for. */
final class ScanWorker<R> implements DuckDBTableFunctionState {
    /** Rows read before they are written into a chunk: few enough for all columns of them to stay in the CPU's cache. */
    private static final int STAGE = 128;

    private final ScanTable<R> table;
    private final TextCells texts = new TextCells();
    private RowCursor<R> rows;
    private List<Column<R>> columns;
    private VectorWriter[] writers;
    private ColumnVector[] vectors;
    private VectorMemory[] memories;

    ScanWorker(ScanTable<R> table) {
        this.table = table;
    }

    /** Fills one chunk; returns the number of rows, 0 at the end. */
    int fill(ScanFunction.State state, DuckDBDataChunkWriter out) throws IOException {
        if (rows == null) {
            start(state);
        }
        for (int k = 0; k < vectors.length; k++) {
            memories[k] = VectorMemory.of(out.vector(k));
        }
        int capacity = (int) out.capacity();
        int size = 0;
        int stage;
        do {
            stage = stage(Math.min(STAGE, capacity - size));
            for (int k = 0; k < vectors.length && stage > 0; k++) {
                writers[k].write(vectors[k], stage, memories[k], size, texts);
            }
            size += stage;
        } while (stage == STAGE && size < capacity);
        return size;
    }

    /** Reads up to {@code most} rows into {@link #vectors}; fewer at the end only. */
    private int stage(int most) throws IOException {
        for (ColumnVector vector : vectors) {
            vector.clear(most);
        }
        int size = 0;
        R row;
        while (size < most && (row = rows.next()) != null) {
            size += read(row, size, most);
        }
        return size;
    }

    /** Reads the row and those that its decoder can read ahead; returns how many. */
    private int read(R row, int size, int most) {
        if (!(row instanceof Decoder decoder)) {
            for (int k = 0; k < vectors.length; k++) {
                columns.get(k).read(row, vectors[k], size);
            }
            return 1;
        }
        int count = decoder.ahead(most - size);
        for (int k = 0; k < vectors.length; k++) {
            columns.get(k).read(row, decoder, count, vectors[k], size);
        }
        return count;
    }

    /** DuckDB shows a worker the shared state with the first chunk only. */
    private void start(ScanFunction.State state) {
        rows = table.cursor().apply(state.scan());
        columns = IntStream.of(state.columns())
                .mapToObj(i -> table.declaration().columns().get(i))
                .toList();
        writers = columns.stream().map(c -> VectorWriter.of(c.type())).toArray(VectorWriter[]::new);
        vectors = columns.stream().map(c -> new ColumnVector(c.type(), STAGE)).toArray(ColumnVector[]::new);
        memories = new VectorMemory[vectors.length];
    }

    @Override
    public void close() throws IOException {
        if (rows != null) {
            rows.close();
        }
    }
}
