package io.tcpsnap.duckdb;

import io.tcpsnap.archive.Segment;
import io.tcpsnap.table.Column;
import io.tcpsnap.table.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of one segment in a table of their own, decoded as if it were opened alone.
 *
 * @param name qualified name of that table
 * @param base what its {@code snapshot_id} is to be increased by
 */
record Part(String name, Segment segment, long base) {
    /**
     * Its rows as they are among all opened segments.
     *
     * @param columns all of them, {@code *}, and maybe more
     */
    String select(Table<?> table, String columns) {
        List<String> replaced = new ArrayList<>();
        for (Column<?> column : table.columns()) {
            switch (column.name()) {
                case "snapshot_id" -> {
                    if (base > 0) {
                        replaced.add("snapshot_id + " + base + " AS snapshot_id");
                    }
                }
                case "segment" -> replaced.add(segment.index() + "::INTEGER AS segment");
                case "file" -> replaced.add(Ddl.literal(segment.path().toString()) + " AS file");
                default -> {}
            }
        }
        String all = replaced.isEmpty() ? "*" : "* REPLACE (" + String.join(", ", replaced) + ")";
        return "SELECT " + columns.replace("*", all) + " FROM " + name;
    }
}
