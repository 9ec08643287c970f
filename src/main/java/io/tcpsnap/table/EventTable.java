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
                    "Something that happened to the recorder, in the first tick that was written after it.",
                    columns()),
            List.of("events"),
            Events::new);

    private EventTable() {}

    private static List<Column<Events>> columns() {
        List<Column<Events>> columns = new ArrayList<>(TickColumns.of(Decoder::snapshot));
        columns.add(Column.<Events>number("happened_at", SqlType.TIMESTAMP, row -> Math.floorDiv(row.time(), 1000L))
                .kernel("clock_gettime(CLOCK_REALTIME)")
                .doc("When it happened, UTC."));
        columns.add(Column.<Events>text("kind", Events::kind)
                .doc(
                        "What: governor (the CPU budget made the recording cheaper or let it return), trigger (a condition holds),"
                                + " trigger_end (it holds no more)."));
        columns.add(Column.<Events>text("detail", Events::detail).doc("The rest, for people."));
        return columns;
    }
}
