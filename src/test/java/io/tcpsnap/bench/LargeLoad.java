package io.tcpsnap.bench;

import io.tcpsnap.cli.Program;
import io.tcpsnap.duckdb.Database;
import io.tcpsnap.duckdb.LoadProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The built program loads {@code tcp} of archives of growing size into its cache, as it does by default, and then answers out of
 * it: the cost of a row stays the same, and the memory small. A large archive is many copies of one: the work is the same.
 */
final class LargeLoad {
    /** Rows of the archive that is multiplied. */
    static final int UNIT = 1_000_000;

    private LargeLoad() {}

    /** @param units how many million rows, each size in turn */
    static void run(Path folder, List<String> archive, List<Integer> units) throws IOException {
        System.out.println("count(*) of tcp, whole processes: decoded into the cache, and out of it");
        for (int unit : units) {
            Path copies = Files.createDirectory(folder.resolve("rows-" + unit));
            for (int copy = 0; copy < unit; copy++) {
                for (String segment : archive) {
                    Path file = Path.of(segment);
                    Files.copy(file, copies.resolve(copy + "-" + file.getFileName()));
                }
            }
            Path cache = folder.resolve("cache-" + unit);
            for (String what : List.of("cold", "cached")) {
                count(copies, cache, what, (long) unit * UNIT);
            }
            ReplayArchive.delete(copies);
            ReplayArchive.delete(cache);
        }
    }

    private static void count(Path archives, Path cache, String what, long rows) throws IOException {
        ProcessBuilder builder = Program.builder("query", archives, "-c", "SELECT count(*) FROM tcp");
        builder.environment().put("XDG_CACHE_HOME", cache.toString());
        builder.environment().put("TCPSNAP_CACHE_SIZE", "1000GB");
        long start = System.nanoTime();
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        String peak = "";
        Duration cpu = Duration.ZERO;
        while (process.isAlive()) {
            Duration now = process.info().totalCpuDuration().orElse(cpu);
            peak = now.compareTo(cpu) >= 0 ? peak(process.pid(), peak) : peak;
            cpu = now.compareTo(cpu) >= 0 ? now : cpu;
            sleep();
        }
        if (process.exitValue() != 0) {
            throw new IOException("exit code " + process.exitValue());
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "  %,12d rows %-7s %7.2f s %,12.0f rows/s %6.2f us CPU/row, peak RSS %s%n",
                rows, what, seconds, rows / seconds, cpu.toNanos() / 1e3 / rows, peak);
    }

    /** What the kernel says, {@code before} where the process has ended. */
    private static String peak(long pid, String before) {
        try (Stream<String> status = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return status.filter(line -> line.startsWith("VmHWM"))
                    .findFirst()
                    .map(line -> line.replaceAll("\\w+:\\s*", ""))
                    .orElse(before);
        } catch (IOException | UncheckedIOException e) {
            return before;
        }
    }

    private static void sleep() throws IOException {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    /** Loads {@code tcp} into a new database file, as DuckDB's defaults compress it; returns the rows. */
    static long load(List<String> archive, Path file) throws IOException, SQLException {
        Files.deleteIfExists(file);
        try (Database database = Database.open(archive)) {
            database.execute("ATTACH '" + file + "' AS disk", LoadProgress.NONE);
            database.execute("SET preserve_insertion_order = false", LoadProgress.NONE);
            database.execute("CREATE TABLE disk.loaded AS FROM read_tcp()", LoadProgress.NONE);
            database.execute("CHECKPOINT disk", LoadProgress.NONE);
            try (ResultSet count = database.execute("SELECT count(*) FROM disk.loaded", LoadProgress.NONE)) {
                count.next();
                return count.getLong(1);
            }
        }
    }
}
