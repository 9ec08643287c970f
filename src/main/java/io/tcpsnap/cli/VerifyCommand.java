package io.tcpsnap.cli;

import io.tcpsnap.archive.ArchiveSet;
import io.tcpsnap.duckdb.Verification;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tcpsnap verify}: is everything sound: frames, ticks, rows? */
@Command(
        name = "verify",
        description = "Check every frame, tick and row; exit 3 and the place of each damage where something is wrong.",
        mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ARCHIVE", arity = "1..*", description = "Files, folders of segments, or globs.")
    private List<String> archives;

    @Override
    public Integer call() throws IOException {
        Verification verification = new Verification(System.out::println);
        verification.run(ArchiveSet.open(archives));
        System.out.println(verification.summary());
        return verification.isSound() ? CommandLines.OK : CommandLines.UNREADABLE;
    }
}
