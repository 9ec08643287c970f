package io.tcpsnap.slice;

import io.tcpsnap.archive.Entry;
import java.io.ByteArrayOutputStream;

/** Lines of a copy. */
final class Lines {
    private Lines() {}

    /** Where a line ends, behind its line feed. */
    static int end(Entry entry, int from) {
        int end = from;
        while (end < entry.length() && entry.bytes()[end] != '\n') {
            end++;
        }
        return Math.min(entry.length(), end + 1);
    }

    static Entry entry(String path, ByteArrayOutputStream bytes) {
        return new Entry(path, bytes.toByteArray(), bytes.size());
    }
}
