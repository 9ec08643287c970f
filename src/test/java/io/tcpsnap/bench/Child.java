package io.tcpsnap.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Another program as a part of a benchmark. */
final class Child {
    private Child() {}

    /** Runs it with its output on ours; fails where it does. */
    static void run(String... command) throws IOException {
        await(new ProcessBuilder(command).inheritIO().start(), List.of(command));
    }

    /** Runs it with its output thrown away. */
    static void runQuietly(Map<String, String> environment, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        await(builder.start(), List.of(command));
    }

    private static void await(Process process, List<String> command) throws IOException {
        try {
            int code = process.waitFor();
            if (code != 0) {
                throw new IOException(String.join(" ", command) + ": exit code " + code);
            }
        } catch (InterruptedException e) {
            process.destroy();
            throw new IOException("interrupted", e);
        }
    }
}
