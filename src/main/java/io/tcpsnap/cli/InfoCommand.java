package io.tcpsnap.cli;

import io.tcpsnap.archive.ArchiveSet;
import io.tcpsnap.archive.Manifest;
import io.tcpsnap.archive.Segment;
import io.tcpsnap.archive.SegmentSummary;
import io.tcpsnap.output.Visible;
import java.io.IOException;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tcpsnap info}: what is in archives, on one screen. */
@Command(name = "info", description = "Say what is in archives.", mixinStandardHelpOptions = true)
final class InfoCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ARCHIVE", arity = "1..*", description = "Files, folders of segments, or globs.")
    private List<String> archives;

    @Override
    public Integer call() throws IOException {
        for (Segment segment : ArchiveSet.open(archives).segments()) {
            print(SegmentSummary.of(segment, frame -> {}));
        }
        return CommandLines.OK;
    }

    private static void print(SegmentSummary summary) {
        Segment segment = summary.segment();
        Manifest manifest = segment.manifest();
        System.out.println(Visible.line(segment.path().toString()));
        line("host", manifest.host() + system(manifest));
        line("recorded by", manifest.tool() + ", format " + manifest.format());
        line("sources", String.join(" ", manifest.sources()));
        if (!summary.namespaces().isEmpty()) {
            line("namespaces", String.join(" ", summary.namespaces()));
        }
        if (summary.ticks() > 0) {
            line("span", time(summary.first()) + " to " + time(summary.last()) + " UTC");
        }
        String interval = manifest.intervalNanos() > 0 ? " every " + manifest.intervalNanos() / 1e9 + " s" : "";
        line("ticks", summary.ticks() + interval + ", " + summary.missed() + " missed");
        line(
                "size",
                "%,d bytes, %,d a tick; %,d uncompressed"
                        .formatted(segment.size(), segment.size() / Math.max(1, summary.ticks()), summary.content()));
        for (Map<String, String> edit : manifest.edits()) {
            line("edited by", edit.getOrDefault("did", "unknown") + ": its " + Manifest.ENTRY + " says how");
        }
        line("state", state(summary));
    }

    /** Kernel and machine, as far as they are known: an import may know neither. */
    private static String system(Manifest manifest) {
        String kernel = manifest.kernel() == null ? "" : ", Linux " + manifest.kernel();
        String machine = manifest.machine() == null ? "" : " " + manifest.machine();
        String order = manifest.byteOrderFrom() == null
                ? ""
                : ", " + (manifest.byteOrder() == ByteOrder.BIG_ENDIAN ? "big" : "little") + "-endian ("
                        + manifest.byteOrderFrom() + ")";
        return kernel + machine + order;
    }

    private static String state(SegmentSummary summary) {
        String end = summary.segment().closed() ? "closed" : "not closed: the recorder was killed, or still records";
        return summary.damage().isEmpty()
                ? end
                : end + "; " + summary.damage().size() + " damaged places, 'tcpsnap verify' names them";
    }

    private static void line(String name, String value) {
        System.out.printf("  %-12s %s%n", name, Visible.line(value));
    }

    private static String time(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L))
                .toString()
                .replaceAll("[TZ]", " ")
                .strip();
    }
}
