package io.tcpsnap.duckdb;

import io.tcpsnap.table.Column;
import java.util.Set;

/**
 * What a column of a table or view holds, for those who show it.
 *
 * @param unit as declared, empty where it has none
 * @param cumulative whether it is a running total that the relation has once for each tick
 */
public record Meaning(String unit, boolean cumulative) {
    /** A row for each closed socket, so that totals may be added up. */
    private static final Set<String> ONCE = Set.of("tcp_closed");

    /** The meaning of a column, null where there is no such column or nothing says it. */
    public static Meaning of(String relation, String column) {
        View view = View.of(relation);
        if (view == null) {
            Column<?> declared = declared(relation, column);
            return declared == null ? null : of(declared, !ONCE.contains(relation));
        }
        View.Meaning meaning = view.meaning(column);
        if (meaning == null) {
            return null;
        }
        // the one view that has the sockets of each tick as they are
        Column<?> declared = relation.equals("connection") ? declared("tcp_info", column) : null;
        return new Meaning(meaning.unit(), declared != null && declared.isCumulative());
    }

    private static Meaning of(Column<?> column, boolean eachTick) {
        return new Meaning(column.unit() == null ? "" : column.unit(), eachTick && column.isCumulative());
    }

    private static Column<?> declared(String table, String column) {
        if (!ScanTable.NAMES.contains(table)) {
            return null;
        }
        return ScanTable.of(table).declaration().columns().stream()
                .filter(c -> c.name().equals(column))
                .findFirst()
                .orElse(null);
    }
}
