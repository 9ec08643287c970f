package io.tcpsnap.cli;

import io.tcpsnap.archive.Recordings;
import io.tcpsnap.lab.Command;
import io.tcpsnap.lab.Namespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A recorder of the built program that runs beside the test, until it is ended. */
final class RecordingIn implements AutoCloseable {
    private static final int NOBODY = 65534;
    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid", "" + NOBODY, "--regid", "" + NOBODY, "--clear-groups");

    private final Path folder;
    private final Process process;

    private RecordingIn(Path folder, ProcessBuilder builder) throws IOException, InterruptedException {
        this.folder = folder;
        process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        awaitTicks(2); // the first write is of the head of the file
    }

    /**
     * Returns once a tick is written.
     *
     * @param namespace where it runs; null for that of the test
     */
    static RecordingIn of(Namespace namespace, Path folder, Object... options)
            throws IOException, InterruptedException {
        ProcessBuilder builder = program(folder, options);
        if (namespace != null) {
            builder.command(namespace.inside(builder.command()));
        }
        return new RecordingIn(folder, builder);
    }

    /** The same by a user who may do nothing. */
    static RecordingIn byNobody(Namespace namespace, Path folder, Object... options)
            throws IOException, InterruptedException {
        Files.createDirectory(folder);
        Files.setAttribute(folder, "unix:uid", NOBODY);
        Files.setPosixFilePermissions(folder.getParent(), PosixFilePermissions.fromString("rwx--x--x"));
        ProcessBuilder builder = program(folder, options);
        List<String> command = new ArrayList<>(AS_NOBODY);
        command.addAll(builder.command());
        return new RecordingIn(folder, builder.command(namespace.inside(command)));
    }

    /** Whether nobody may start the program where it lies. */
    static boolean nobodyMayRun() {
        List<String> command = new ArrayList<>(AS_NOBODY);
        command.addAll(List.of(Program.LAUNCHER.toString(), "--version"));
        return Command.works(command.toArray(String[]::new));
    }

    private static ProcessBuilder program(Path folder, Object... options) {
        return Program.builder(Stream.concat(Stream.of("record", "-o", folder), Stream.of(options))
                .toArray());
    }

    private long size() throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> segments = Recordings.segments(folder)) {
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

    /** Stops all of its threads, until {@link #proceed}. */
    void pause() {
        Command.run("kill", "-STOP", String.valueOf(process.pid()));
    }

    void proceed() {
        Command.run("kill", "-CONT", String.valueOf(process.pid()));
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
