package io.tcpsnap.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcpsnap.cli.Program;
import io.tcpsnap.duckdb.Database;
import io.tcpsnap.duckdb.LoadProgress;
import io.tcpsnap.lab.Command;
import io.tcpsnap.lab.Namespace;
import io.tcpsnap.lab.TcpLab;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real recorder beside sockets in every state, then every row of SQL against what others make of the same bytes: {@code
 * tcp} against the text, {@code tcp_info} against {@code ss}.
 */
class OracleIT {
    private static final int TICKS = 5;

    @TempDir
    private static Path folder;

    private static Path tree;
    private static Database database;

    @BeforeAll
    static void record() throws Exception {
        assumeTrue(Namespace.available(), "needs root, iproute2 and iptables");
        assumeTrue(Command.works("zstd", "-V"), "needs zstd");
        Path rec = folder.resolve("rec");
        try (TcpLab lab = TcpLab.open()) {
            List<String> recorder = Program.builder("record", "-o", rec, "--interval", "200ms", "--count", TICKS)
                    .command();
            Command.run(lab.namespace().inside(recorder), Map.of("JAVA_HOME", System.getProperty("java.home")));
        }
        tree = Files.createDirectory(folder.resolve("tree"));
        try (Stream<Path> segments = Files.list(rec)) {
            Path segment = segments.findFirst().orElseThrow();
            Command.run("tar", "--zstd", "-xf", segment.toString(), "-C", tree.toString());
            database = Database.open(List.of(segment.toString()));
        }
    }

    @AfterAll
    static void close() throws SQLException {
        if (database != null) {
            database.close();
        }
    }

    private static List<Map<String, Object>> rows(String sql) throws SQLException {
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

    private static List<Path> ticks() throws IOException {
        try (Stream<Path> children = Files.list(tree)) {
            return children.filter(Files::isDirectory).sorted().toList();
        }
    }

    @Test
    void everyRowOfTcpEqualsItsLine() throws Exception {
        int compared = 0;
        Set<Object> states = new TreeSet<>();
        for (int tick = 0; tick < TICKS; tick++) {
            List<Map<String, Object>> expected = new ArrayList<>();
            for (String file : List.of("tcp", "tcp6")) {
                String text = Files.readString(ticks().get(tick).resolve("proc/net/" + file));
                expected.addAll(ProcNetTcpText.parse(text, 100));
            }
            List<Map<String, Object>> actual = rows("FROM tcp WHERE snapshot_id = " + tick + " ORDER BY family, sl");
            assertThat(actual).hasSameSizeAs(expected);
            for (int i = 0; i < actual.size(); i++) {
                assertThat(actual.get(i)).containsAllEntriesOf(expected.get(i));
                states.add(actual.get(i).get("family") + " " + actual.get(i).get("state"));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(TICKS * 50);
        assertThat(states).as("every state that /proc shows, in both families").hasSize(2 * 10);
    }

    @Test
    void everyRowOfTcpInfoEqualsWhatSsPrints() throws Exception {
        Cgroups cgroups = Cgroups.ofThisMachine();
        int compared = 0;
        for (int tick = 0; tick < TICKS; tick++) {
            Path dump = ticks().get(tick).resolve("sock_diag/tcp");
            String printed = Command.run(List.of("ss", "-tinmoe"), Map.of("TCPDIAG_FILE", dump.toString()));
            List<Row> rows = rows("FROM tcp_info WHERE snapshot_id = " + tick).stream()
                    .map(Row::new)
                    .toList();
            assertThat(SsOracle.differences(rows, SsText.parse(printed), cgroups))
                    .isEmpty();
            compared += rows.size();
        }
        assertThat(compared).isGreaterThan(TICKS * 50);
    }

    @Test
    void tcpAndTcpInfoAreOfTheSameConnections() throws Exception {
        // sockets that change between the two copies of a tick are few: most must meet by inode and by conn
        assertThat(rows("SELECT count(*) AS n FROM tcp JOIN tcp_info USING (snapshot_id, conn, inode)"
                                + " WHERE tcp.inode > 0 AND tcp.local_port = tcp_info.local_port"
                                + " AND tcp.local_addr = tcp_info.local_addr AND tcp.uid = tcp_info.uid")
                        .get(0)
                        .get("n"))
                .isEqualTo(rows("SELECT count(*) AS n FROM tcp WHERE inode > 0")
                        .get(0)
                        .get("n"));
    }

    @Test
    void nothingIsAProblem() throws Exception {
        assertThat(rows("FROM problem")).isEmpty();
    }
}
