package io.tcpsnap.table;

import io.tcpsnap.decode.Problem;
import io.tcpsnap.decode.ProblemSink;
import java.util.List;
import java.util.stream.Stream;

/** Every table of ticks. */
public final class Tables {
    /** Those whose rows are decoded from copies. */
    static final List<TickTable<?>> DECODED = List.of(
            TcpTable.TABLE,
            TcpInfoTable.TABLE,
            TcpClosedTable.TABLE,
            MptcpInfoTable.TABLE,
            OptStatsTable.TABLE,
            NetDevTable.TABLE,
            CounterTable.COUNTER,
            CounterTable.SOCKSTAT,
            SoftnetTable.TABLE,
            OwnerTable.TABLE,
            SockoptTable.TABLE,
            UnreachedTable.TABLE,
            EventTable.TABLE);

    /** In the order of the reference. */
    public static final List<TickTable<?>> ALL = Stream.of(
                    Stream.<TickTable<?>>of(SnapshotTable.SNAPSHOT, SnapshotTable.SOURCE),
                    DECODED.stream(),
                    Stream.<TickTable<?>>of(ProblemTable.TABLE))
            .flatMap(tables -> tables)
            .toList();

    private Tables() {}

    /** What does not decode, tick by tick: the rows of the table {@code problem}. */
    public static TickRows<Problem> problems() {
        return ProblemTable.TABLE.rows().apply(ProblemSink.NONE);
    }
}
