package io.tcpsnap.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** Compares our rows with what ss makes of the same bytes. */
final class SsOracle {
    private SsOracle() {}

    /**
     * @param rows rows of {@code tcp_info} of one tick
     * @param records what ss printed for the same messages
     * @return one line for each difference
     */
    static List<String> differences(List<Row> rows, List<SsRecord> records, Cgroups cgroups) {
        List<String> differences = new ArrayList<>();
        Map<String, SsRecord> byCookie = new HashMap<>();
        for (SsRecord record : records) {
            if (byCookie.put(record.cookie(), record) != null) {
                differences.add("ss prints cookie " + record.cookie() + " twice");
            }
        }
        for (Row row : rows) {
            String cookie = Long.toHexString(row.number("cookie"));
            SsRecord record = byCookie.remove(cookie);
            if (record == null) {
                differences.add("ss does not print " + row);
            } else {
                compare(SsExpectation.of(row, cgroups), record.values(), differences);
            }
        }
        byCookie.values().forEach(record -> differences.add("we have no row for " + record));
        return differences;
    }

    private static void compare(Map<String, String> ours, Map<String, String> theirs, List<String> differences) {
        TreeSet<String> keys = new TreeSet<>(ours.keySet());
        keys.addAll(theirs.keySet());
        for (String key : keys) {
            if (!Objects.equals(ours.get(key), theirs.get(key))) {
                differences.add(key + ": ours " + ours.get(key) + ", ss " + theirs.get(key) + ", of " + theirs);
            }
        }
    }
}
