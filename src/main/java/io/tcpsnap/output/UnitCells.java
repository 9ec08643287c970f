package io.tcpsnap.output;

import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.Map;

/**
 * Values for people: a number with the unit of its column, scaled ({@code 204 ms}, {@code 1.183 MiB}), and times of the
 * chosen zone.
 *
 * @param units by name of a column; a column without one is shown as it is
 * @param clock how times are shown
 */
public record UnitCells(Map<String, String> units, Clock clock) implements Cells {
    @Override
    public String text(Result rows, int column) throws SQLException {
        if (rows.isTime(column)) {
            Object value = rows.value(column);
            return value instanceof LocalDateTime time ? clock.text(time) : rows.text(column);
        }
        String unit = rows.isNumber(column) ? units.get(rows.name(column)) : null;
        if (unit != null && rows.value(column) instanceof Number number) {
            String scaled = Quantity.of(number.doubleValue(), unit);
            if (scaled != null) {
                return scaled;
            }
        }
        return rows.text(column);
    }
}
