package io.tcpsnap.duckdb;

import io.tcpsnap.archive.Segment;
import io.tcpsnap.archive.SegmentSummary;
import java.io.IOException;

/** A row for each segment, from reading all of it. */
final class SegmentCursor implements RowCursor<SegmentSummary> {
    private final Scan scan;

    SegmentCursor(Scan scan) {
        this.scan = scan;
    }

    @Override
    public SegmentSummary next() throws IOException {
        Segment segment = scan.takeSegment();
        if (segment == null) {
            return null;
        }
        SegmentSummary summary = SegmentSummary.of(segment, scan::finished);
        summary.damage().forEach(scan::damaged);
        return summary;
    }

    @Override
    public void close() {}
}
