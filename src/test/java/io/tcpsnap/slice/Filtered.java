package io.tcpsnap.slice;

import io.tcpsnap.archive.Entry;
import io.tcpsnap.table.Rows;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Filters single copies, for tests of other packages. */
public final class Filtered {
    private Filtered() {}

    /** The entries of a tick of one copy, for a slice of one connection that it does not have. */
    public static List<Entry> copy(String path, byte[] bytes, ByteOrder order) throws IOException {
        Connection none = new Connection("x", null, "192.0.2.1", 1, "192.0.2.2", 2);
        Wanted wanted = new Wanted(0, Long.MAX_VALUE, null, null, Set.of(none), Map.of());
        return new TickFilter(wanted).entries(Rows.tick(Map.of(path, bytes), order, "6.18.0"));
    }
}
