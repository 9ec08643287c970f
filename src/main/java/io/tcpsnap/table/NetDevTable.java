package io.tcpsnap.table;

import io.tcpsnap.decode.Decoder;
import io.tcpsnap.decode.ProcNetDev;
import java.util.ArrayList;
import java.util.List;

/** {@code net_dev}: /proc/net/dev. Expressions are from net/core/net-procfs.c dev_seq_printf_stats(). */
final class NetDevTable {
    private static final String[][] COUNTERS = {
        {"rx_bytes", "bytes", "stats->rx_bytes", "Received bytes."},
        {"rx_packets", "packets", "stats->rx_packets", "Received packets."},
        {"rx_errs", "packets", "stats->rx_errors", "Receive errors of all kinds."},
        {"rx_drop", "packets", "stats->rx_dropped + stats->rx_missed_errors", "Received packets that were dropped."},
        {"rx_fifo", "packets", "stats->rx_fifo_errors", "Receive FIFO overruns."},
        {
            "rx_frame",
            "packets",
            "stats->rx_length_errors + stats->rx_over_errors + stats->rx_crc_errors + stats->rx_frame_errors",
            "Framing, length, overrun and CRC errors."
        },
        {"rx_compressed", "packets", "stats->rx_compressed", "Received compressed packets."},
        {"rx_multicast", "packets", "stats->multicast", "Received multicast packets."},
        {"tx_bytes", "bytes", "stats->tx_bytes", "Sent bytes."},
        {"tx_packets", "packets", "stats->tx_packets", "Sent packets."},
        {"tx_errs", "packets", "stats->tx_errors", "Send errors of all kinds."},
        {"tx_drop", "packets", "stats->tx_dropped", "Packets dropped instead of sent."},
        {"tx_fifo", "packets", "stats->tx_fifo_errors", "Send FIFO underruns."},
        {"tx_colls", "packets", "stats->collisions", "Collisions."},
        {
            "tx_carrier",
            "packets",
            "stats->tx_carrier_errors + stats->tx_aborted_errors + stats->tx_window_errors"
                    + " + stats->tx_heartbeat_errors",
            "Carrier losses, aborts, window and heartbeat errors."
        },
        {"tx_compressed", "packets", "stats->tx_compressed", "Sent compressed packets."},
    };

    static final TickTable<ProcNetDev> TABLE = SourceRows.table(
            new Table<>("net_dev", "An interface's counters at a tick.", columns()),
            List.of("proc/net/dev"),
            ProcNetDev::new);

    private NetDevTable() {}

    private static List<Column<ProcNetDev>> columns() {
        List<Column<ProcNetDev>> columns = new ArrayList<>(TickColumns.of(Decoder::snapshot));
        columns.add(Column.<ProcNetDev>text("iface", ProcNetDev::iface)
                .kernel("dev->name")
                .doc("Name of the interface."));
        for (int i = 0; i < COUNTERS.length; i++) {
            int index = i;
            String[] counter = COUNTERS[i];
            columns.add(Column.<ProcNetDev>number(counter[0], SqlType.UBIGINT, row -> row.counter(index))
                    .unit(counter[1])
                    .kernel(counter[2])
                    .cumulative()
                    .doc(counter[3]));
        }
        return columns;
    }
}
