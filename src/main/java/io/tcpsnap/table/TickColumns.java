package io.tcpsnap.table;

import io.tcpsnap.decode.Snapshot;
import java.util.List;
import java.util.function.Function;

/** The columns that every table of ticks begins with. */
final class TickColumns {
    private TickColumns() {}

    /** @param snapshot gives the row's tick, null where the row has none */
    static <R> List<Column<R>> of(Function<R, Snapshot> snapshot) {
        List<Column<R>> columns = List.of(
                Column.<R>number(
                                "snapshot_id",
                                SqlType.BIGINT,
                                row -> snapshot.apply(row).id())
                        .absentWhen(row -> snapshot.apply(row) == null, "not in a tick")
                        .doc("The tick, as in the table snapshot."),
                Column.<R>number(
                                "ts",
                                SqlType.TIMESTAMP,
                                row -> snapshot.apply(row).tsMicros())
                        .absentWhen(row -> snapshot.apply(row) == null, "not in a tick")
                        .doc("Nominal time of the tick, UTC."),
                Column.<R>text("host", row -> snapshot.apply(row).host())
                        .absentWhen(row -> snapshot.apply(row) == null, "not in a tick")
                        .doc("Name of the recorded host."),
                Column.<R>text("netns", row -> snapshot.apply(row).netns())
                        .absentWhen(row -> snapshot.apply(row) == null, "not in a tick, or not recorded")
                        .doc(
                                "Network namespace: its name under /run/netns, else its inode; the recorder's own by inode."));
        columns.forEach(Column::ofCopy);
        return columns;
    }
}
