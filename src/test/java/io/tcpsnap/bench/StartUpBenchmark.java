package io.tcpsnap.bench;

import io.tcpsnap.cli.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Whole runs of the built program, in turns with {@code java -version}: the version, a first answer that decodes, the same out
 * of the cache, and a statement that needs no table.
 */
final class StartUpBenchmark {
    private static final String COUNT = "SELECT state, count(*) FROM tcp GROUP BY state";

    private final Path folder;
    private final int rounds = Integer.getInteger("bench.rounds", 5);

    private StartUpBenchmark(Path folder) {
        this.folder = folder;
    }

    static void run(int sockets, int ticks) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("tcpsnap-bench");
        try {
            ReplayArchive.write(Files.createDirectory(folder.resolve("archive")), new Replay(sockets), ticks);
            System.out.printf("%n%,d rows of tcp; medians of whole processes%n", (long) sockets * ticks);
            new StartUpBenchmark(folder).run();
        } finally {
            ReplayArchive.delete(folder);
        }
    }

    private void run() throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder[] commands = {
            new ProcessBuilder(java.toString(), "-version"),
            Program.builder("--version"),
            query("select 1"),
            query(COUNT, "--no-cache"),
            query(COUNT)
        };
        String[] names = {"java -version", "tcpsnap --version", "select 1", "first answer, decoded", "from the cache"};
        double[][] seconds = new double[commands.length][rounds];
        time(commands[commands.length - 1]); // fills the cache
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < commands.length; i++) {
                seconds[i][round] = time(commands[i]);
            }
        }
        for (int i = 0; i < commands.length; i++) {
            Arrays.sort(seconds[i]);
            double median = seconds[i][rounds / 2];
            Arrays.sort(seconds[0]);
            System.out.printf("%-24s %8.3f s %6.1f x%n", names[i], median, median / seconds[0][rounds / 2]);
        }
    }

    private ProcessBuilder query(String sql, String... options) {
        ProcessBuilder builder = Program.builder("query", folder.resolve("archive"), "-c", sql);
        builder.command().addAll(Arrays.asList(options));
        builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        return builder;
    }

    private static double time(ProcessBuilder command) throws IOException, InterruptedException {
        long start = System.nanoTime();
        int code = command.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException(command.command() + " ended with " + code);
        }
        return (System.nanoTime() - start) / 1e9;
    }
}
