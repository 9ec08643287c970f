package io.tcpsnap.table;

import io.tcpsnap.decode.Decoder;
import io.tcpsnap.decode.ProcNetSoftnet;
import java.util.ArrayList;
import java.util.List;

/** {@code softnet}: /proc/net/softnet_stat. Expressions are from net/core/net-procfs.c softnet_seq_show(). */
final class SoftnetTable {
    static final TickTable<ProcNetSoftnet> TABLE = SourceRows.table(
            new Table<>("softnet", "A CPU's packet processing at a tick, for the whole machine.", columns()),
            List.of("proc/net/softnet_stat"),
            ProcNetSoftnet::new);

    private SoftnetTable() {}

    private static List<Column<ProcNetSoftnet>> columns() {
        List<Column<ProcNetSoftnet>> columns = new ArrayList<>(TickColumns.of(Decoder::snapshot));
        columns.add(Column.<ProcNetSoftnet>number("cpu", SqlType.UINTEGER, ProcNetSoftnet::cpu)
                .kernel("seq->index")
                .doc("Number of the CPU; before 5.10 the number of the line, which passes over offline CPUs."));
        columns.add(column("processed", 0, "sd->processed", null, "Packets processed; wraps at 2^32.")
                .cumulative());
        columns.add(column("dropped", 1, "sd->dropped", null, "Packets dropped since the backlog was full.")
                .cumulative());
        columns.add(column("time_squeeze", 2, "sd->time_squeeze", null, "Times that net_rx_action ran out of budget.")
                .cumulative());
        columns.add(column("received_rps", 9, "sd->received_rps", "3.0", "Wake-ups by receive packet steering.")
                .cumulative());
        columns.add(column("flow_limit_count", 10, "flow_limit_count", "4.1", "Packets dropped by the flow limit.")
                .cumulative());
        columns.add(column("backlog_len", 11, "softnet_backlog_len(sd)", "5.10", "Packets in the backlog now."));
        columns.add(
                column("input_qlen", 13, "softnet_input_pkt_queue_len(sd)", "6.6", "Packets in the input queue now."));
        columns.add(column(
                "process_qlen", 14, "softnet_process_queue_len(sd)", "6.6", "Packets in the process queue now."));
        return columns;
    }

    private static Column<ProcNetSoftnet> column(String name, int index, String kernel, String since, String doc) {
        Column<ProcNetSoftnet> column = Column.<ProcNetSoftnet>number(name, SqlType.UINTEGER, row -> row.column(index))
                .kernel(kernel)
                .doc(doc);
        return since == null
                ? column
                : column.since(since).absentWhen(row -> !row.has(index), "not printed by this kernel");
    }
}
