package io.tcpsnap.shell;

import io.tcpsnap.archive.ArchiveSet;
import io.tcpsnap.archive.Segment;
import io.tcpsnap.output.Visible;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is open, in a line: known without reading the archives. */
final class Banner {
    private Banner() {}

    static String of(ArchiveSet archives) {
        if (archives.segments().isEmpty()) {
            return "No archive is open: .open ARCHIVE opens one, .help says more.";
        }
        Segment first = archives.segments().get(0);
        String hosts = archives.segments().stream()
                .map(segment -> segment.manifest().host())
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .collect(Collectors.joining(", "));
        int count = archives.segments().size();
        return Visible.line(hosts + ", Linux " + first.manifest().kernel() + ", from " + first.firstTick() + ", "
                + count + (count == 1 ? " segment" : " segments")
                + ". Try '.queries', 'FROM tcp LIMIT 5;' or '.help'.");
    }
}
