package io.tcpsnap.table;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The declaration of one table.
 *
 * @param name the kernel's noun, singular
 * @param doc what one row is, one sentence
 * @param columns in order; column 0 is cheap to read, since {@code count(*)} asks for it alone
 * @param <R> the row
 */
public record Table<R>(String name, String doc, List<Column<R>> columns) {
    public Table {
        columns = List.copyOf(columns);
        if (!doc.endsWith(".")) {
            throw new IllegalArgumentException(name + ": the doc is no sentence");
        }
        Set<String> names = new HashSet<>();
        for (Column<R> column : columns) {
            if (!names.add(column.name())) {
                throw new IllegalArgumentException(name + ": column " + column.name() + " is declared twice");
            }
            if (column.doc() == null || !column.doc().endsWith(".")) {
                throw new IllegalArgumentException(name + "." + column.name() + ": the doc is no sentence");
            }
        }
    }
}
