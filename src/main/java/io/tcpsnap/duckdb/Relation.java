package io.tcpsnap.duckdb;

import java.util.List;

/**
 * A table or view, for those who offer or explain its name.
 *
 * @param doc what one row is; empty where nothing says it
 */
public record Relation(String name, String doc, List<Field> fields) {
    /**
     * One column.
     *
     * @param type as SQL, {@code ENUM} for an enumeration
     * @param labels of an enumeration, else empty
     * @param unit empty where it has none
     * @param doc what it means; empty where nothing says it
     * @param nulls when it is NULL
     * @param kernel the kernel's expression for it, null for none
     * @param since first kernel release that has it, null where that is of old
     */
    public record Field(
            String name,
            String type,
            List<String> labels,
            String unit,
            String doc,
            List<String> nulls,
            String kernel,
            String since) {
        /** A column that nothing is said of. */
        public static Field of(String name, String type) {
            return new Field(name, type, List.of(), "", "", List.of(), null, null);
        }
    }
}
