package io.tcpsnap.bench;

import com.sun.management.OperatingSystemMXBean;
import io.tcpsnap.duckdb.Database;
import io.tcpsnap.duckdb.LoadProgress;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Loads the tables {@code tcp} and {@code tcp_info} of a replayed archive, and the same rows by other ways, in turns: tcp
 * against decoding in SQL of the text extracted to files, tcp_info against reading the decoded rows as CSV, since SQL
 * cannot decode structures. All with the defaults of DuckDB, in memory.
 */
final class LoadBenchmark {
    /** One way to load; the count of rows comes back. */
    @FunctionalInterface
    private interface Load {
        long run() throws IOException, SQLException;
    }

    /** Best wall and CPU time of the rounds, ns. */
    private static final class Way {
        private final String name;
        private final Load load;
        private long wall = Long.MAX_VALUE;
        private long cpu = Long.MAX_VALUE;
        private long rows;

        Way(String name, Load load) {
            this.name = name;
            this.load = load;
        }

        void run() throws IOException, SQLException {
            long wallStart = System.nanoTime();
            long cpuStart = MACHINE.getProcessCpuTime();
            rows = load.run();
            cpu = Math.min(cpu, MACHINE.getProcessCpuTime() - cpuStart);
            wall = Math.min(wall, System.nanoTime() - wallStart);
        }

        void print(long bytes) {
            System.out.printf(
                    "  %-22s %,12.0f rows/s %9.0f MB/s %8.2f us CPU/row%n",
                    name, rows * 1e9 / wall, bytes * 1e3 / wall, cpu / 1e3 / rows);
        }
    }

    private static final OperatingSystemMXBean MACHINE =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);

    private LoadBenchmark() {}

    static void run(int sockets, int ticks) throws IOException, SQLException {
        Path folder = Files.createTempDirectory("tcpsnap-bench");
        try {
            Replay replay = new Replay(sockets);
            List<String> archive = ReplayArchive.write(folder, replay, ticks);
            Path text = Files.createDirectory(folder.resolve("text"));
            long bytes = 0;
            for (int tick = 0; tick < ticks; tick++) {
                byte[] lines = replay.text(tick);
                bytes += lines.length;
                Files.write(text.resolve("%.6f.txt".formatted(ReplayArchive.time(tick) / 1e9)), lines);
            }
            String sql = baseline().replace("FOLDER", text.toString());
            compare(
                    "tcp",
                    bytes,
                    new Way("tcpsnap, archive", () -> load("tcp", archive)),
                    new Way("SQL, extracted text", () -> load("tcp", sql)));
            int quarter = Math.max(1, archive.size() / 4);
            List<String> part = archive.subList(0, quarter);
            Path csv = folder.resolve("tcp_info.csv");
            String types = export(part, csv);
            compare(
                    "tcp_info",
                    (long) replay.dump(0).length * Math.min(ticks, quarter * ReplayArchive.FRAME_TICKS),
                    new Way("tcpsnap, archive", () -> load("tcp_info", part)),
                    new Way(
                            "CSV of decoded rows",
                            () -> load(
                                    "t", "CREATE TABLE t AS FROM read_csv('" + csv + "', columns = " + types + ")")));
        } finally {
            ReplayArchive.delete(folder);
        }
    }

    private static String baseline() throws IOException {
        try (InputStream in = LoadBenchmark.class.getResourceAsStream("decode_tcp.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void compare(String table, long bytes, Way ours, Way theirs) throws IOException, SQLException {
        for (int round = 0; round < ROUNDS; round++) {
            ours.run();
            theirs.run();
        }
        if (ours.rows != theirs.rows) {
            throw new IllegalStateException(ours.rows + " rows, but the baseline has " + theirs.rows);
        }
        System.out.printf("load %s: %,d rows, best of %d rounds%n", table, ours.rows, ROUNDS);
        ours.print(bytes);
        theirs.print(bytes);
        System.out.printf(
                "  ratio: %.1f times as fast, 1/%.1f of the CPU%n",
                (double) theirs.wall / ours.wall, (double) theirs.cpu / ours.cpu);
    }

    private static long load(String table, List<String> archive) throws IOException, SQLException {
        try (Database database = Database.open(archive);
                ResultSet count = database.execute("SELECT count(*) FROM " + table, LoadProgress.NONE)) {
            count.next();
            return count.getLong(1);
        }
    }

    private static long load(String table, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            try (ResultSet count = statement.executeQuery("SELECT count(*) FROM " + table)) {
                count.next();
                return count.getLong(1);
            }
        }
    }

    /** Writes the decoded rows of tcp_info; returns the types of the columns as read_csv wants them. */
    private static String export(List<String> archive, Path csv) throws IOException, SQLException {
        String types = "SELECT string_agg(format('''{}'':''{}''', column_name, if(data_type LIKE 'ENUM%', 'VARCHAR',"
                + " data_type)) ORDER BY column_index) FROM duckdb_columns() WHERE table_name = 'tcp_info'";
        try (Database database = Database.open(archive)) {
            database.execute("COPY tcp_info TO '" + csv + "'", LoadProgress.NONE);
            try (ResultSet row = database.execute(types, LoadProgress.NONE)) {
                row.next();
                return "{" + row.getString(1) + "}";
            }
        }
    }
}
