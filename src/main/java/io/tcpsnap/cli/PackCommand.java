package io.tcpsnap.cli;

import io.tcpsnap.archive.ArchiveSet;
import io.tcpsnap.archive.Pack;
import io.tcpsnap.archive.Segment;
import io.tcpsnap.shell.Terminals;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tcpsnap pack}: the same archives in less space. */
@Command(
        name = "pack",
        description = "Compress closed segments again, better and slowly, in place: the same content, and stock tools"
                + " open it. What is packed, damaged or not closed is left alone.",
        mixinStandardHelpOptions = true)
final class PackCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ARCHIVE", arity = "1..*", description = "Files, folders of segments, or globs.")
    private List<String> archives;

    @Override
    public Integer call() throws IOException {
        int left = 0;
        for (Segment segment : ArchiveSet.open(archives).segments()) {
            Pack pack = new Pack(segment.path(), done -> show(segment, done), () -> {});
            Pack.Result result = pack.run();
            if (Terminals.isError()) {
                System.err.print("\r\u001b[K");
            }
            left += result.outcome() == Pack.Outcome.LEFT_ALONE ? 1 : 0;
            System.out.println(segment.path() + ": " + told(result));
        }
        return left == 0 ? CommandLines.OK : CommandLines.UNREADABLE;
    }

    private static void show(Segment segment, long done) {
        if (Terminals.isError()) {
            System.err.printf(
                    "\r%s: %d %%\u001b[K", segment.path().getFileName(), 100 * done / Math.max(1, segment.size()));
        }
    }

    private static String told(Pack.Result result) {
        return switch (result.outcome()) {
            case PACKED ->
                String.format(
                        Locale.ROOT,
                        "%,d bytes, were %,d: %.1f %% less",
                        result.after(),
                        result.before(),
                        100.0 * (result.before() - result.after()) / result.before());
            case WAS_PACKED -> "packed already";
            case LEFT_ALONE -> "left alone: it " + result.reason();
        };
    }
}
