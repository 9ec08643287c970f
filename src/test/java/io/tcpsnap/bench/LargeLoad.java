package io.tcpsnap.bench;

import io.tcpsnap.duckdb.Database;
import io.tcpsnap.duckdb.LoadProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Loads {@code tcp} of archives into a database file, each size in a Java of its own with the program's defaults, to see
 * that the cost of a row stays the same and the memory small. A large archive is many names of one: the work is the same.
 */
final class LargeLoad {
    /** Rows of the archive that is multiplied. */
    static final int UNIT = 1_000_000;

    private LargeLoad() {}

    /** @param units how many million rows, each size in turn */
    static void run(Path folder, List<String> archive, List<Integer> units) throws IOException {
        System.out.println("load tcp into a file, each size in a new Java");
        for (int unit : units) {
            Path names = Files.createDirectory(folder.resolve("rows-" + unit));
            for (int copy = 0; copy < unit; copy++) {
                for (String segment : archive) {
                    Path file = Path.of(segment);
                    Files.createLink(names.resolve(copy + "-" + file.getFileName()), file);
                }
            }
            Path database = folder.resolve("rows-" + unit + ".duckdb");
            Child.run(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "--class-path",
                    System.getProperty("java.class.path"),
                    LargeLoad.class.getName(),
                    names.toString(),
                    database.toString());
            Files.delete(database);
        }
    }

    /** Loads the archives in the folder {@code args[0]} into the new file {@code args[1]}. */
    public static void main(String[] args) throws IOException, SQLException {
        Way way = new Way("cold", () -> load(List.of(args[0]), Path.of(args[1]))).run();
        way.print(Files.size(Path.of(args[1])));
        try (Stream<String> status = Files.lines(Path.of("/proc/self/status"))) {
            String peak =
                    status.filter(line -> line.startsWith("VmHWM")).findFirst().orElse("");
            System.out.printf("    %,d rows, peak RSS %s%n", way.rows(), peak.replaceAll("\\w+:\\s*", ""));
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
