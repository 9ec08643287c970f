package io.tcpsnap.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Runs the system's programs. */
public final class Shell {
    private Shell() {}

    public static boolean has(String program) throws IOException, InterruptedException {
        return tryRun("sh", "-c", "command -v " + program) == 0;
    }

    public static boolean isRoot() throws IOException, InterruptedException {
        return run("id", "-u").strip().equals("0");
    }

    /** Runs a program that must succeed; returns what it printed. */
    public static String run(Object... words) throws IOException, InterruptedException {
        Process process = start(words);
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(List.of(words) + " exited with " + process.exitValue() + ": " + out);
        }
        return out;
    }

    public static int tryRun(Object... words) throws IOException, InterruptedException {
        Process process = start(words);
        process.getInputStream().readAllBytes();
        return process.waitFor();
    }

    private static Process start(Object... words) throws IOException {
        return new ProcessBuilder(Stream.of(words).map(String::valueOf).toList())
                .redirectErrorStream(true)
                .start();
    }
}
