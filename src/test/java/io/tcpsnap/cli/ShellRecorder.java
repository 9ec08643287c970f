package io.tcpsnap.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcpsnap.archive.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What {@code tcpsnap script} prints, as a host without Java runs it. */
final class ShellRecorder {
    /** Shells to run it with, as words of a command. */
    static final String SHELLS = "dash, bash, busybox sh";

    /** All that it runs but shells, ss and compressors. */
    static final List<String> PROGRAMS = List.of("cat", "date", "getconf", "ls", "mkdir", "rm", "sleep", "uname", "wc");

    private final Path script;
    private final List<String> shell;
    private String path;

    private ShellRecorder(Path script, List<String> shell) {
        this.script = script;
        this.shell = shell;
    }

    /** Under a shell, if that is there: else the test is skipped. */
    static ShellRecorder of(Path script, String shell) throws IOException, InterruptedException {
        List<String> words = List.of(shell.split(" ", -1));
        assumeTrue(Shell.has(words.get(0)), "needs " + words.get(0));
        return new ShellRecorder(script, words);
    }

    static Path print(Path folder) throws IOException, InterruptedException {
        return Files.writeString(
                folder.resolve("record.sh"), Program.run("script").out());
    }

    /** Gives it no programs but these, from the system or from busybox. */
    ShellRecorder withOnly(Path bin, List<String> programs, boolean busybox) throws IOException, InterruptedException {
        Files.createDirectories(bin);
        for (String program : programs) {
            String found = Shell.run("sh", "-c", "command -v " + (busybox ? "busybox" : program));
            Files.copy(Path.of(found.strip()).toRealPath(), bin.resolve(program), StandardCopyOption.COPY_ATTRIBUTES);
        }
        path = bin.toString();
        return this;
    }

    ProcessBuilder builder(Object... args) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(shell);
        words.set(0, Shell.run("sh", "-c", "command -v " + shell.get(0)).strip());
        words.add(script.toString());
        Stream.of(args).map(String::valueOf).forEach(words::add);
        ProcessBuilder builder = new ProcessBuilder(words);
        if (path != null) {
            builder.environment().put("PATH", path);
        }
        return builder;
    }

    Program.Result run(Object... args) throws IOException, InterruptedException {
        return Program.run(builder(args), "");
    }
}
