package io.tcpsnap.table;

import io.tcpsnap.decode.Decoder;
import io.tcpsnap.decode.Events;
import java.util.ArrayList;
import java.util.List;

/** {@code event}: the entry events. */
final class EventTable {
    static final TickTable<Events> TABLE = SourceRows.table(
            new Table<>(
                    "event",
                    "Something that happened to the recorder or to the machine's clocks; it is in the first tick that could be"
                            + " written afterwards.",
                    columns()),
            List.of("events"),
            Events::new);

    private EventTable() {}

    private static List<Column<Events>> columns() {
        List<Column<Events>> columns = new ArrayList<>(TickColumns.of(Decoder::snapshot));
        columns.add(Column.<Events>number("event_ts", SqlType.TIMESTAMP, row -> row.time() / 1000)
                .doc("When it happened, or was noticed, UTC."));
        columns.add(
                Column.<Events>text("kind", Events::kind)
                        .doc(
                                "rotate, dropped_segment, paused, resumed, dump, clock_step, suspend, pack_failed, governor (the CPU budget made the recording cheaper or let it return), trigger (a condition holds), trigger_end, events_lost; others may be added."));
        columns.add(Column.<Events>text("detail", Events::detail)
                .absentWhen(row -> row.detail() == null, "there is no more to say")
                .doc("More of it, for people: the segment, the reason, by how much a clock was set."));
        return columns;
    }
}
