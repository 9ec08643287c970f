package io.tcpsnap.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A JVM in a namespace that does one thing for each line on its input and answers with a line. It ends with its input. */
public final class Child implements AutoCloseable {
    private final String name;
    private final Process process;
    private final BufferedReader answers;

    private Child(String name, Process process) {
        this.name = name;
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    public static Child start(Namespace namespace, Class<?> main, String... arguments) {
        List<String> command = java(main);
        command.addAll(List.of(arguments));
        try {
            ProcessBuilder builder = new ProcessBuilder(namespace.inside(command));
            return new Child(
                    main.getSimpleName(),
                    builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A JVM like this one, but small. */
    public static List<String> java(Class<?> main) {
        return new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    }

    /** Sends a line and waits for the answer, which must be the same line: anything else is what went wrong. */
    public void tell(String line) {
        try {
            process.outputWriter(StandardCharsets.UTF_8)
                    .append(line)
                    .append('\n')
                    .flush();
            String answer = answers.readLine();
            if (!line.equals(answer)) {
                throw new IllegalStateException(name + ": " + line + ": " + answer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(name + ": " + line, e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
