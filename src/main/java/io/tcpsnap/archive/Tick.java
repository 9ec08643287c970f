package io.tcpsnap.archive;

import java.util.List;

/**
 * One committed tick: every entry there and equal to its CRC.
 *
 * @param manifest what stood before it
 * @param record its commit mark
 * @param name its folder, {@code 20261122T074200.123456789Z}
 * @param segment which segment of the opened set it comes from, from 0
 * @param entries its files without the commit mark, in the order of the archive
 */
public record Tick(Manifest manifest, TickRecord record, String name, int segment, List<Entry> entries) {
    /** The entry with this path below the tick's folder, or null. */
    public Entry entry(String path) {
        for (Entry entry : entries) {
            if (entry.path().equals(path)) {
                return entry;
            }
        }
        return null;
    }
}
