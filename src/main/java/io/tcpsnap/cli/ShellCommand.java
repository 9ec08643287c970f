package io.tcpsnap.cli;

import io.tcpsnap.shell.Config;
import io.tcpsnap.shell.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tcpsnap shell}. */
@Command(name = "shell", description = "Ask in SQL, interactively.", mixinStandardHelpOptions = true)
final class ShellCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ARCHIVE", arity = "0..*", description = "Files, folders of segments, or globs.")
    private List<String> archives = List.of();

    @Option(
            names = "--unsafe",
            description = "Let SQL read and write other files, load extensions and change every setting.")
    private boolean unsafe;

    @Option(names = "-c", paramLabel = "TEXT", description = "Run these statements and commands instead of asking.")
    private String text;

    @Option(names = "-f", paramLabel = "FILE", description = "Run a file of them.")
    private Path file;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings, instead of $$XDG_CONFIG_HOME/tcpsnap/config or ~/.config/tcpsnap/config.")
    private Path config;

    @Option(names = "--no-config", description = "Read no settings.")
    private boolean noConfig;

    @Mixin
    private CacheOption cache;

    @Spec
    private CommandSpec spec;

    ShellCommand() {}

    /** One whose words are read already. */
    ShellCommand(List<String> archives) {
        this.archives = archives;
        cache = new CacheOption(false);
    }

    @Override
    public Integer call() throws IOException, SQLException {
        if (RecorderImage.IS_THIS) {
            return RecorderImage.refuse("shell");
        }
        if (text != null && file != null) {
            throw new ParameterException(spec.commandLine(), "give -c or -f, not both");
        }
        Path settings = noConfig ? null : config == null ? Config.byDefault() : config;
        try {
            return Shell.run(new Shell.Plan(
                    archives,
                    unsafe,
                    cache.open(),
                    CacheOption::note,
                    settings,
                    config != null,
                    file == null ? text : reading(file),
                    file == null ? "-c" : null));
        } catch (Config.WrongException e) {
            throw spec == null
                    ? new PlainWords.Mistake()
                    : new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** As the user would read it in the shell: the script may be a stranger's. */
    private static String reading(Path file) throws NoSuchFileException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        return ".read " + file;
    }
}
