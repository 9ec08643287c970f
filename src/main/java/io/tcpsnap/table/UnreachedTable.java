package io.tcpsnap.table;

import io.tcpsnap.decode.OwnersUnreached;
import io.tcpsnap.decode.SockoptsUnreached;
import io.tcpsnap.decode.Unreached;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** {@code unreached}: what the entries owners, sockopt and sockopt_handed count at their ends. */
final class UnreachedTable {
    static final TickTable<Unreached> TABLE = new TickTable<>(
            new Table<>(
                    "unreached",
                    "Why rows may be missing in owner and sockopt at a tick: how many processes or sockets were not reached, for one"
                            + " reason; no row where all were.",
                    columns()),
            problems -> new JoinedRows<>(List.of(
                    new SourceRows<>(List.of("owners"), OwnersUnreached::new, problems),
                    new SourceRows<>(List.of("sockopt", "sockopt_handed"), SockoptsUnreached::new, problems))));

    private UnreachedTable() {}

    private static List<Column<Unreached>> columns() {
        List<Column<Unreached>> columns = new ArrayList<>(TickColumns.of(Unreached::snapshot));
        columns.add(Column.<Unreached>text("source", row -> row.source().getBytes(StandardCharsets.UTF_8))
                .doc("Path of the copy that lacks them: owners, sockopt or sockopt_handed."));
        columns.add(Column.<Unreached>text("reason", row -> row.reason().getBytes(StandardCharsets.UTF_8))
                .doc(
                        "An error, as EACCES (not allowed to) or EBADF (gone meanwhile); no time: their turn comes in a later"
                                + " tick; unchecked: known from earlier ticks, but what they opened since may be missing; not TCP: it was"
                                + " handed over and is something else; no room: too many were handed over."));
        columns.add(Column.<Unreached>number("processes", SqlType.BIGINT, Unreached::count)
                .absentWhen(row -> !row.hasProcesses(), "sockets are counted")
                .doc("How many processes: nobody knows how many sockets they have."));
        columns.add(Column.<Unreached>number("sockets", SqlType.BIGINT, Unreached::count)
                .absentWhen(Unreached::hasProcesses, "processes are counted")
                .doc("How many sockets, or descriptors that were handed over."));
        return columns;
    }
}
