package io.tcpsnap.duckdb;

import io.tcpsnap.archive.ArchiveSet;
import io.tcpsnap.table.Column;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;

/**
 * The table function {@code scan_<table>(path)}: rows of one table out of archives, in parallel over their frames, only
 * the columns asked for. Enumerations come as ordinals, blobs as hexadecimal text: the macro {@code read_<table>} makes
 * them what they are.
 */
final class ScanFunction<R> implements DuckDBTableFunction<ArchiveSet, ScanFunction.State, ScanWorker<R>> {
    /** What the threads of one call share. */
    record State(Scan scan, int[] columns) {}

    private final ScanTable<R> table;
    private final Sources sources;

    private ScanFunction(ScanTable<R> table, Sources sources) {
        this.table = table;
        this.sources = sources;
    }

    static <R> void register(Connection connection, ScanTable<R> table, Sources sources) throws SQLException {
        DuckDBFunctions.tableFunction()
                .withName("scan_" + table.name())
                .withParameter(String.class)
                .withProjectionPushdown()
                .withFunction(new ScanFunction<>(table, sources))
                .register(connection);
    }

    @Override
    public ArchiveSet bind(DuckDBTableFunctionBindInfo info) {
        List<Column<R>> columns = table.declaration().columns();
        for (Column<R> column : columns) {
            info.addResultColumn(column.name(), VectorWriter.of(column.type()).type);
        }
        String path = info.getParameter(0).getString();
        try {
            return sources.resolve(path == null ? "" : path);
        } catch (NoSuchFileException e) {
            throw new ScanFailure(e.getFile() + ": no such file or folder");
        } catch (IOException e) {
            throw new ScanFailure(e.getMessage());
        }
    }

    @Override
    public State init(DuckDBTableFunctionInitInfo info) {
        int[] columns = new int[(int) info.getColumnCount()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = (int) info.getColumnIndex(i);
        }
        Scan scan = sources.start(table.name(), info.getBindData());
        info.setMaxThreads(scan.width());
        return new State(scan, columns);
    }

    @Override
    public ScanWorker<R> localInit(DuckDBTableFunctionInitInfo info) {
        return new ScanWorker<>(table);
    }

    @Override
    public long apply(DuckDBTableFunctionCallInfo call, DuckDBDataChunkWriter out) {
        ScanWorker<R> worker = call.getLocalInitData();
        try {
            return worker.fill(call.getInitData(), out);
        } catch (IOException e) {
            throw new ScanFailure(e.getMessage());
        }
    }
}
