package io.tcpsnap.cli;

import io.tcpsnap.lab.Namespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A recorder of the built program that runs beside the test, until it is ended. */
final class RecordingIn implements AutoCloseable {
    private final Path folder;
    private final Process process;

    /**
     * Returns once a tick is written.
     *
     * @param namespace where it runs; null for that of the test
     */
    RecordingIn(Namespace namespace, Path folder, Object... options) throws IOException, InterruptedException {
        this.folder = folder;
        ProcessBuilder builder = Program.builder(Stream.concat(Stream.of("record", "-o", folder), Stream.of(options))
                .toArray());
        if (namespace != null) {
            builder.command(namespace.inside(builder.command()));
        }
        process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        awaitTicks(1);
    }

    private long size() throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> segments = Files.list(folder)) {
            return segments.mapToLong(segment -> segment.toFile().length()).sum();
        }
    }

    /** Waits until so many more ticks are written: each is one write. */
    void awaitTicks(int count) throws IOException, InterruptedException {
        for (int i = 0; i < count; i++) {
            long before = size();
            while (size() == before) {
                if (!process.isAlive()) {
                    throw new IllegalStateException("the recorder ended with " + process.exitValue());
                }
                Thread.sleep(10);
            }
        }
    }

    int end() throws InterruptedException {
        process.destroy();
        return process.waitFor();
    }

    String query(String sql) throws IOException, InterruptedException {
        Program.Result result = Program.run("query", folder, "--format", "csv", "-c", sql);
        if (result.code() != 0) {
            throw new IllegalStateException(result.err());
        }
        return result.out();
    }

    /** The cells of the only row that a query gives. */
    List<String> row(String sql) throws IOException, InterruptedException {
        return List.of(query(sql).split("\n", -1)[1].split(",", -1));
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
