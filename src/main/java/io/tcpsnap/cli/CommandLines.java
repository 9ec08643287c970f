package io.tcpsnap.cli;

import io.tcpsnap.output.Visible;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The program's commands, and how their failures become one line and an exit code. */
@Command(
        name = "tcpsnap",
        description = "Flight recorder and post-mortem lab for Linux TCP.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = CommandLines.Version.class,
        footer = {
            "",
            "'tcpsnap ARCHIVE...' opens the shell. ARCHIVE is a file, a folder of segments, or a glob.",
            "",
            "Exit codes: 0 ok, 1 query failed, 2 usage, 3 input cannot be read, 130 interrupted."
        })
public final class CommandLines implements Runnable {
    private static final List<String> VERSION = List.of("--version", "-V");

    static final int OK = 0;
    static final int QUERY_FAILED = 1;
    static final int USAGE = 2;
    static final int UNREADABLE = 3;
    static final int INTERRUPTED = 130;

    /** What needs the commands: to make their table is a third of the time that {@code --version} takes. */
    private static final class Commands {
        /** In the order of the help. */
        static final Map<String, Supplier<Object>> ALL = new LinkedHashMap<>();

        static {
            ALL.put("record", RecordCommand::new);
            ALL.put("script", ScriptCommand::new);
            ALL.put("shell", ShellCommand::new);
            ALL.put("query", QueryCommand::new);
            ALL.put("info", InfoCommand::new);
            ALL.put("verify", VerifyCommand::new);
            ALL.put("import", ImportCommand::new);
            ALL.put("pack", PackCommand::new);
            ALL.put("redact", RedactCommand::new);
            ALL.put("slice", SliceCommand::new);
        }
    }

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    /** Runs the program; returns its exit code. */
    public static int run(String... args) {
        if (args.length == 1 && VERSION.contains(args[0])) { // needs no parser, which takes longer than the rest
            System.out.println(version());
            return OK;
        }
        String[] words = withCommand(args);
        Callable<Integer> plain = PlainWords.read(words);
        if (plain != null) {
            try {
                return plain.call();
            } catch (PlainWords.Mistake e) {
                // the parser says it
            } catch (Exception e) {
                return fail(e);
            }
        }
        String name = words.length > 0 ? words[0] : "";
        CommandLine line = Commands.ALL.containsKey(name) ? line(List.of(name)) : line();
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((e, command, parsed) -> fail(e));
        line.setParameterExceptionHandler((e, rest) -> usage(e));
        return line.execute(words);
    }

    /** {@code ARCHIVE...} is {@code shell ARCHIVE...}. */
    private static String[] withCommand(String... args) {
        boolean archives = args.length > 0
                && !args[0].startsWith("-")
                && !Commands.ALL.containsKey(args[0])
                && looksLikeArchive(args[0]);
        return archives ? Stream.concat(Stream.of("shell"), Stream.of(args)).toArray(String[]::new) : args;
    }

    /** All commands and their options: what parses them, and what the manual and the completion are derived from. */
    static CommandLine line() {
        return line(Commands.ALL.keySet());
    }

    /** With some commands only: to read the options of all takes as long as Java takes to start. */
    private static CommandLine line(Collection<String> names) {
        CommandLine line = new CommandLine(new CommandLines());
        names.forEach(name -> line.addSubcommand(Commands.ALL.get(name).get()));
        return line;
    }

    /** A mistyped command is no archive: it has neither a slash nor a dot, and no such file exists. */
    private static boolean looksLikeArchive(String word) {
        return word.indexOf('/') >= 0
                || word.indexOf('.') >= 0
                || word.indexOf('*') >= 0
                || java.nio.file.Files.exists(java.nio.file.Path.of(word));
    }

    /** The message, what may have been meant, and where to read on: not the whole help. */
    private static int usage(CommandLine.ParameterException e) {
        error(e.getMessage(), USAGE);
        CommandLine.UnmatchedArgumentException.printSuggestions(
                e, e.getCommandLine().getErr());
        System.err.println("'" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help' says more");
        return USAGE;
    }

    private static int fail(Exception e) {
        if (e instanceof SQLException) {
            return error(e.getMessage(), QUERY_FAILED);
        }
        if (e instanceof IOException failure) {
            return error(reason(failure), UNREADABLE);
        }
        e.printStackTrace();
        return error("this is a defect of tcpsnap: please report it with the lines above", QUERY_FAILED);
    }

    /** Prints one message; returns the code. */
    static int error(String message, int code) {
        System.err.println("tcpsnap: " + Visible.lines(message));
        return code;
    }

    /** What went wrong with a file, with its name. */
    static String reason(IOException e) {
        if (e instanceof NoSuchFileException missing) {
            return missing.getFile() + ": no such file or folder";
        }
        if (e instanceof AccessDeniedException denied) {
            return denied.getFile() + ": permission denied";
        }
        if (e instanceof FileAlreadyExistsException file) {
            return file.getFile() + ": is a file, not a folder";
        }
        if (e instanceof FileSystemException failure && failure.getReason() == null) {
            return failure.getFile() + ": " + failure.getClass().getSimpleName();
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "say what to do: a command or an archive");
    }

    /** Name and version of the program. */
    static String tool() {
        ModuleDescriptor image = CommandLines.class.getModule().getDescriptor(); // null: run from a jar
        String version = image == null
                ? CommandLines.class.getPackage().getImplementationVersion()
                : image.rawVersion().orElse(null);
        return "tcpsnap " + (version == null ? "development" : version);
    }

    private static String version() {
        return tool() + " (archive format " + io.tcpsnap.archive.Manifest.FORMAT + ", Java "
                + System.getProperty("java.version") + ")";
    }

    /** What {@code --version} prints. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {version()};
        }
    }
}
