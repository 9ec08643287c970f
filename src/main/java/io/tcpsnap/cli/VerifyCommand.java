package io.tcpsnap.cli;

import io.tcpsnap.archive.ArchiveSet;
import io.tcpsnap.archive.ArchiveWriter;
import io.tcpsnap.duckdb.Verification;
import io.tcpsnap.output.Visible;
import io.tcpsnap.slice.Slicing;
import io.tcpsnap.slice.Wanted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tcpsnap verify}: is everything sound: frames, ticks, rows? */
@Command(
        name = "verify",
        description = "Check every frame, tick and row; exit 3 and the place of each damage where something is wrong.",
        mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Parameters(paramLabel = "ARCHIVE", arity = "1..*", description = "Files, folders of segments, or globs.")
    private List<String> archives;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text (default), or json: one object.")
    private String format = "text";

    @Option(
            names = "--repair",
            paramLabel = "OUT",
            description =
                    "Write all whole ticks, of one host, to a new archive: .tar.zst or .tgz. The exit code still tells"
                            + " of the old ones.")
    private Path repaired;

    @Override
    public Integer call() throws IOException {
        if (!format.equals("text") && !format.equals("json")) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "unknown format '" + format + "': there are text, json");
        }
        if (repaired != null && !ArchiveWriter.isFile(repaired)) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--repair: '" + repaired + "' ends neither in .tar.zst nor in .tgz");
        }
        ArchiveSet set = ArchiveSet.open(archives);
        Verification verification;
        if (format.equals("json")) {
            verification = VerificationJson.print(set, System.out);
        } else {
            verification = new Verification(place -> System.out.println(Visible.lines(place.toString())));
            verification.run(set);
            System.out.println(verification.summary());
        }
        if (repaired != null) {
            repair(set, verification);
        }
        return verification.isSound() ? CommandLines.OK : CommandLines.UNREADABLE;
    }

    private void repair(ArchiveSet set, Verification verification) throws IOException {
        Map<String, String> words = Map.of(
                "did",
                "repair",
                "left out",
                verification.damaged() + " damaged places, " + verification.open() + " segments without their end");
        Slicing.Result result = new Slicing(CommandLines.tool(), damage -> {})
                .run(
                        set,
                        new Wanted(Long.MIN_VALUE, Long.MAX_VALUE, null, null, null, words),
                        repaired,
                        Long.MAX_VALUE);
        System.err.println("tcpsnap: " + result.ticks() + " ticks written to " + repaired);
    }
}
