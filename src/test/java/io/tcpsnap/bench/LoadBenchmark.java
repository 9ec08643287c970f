package io.tcpsnap.bench;

import io.tcpsnap.duckdb.Database;
import io.tcpsnap.duckdb.LoadProgress;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Loads the tables {@code tcp} and {@code tcp_info} of a replayed archive, and the same rows by other ways, in turns: tcp
 * against decoding in SQL of the text extracted to files, tcp_info against ss, which prints the dumps to /dev/null, and
 * against reading the decoded rows as CSV, since SQL cannot decode structures. All with the defaults of DuckDB. Then a
 * window of a day, and loads of more and more rows.
 */
final class LoadBenchmark {
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final int DAY = 86_400;
    private static final int WINDOW = 600;
    /** Of a day: that many ticks of fewer sockets. */
    private static final int FEWER = 10;

    private LoadBenchmark() {}

    static void run(int sockets, int ticks) throws IOException, SQLException {
        Path folder = Files.createTempDirectory("tcpsnap-bench");
        try {
            Replay replay = new Replay(sockets);
            tcp(folder, replay, ticks);
            tcpInfo(folder, replay, Math.max(1, ticks / 4));
            window(folder, new Replay(Math.max(1, sockets / FEWER)));
            List<Integer> units = Stream.of(
                            System.getProperty("bench.millions", "1,10").split(",", -1))
                    .map(Integer::valueOf)
                    .toList();
            List<String> unit = archive(folder.resolve("unit"), replay, Math.max(1, LargeLoad.UNIT / sockets));
            LargeLoad.run(folder, unit, units);
        } finally {
            ReplayArchive.delete(folder);
        }
    }

    private static List<String> archive(Path folder, Replay replay, int ticks) throws IOException {
        return ReplayArchive.write(Files.createDirectory(folder), replay, ticks);
    }

    private static void tcp(Path folder, Replay replay, int ticks) throws IOException, SQLException {
        List<String> archive = archive(folder.resolve("tcp"), replay, ticks);
        Path text = Files.createDirectory(folder.resolve("text"));
        long bytes = 0;
        for (int tick = 0; tick < ticks; tick++) {
            byte[] lines = replay.text(tick);
            bytes += lines.length;
            Files.write(text.resolve("%.6f.txt".formatted(ReplayArchive.time(tick) / 1e9)), lines);
        }
        String sql = baseline().replace("FOLDER", text.toString());
        Path file = folder.resolve("tcp.duckdb");
        compare(
                "tcp",
                bytes,
                new Way("tcpsnap, archive", () -> load("tcp", archive)),
                new Way("tcpsnap, into a file", () -> LargeLoad.load(archive, file)),
                new Way("SQL, extracted text", () -> load("tcp", sql)));
    }

    private static void tcpInfo(Path folder, Replay replay, int ticks) throws IOException, SQLException {
        List<String> archive = archive(folder.resolve("tcp_info"), replay, ticks);
        Path csv = folder.resolve("tcp_info.csv");
        String types = export(archive, csv);
        Path dump = folder.resolve("dump");
        long bytes = dumps(dump, replay, ticks);
        long rows = load("tcp_info", archive);
        compare(
                "tcp_info",
                bytes,
                new Way("tcpsnap, archive", () -> load("tcp_info", archive)),
                new Way("ss, to /dev/null", () -> {
                            Child.runQuietly(Map.of("TCPDIAG_FILE", dump.toString()), "ss", "-tinmoeH");
                            return rows;
                        })
                        .elsewhere(),
                new Way(
                        "CSV of decoded rows",
                        () -> load("t", "CREATE TABLE t AS FROM read_csv('" + csv + "', columns = " + types + ")")));
    }

    /** All dumps as one, which ss reads to the NLMSG_DONE at its end; returns the bytes. */
    private static long dumps(Path file, Replay replay, int ticks) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (int tick = 0; tick < ticks; tick++) {
                byte[] dump = replay.dump(tick);
                out.write(dump, 0, dump.length - (tick < ticks - 1 ? Replay.DONE_LENGTH : 0));
            }
        }
        return Files.size(file);
    }

    /** Three columns of ten minutes against all of a day. */
    private static void window(Path folder, Replay replay) throws IOException, SQLException {
        List<String> archive = archive(folder.resolve("day"), replay, DAY);
        long since = ReplayArchive.time(DAY / 2) / 1000;
        String sql = "SELECT count(*), count(local_addr), max(cwnd) FROM read_tcp(since := make_timestamp(" + since
                + "), until := make_timestamp(" + (since + WINDOW * 1_000_000L) + "))";
        Way part = new Way("three columns, 10 min", () -> query(archive, sql));
        Way whole = new Way("all of the day", () -> load("tcp", archive));
        whole.run();
        for (int round = 0; round < ROUNDS; round++) {
            part.run();
        }
        System.out.printf(
                "window: three columns of ten minutes (%,d rows) %.3f s, all of the day (%,d rows) %.1f s: 1/%.0f%n",
                part.rows(), part.seconds(), whole.rows(), whole.seconds(), 1 / part.share(whole));
    }

    private static String baseline() throws IOException {
        try (InputStream in = LoadBenchmark.class.getResourceAsStream("decode_tcp.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void compare(String table, long bytes, Way ours, Way... others) throws IOException, SQLException {
        for (int round = 0; round < ROUNDS; round++) {
            ours.run();
            for (Way other : others) {
                other.run();
            }
        }
        System.out.printf("load %s: %,d rows, best of %d rounds%n", table, ours.rows(), ROUNDS);
        ours.print(bytes);
        for (Way other : others) {
            if (ours.rows() != other.rows()) {
                throw new IllegalStateException(ours.rows() + " rows, but a baseline has " + other.rows());
            }
            other.print(bytes);
            ours.printRatio(other);
        }
    }

    private static long load(String table, List<String> archive) throws IOException, SQLException {
        return query(archive, "SELECT count(*) FROM " + table);
    }

    private static long query(List<String> archive, String sql) throws IOException, SQLException {
        try (Database database = Database.open(archive);
                ResultSet count = database.execute(sql, LoadProgress.NONE)) {
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
