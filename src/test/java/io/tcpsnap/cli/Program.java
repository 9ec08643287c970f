package io.tcpsnap.cli;

import io.tcpsnap.archive.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The built program, {@code target/tcpsnap}, as a user runs it. */
public final class Program {
    public static final Path LAUNCHER = Path.of("target/tcpsnap").toAbsolutePath();

    /** Not the user's. */
    private static final Path CACHE = Path.of("target/cache").toAbsolutePath();

    /** How a run ended. */
    public record Result(int code, String out, String err) {}

    private Program() {}

    /** Runs it to its end, with the Java that runs the tests. */
    public static Result run(Object... args) throws IOException, InterruptedException {
        return runWithInput("", args);
    }

    public static Result runWithInput(String input, Object... args) throws IOException, InterruptedException {
        return run(builder(args), input);
    }

    /** Runs any program to its end. */
    static Result run(ProcessBuilder builder, String input) throws IOException, InterruptedException {
        Path err = Files.createTempFile("err", null);
        try {
            Process process = builder.redirectError(err.toFile()).start();
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), out, Files.readString(err));
        } finally {
            Files.delete(err);
        }
    }

    /** Makes it ready to start, for runs that end by a signal. */
    public static ProcessBuilder builder(Object... args) {
        List<String> words = new ArrayList<>(List.of(LAUNCHER.toString()));
        Stream.of(args).map(String::valueOf).forEach(words::add);
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("XDG_CACHE_HOME", CACHE.toString());
        builder.environment().put("XDG_CONFIG_HOME", CACHE.resolve("no-config").toString());
        return builder;
    }

    /** The checkout may be in a folder that others cannot enter: a copy of the launcher that everybody may run. */
    static Path copyForAll() throws IOException, InterruptedException {
        Path copy = Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir"), "tcpsnap-all"));
        Shell.run("chmod", "755", copy);
        Shell.run("cp", "-r", LAUNCHER, LAUNCHER.resolveSibling("lib"), copy);
        Shell.run("chmod", "-R", "a+rX", copy);
        return copy.resolve("tcpsnap");
    }
}
