package io.tcpsnap.table;

import io.tcpsnap.decode.Problem;
import io.tcpsnap.decode.ProblemSink;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Every table of ticks. A declaration is made when it is asked for: to make all takes longer than a short question. */
public final class Tables {
    /** By name, in the order of the reference. */
    private static final Map<String, Supplier<TickTable<?>>> DECLARED = new LinkedHashMap<>();

    private static final String PROBLEM = "problem";

    static {
        DECLARED.put("snapshot", () -> SnapshotTable.SNAPSHOT);
        DECLARED.put("snapshot_source", () -> SnapshotTable.SOURCE);
        DECLARED.put("tcp", () -> TcpTable.TABLE);
        DECLARED.put("tcp_info", () -> TcpInfoTable.TABLE);
        DECLARED.put("tcp_closed", () -> TcpClosedTable.TABLE);
        DECLARED.put("mptcp_info", () -> MptcpInfoTable.TABLE);
        DECLARED.put("opt_stats", () -> OptStatsTable.TABLE);
        DECLARED.put("net_dev", () -> NetDevTable.TABLE);
        DECLARED.put("counter", () -> CounterTable.COUNTER);
        DECLARED.put("sockstat", () -> CounterTable.SOCKSTAT);
        DECLARED.put("softnet", () -> SoftnetTable.TABLE);
        DECLARED.put("owner", () -> OwnerTable.TABLE);
        DECLARED.put("sockopt", () -> SockoptTable.TABLE);
        DECLARED.put("unreached", () -> UnreachedTable.TABLE);
        DECLARED.put("event", () -> EventTable.TABLE);
        DECLARED.put(PROBLEM, () -> ProblemTable.TABLE);
    }

    private Tables() {}

    /** In the order of the reference. */
    public static List<String> names() {
        return List.copyOf(DECLARED.keySet());
    }

    /** The table with one of {@link #names}. */
    public static TickTable<?> of(String name) {
        return DECLARED.get(name).get();
    }

    /** In the order of the reference. */
    public static List<TickTable<?>> all() {
        return DECLARED.values().stream().<TickTable<?>>map(Supplier::get).toList();
    }

    /** All others than {@code problem}, which has what these say. */
    static List<TickTable<?>> withoutProblems() {
        return DECLARED.keySet().stream()
                .filter(name -> !name.equals(PROBLEM))
                .<TickTable<?>>map(Tables::of)
                .toList();
    }

    /** What does not decode, tick by tick: the rows of the table {@code problem}. */
    public static TickRows<Problem> problems() {
        return ProblemTable.TABLE.rows().apply(ProblemSink.NONE);
    }
}
