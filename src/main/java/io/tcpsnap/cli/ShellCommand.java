package io.tcpsnap.cli;

import io.tcpsnap.shell.Shell;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tcpsnap shell}. */
@Command(name = "shell", description = "Ask in SQL, interactively.", mixinStandardHelpOptions = true)
final class ShellCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ARCHIVE", arity = "0..*", description = "Files, folders of segments, or globs.")
    private List<String> archives = List.of();

    @Option(
            names = "--unsafe",
            description = "Let SQL read and write other files, load extensions and change every setting.")
    private boolean unsafe;

    @Mixin
    private CacheOption cache;

    @Override
    public Integer call() throws IOException, SQLException {
        return RecorderImage.IS_THIS
                ? RecorderImage.refuse("shell")
                : Shell.run(archives, unsafe, cache.open(), CacheOption::note);
    }
}
