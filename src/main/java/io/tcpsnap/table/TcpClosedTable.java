package io.tcpsnap.table;

import io.tcpsnap.decode.InetDiagDump;
import io.tcpsnap.decode.InetDiagRow;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code tcp_closed}: messages of the destroy groups, with the columns of {@code tcp_info}. Source: net/core/sock_diag.c
 * sock_diag_broadcast_destroy_work(), net/ipv4/inet_diag.c inet_diag_handler_get_info(); what is said of TIME_WAIT and of
 * resets was tried on 6.18.
 */
final class TcpClosedTable {
    static final TickTable<InetDiagRow> TABLE = new TickTable<>(
            new Table<>(
                    "tcp_closed",
                    "A TCP socket that the kernel destroyed since the tick before, with its last struct tcp_info."
                            + " State is CLOSE; cookie is that of tcp_info; of the attributes only tcp_info and protocol"
                            + " are there, and uid and inode are 0 by then. A connection that goes through TIME_WAIT has"
                            + " its row when it enters it, since the full socket ends there; the TIME_WAIT socket itself"
                            + " has none. One that was reset, refused or never accepted has lost its peer's port (0),"
                            + " maybe an address, and so its conn: join by cookie. Listeners and sockets that never"
                            + " connected are here too.",
                    columns()),
            problems -> new JoinedRows<>(
                    List.of(new SourceRows<>(List.of("sock_diag/destroy"), InetDiagDump::broadcasts, problems))));

    private TcpClosedTable() {}

    private static List<Column<InetDiagRow>> columns() {
        List<Column<InetDiagRow>> columns = new ArrayList<>(TickColumns.of(InetDiagRow::snapshot));
        columns.addAll(TcpInfoTable.socket());
        return columns;
    }
}
