package io.tcpsnap.duckdb;

import java.util.List;

/**
 * What the reference says of a view.
 *
 * @param doc what one row is, one sentence
 * @param remark what else is to be known; may be empty
 */
public record ViewReference(String name, String doc, String remark, List<Column> columns) {
    /**
     * A column of a view.
     *
     * @param type as SQL, enumerations by their name
     * @param unit empty where it has none
     */
    public record Column(String name, String type, String unit, String doc) {}
}
