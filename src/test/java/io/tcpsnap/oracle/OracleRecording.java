package io.tcpsnap.oracle;

import io.tcpsnap.archive.Recordings;
import io.tcpsnap.cli.Program;
import io.tcpsnap.duckdb.Database;
import io.tcpsnap.duckdb.LoadProgress;
import io.tcpsnap.lab.Command;
import io.tcpsnap.lab.Namespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A recording of a namespace by the real program, open in SQL, and extracted by stock tools. */
final class OracleRecording implements AutoCloseable {
    private final Path tree;
    private final Database database;

    private OracleRecording(Path tree, Database database) {
        this.tree = tree;
        this.database = database;
    }

    /** Records some ticks. */
    static OracleRecording of(Namespace namespace, Path folder, int ticks) throws IOException, SQLException {
        Path rec = folder.resolve("rec");
        List<String> recorder = Program.builder("record", "-o", rec, "--interval", "200ms", "--count", ticks)
                .command();
        Command.run(namespace.inside(recorder), Map.of("JAVA_HOME", System.getProperty("java.home")));
        Path tree = Files.createDirectory(folder.resolve("tree"));
        try (Stream<Path> segments = Recordings.segments(rec)) {
            Path segment = segments.findFirst().orElseThrow();
            Command.run("tar", "--zstd", "-xf", segment.toString(), "-C", tree.toString());
            return new OracleRecording(tree, Database.open(List.of(segment.toString())));
        }
    }

    /** The folders of the ticks, in order. */
    List<Path> ticks() throws IOException {
        try (Stream<Path> children = Files.list(tree)) {
            return children.filter(Files::isDirectory).sorted().toList();
        }
    }

    /** Rows by column name, numbers as long. */
    List<Map<String, Object>> rows(String sql) throws SQLException {
        List<Map<String, Object>> rows = new ArrayList<>();
        try (ResultSet result = database.execute(sql, LoadProgress.NONE)) {
            while (result.next()) {
                Map<String, Object> row = new LinkedHashMap<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    Object value = result.getObject(i);
                    boolean number = value instanceof Number;
                    row.put(result.getMetaData().getColumnLabel(i), number ? ((Number) value).longValue() : value);
                }
                rows.add(row);
            }
        }
        return rows;
    }

    /** What ss prints for the dump of a tick and our rows do not say, or the other way round. */
    List<String> differencesToSs(int tick) throws IOException, SQLException {
        String printed = ss(tick, "-tinmoe --tos --inet-sockopt");
        List<Row> rows = rows("FROM tcp_info WHERE snapshot_id = " + tick).stream()
                .map(Row::new)
                .toList();
        return SsOracle.differences(rows, SsText.parse(printed), Cgroups.ofThisMachine());
    }

    /** What ss prints of the dump of a tick, read back. */
    SsTcpRoundTrip roundTrip(int tick) throws IOException {
        return new SsTcpRoundTrip(Files.readAllBytes(dump(tick)), ss(tick, "-tinmoe"));
    }

    private String ss(int tick, String options) throws IOException {
        return Command.run(
                List.of(("ss " + options).split(" ", -1)),
                Map.of("TCPDIAG_FILE", dump(tick).toString()));
    }

    private Path dump(int tick) throws IOException {
        return ticks().get(tick).resolve("sock_diag/tcp");
    }

    /** Each line of a tick's /proc/net/tcp and tcp6 as a second reader reads it, and our row beside it. */
    List<Map.Entry<Map<String, Object>, Map<String, Object>>> lines(int tick) throws IOException, SQLException {
        List<Map<String, Object>> expected = new ArrayList<>();
        for (String file : List.of("tcp", "tcp6")) {
            String text = Files.readString(ticks().get(tick).resolve("proc/net/" + file));
            expected.addAll(ProcNetTcpText.parse(text, 100));
        }
        List<Map<String, Object>> actual = rows("FROM tcp WHERE snapshot_id = " + tick + " ORDER BY family, sl");
        if (actual.size() != expected.size()) {
            throw new AssertionError(actual.size() + " rows of " + expected.size() + " lines");
        }
        List<Map.Entry<Map<String, Object>, Map<String, Object>>> lines = new ArrayList<>();
        for (int i = 0; i < actual.size(); i++) {
            lines.add(Map.entry(expected.get(i), actual.get(i)));
        }
        return lines;
    }

    /** Which of the families {@code 4} and {@code 6}, and of {@code mapped} for IPv4 of IPv6 sockets, have such a row. */
    Set<Object> kinds(String table, String condition) throws SQLException {
        return rows("SELECT DISTINCT if(local_addr LIKE '::ffff:%', 'mapped', family::VARCHAR) AS kind FROM " + table
                        + " WHERE " + condition)
                .stream()
                .map(row -> row.get("kind"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }
}
