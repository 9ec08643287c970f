package io.tcpsnap.duckdb;

import io.tcpsnap.archive.ArchiveSet;
import io.tcpsnap.archive.TimeWindow;
import io.tcpsnap.table.Column;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;
import org.duckdb.DuckDBValue;

/**
 * The table function {@code scan_<table>(path, since, until)}: rows of one table out of archives, in parallel over their
 * frames, only the columns asked for, and of the ticks from {@code since} on and before {@code until} where these are not
 * NULL. A row for each segment ({@code scan_recording}) has no such times. Enumerations come as ordinals, blobs as hexadecimal text: the macro {@code read_<table>} makes
 * them what they are.
 */
final class ScanFunction<R> implements DuckDBTableFunction<ScanFunction.Question, ScanFunction.State, ScanWorker<R>> {
    /** What is to be read. */
    record Question(ArchiveSet archives, TimeWindow window) {}

    /** What the threads of one call share. */
    record State(Scan scan, int[] columns) {}

    private static final DuckDBColumnType[] TIMES = {DuckDBColumnType.TIMESTAMP, DuckDBColumnType.TIMESTAMP};

    private static final LocalDateTime EPOCH = LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC);

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
                .withParameters(table.isTimed() ? TIMES : new DuckDBColumnType[0])
                .withProjectionPushdown()
                .withFunction(new ScanFunction<>(table, sources))
                .register(connection);
    }

    @Override
    public Question bind(DuckDBTableFunctionBindInfo info) {
        List<Column<R>> columns = table.declaration().columns();
        for (Column<R> column : columns) {
            info.addResultColumn(column.name(), VectorWriter.of(column.type()).type);
        }
        String path = info.getParameter(0).getString();
        TimeWindow window = table.isTimed()
                ? new TimeWindow(
                        micros(info.getParameter(1), TimeWindow.ALL.since()),
                        micros(info.getParameter(2), TimeWindow.ALL.until()))
                : TimeWindow.ALL;
        try {
            return new Question(sources.resolve(path == null ? "" : path), window);
        } catch (NoSuchFileException e) {
            throw new ScanFailure(e.getFile() + ": no such file or folder");
        } catch (IOException e) {
            throw new ScanFailure(e.getMessage());
        }
    }

    private static long micros(DuckDBValue time, long none) {
        return time.isNull() ? none : ChronoUnit.MICROS.between(EPOCH, time.getLocalDateTime());
    }

    @Override
    public State init(DuckDBTableFunctionInitInfo info) {
        int[] columns = new int[(int) info.getColumnCount()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = (int) info.getColumnIndex(i);
        }
        Question question = info.getBindData();
        try {
            Scan scan = sources.start(table.name(), question.archives(), question.window());
            info.setMaxThreads(scan.width());
            return new State(scan, columns);
        } catch (IOException e) {
            throw new ScanFailure(e.getMessage());
        }
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
