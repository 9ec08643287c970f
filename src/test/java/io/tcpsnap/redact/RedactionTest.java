package io.tcpsnap.redact;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcpsnap.archive.ArchiveSet;
import io.tcpsnap.archive.Entry;
import io.tcpsnap.archive.Shell;
import io.tcpsnap.duckdb.Database;
import io.tcpsnap.duckdb.LoadProgress;
import io.tcpsnap.duckdb.Query;
import io.tcpsnap.duckdb.QueryLibrary;
import io.tcpsnap.kernel.TextAddress;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A redacted archive says the same as the original, of others. */
class RedactionTest {
    private static final Key KEY = new Key("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
    private static final Pattern ADDRESS = Pattern.compile("\\b(?:\\d{1,3}\\.){3}\\d{1,3}\\b|[0-9a-f:]*::[0-9a-f:]+");

    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    @TempDir
    Path folder;

    private Path redacted(String archive, Key key) throws IOException {
        Path out = folder.resolve(key.fingerprint());
        return new Redaction(key, Policy.byDefault(), "test", damage -> {})
                .run(ArchiveSet.open(List.of(archive)), out)
                .get(0);
    }

    /** The rows of the last statement, in an order of their own: those of equal rank may change places. */
    private static List<String> rows(Database database, String sql, java.util.function.BinaryOperator<String> renaming)
            throws SQLException {
        List<String> lines = new ArrayList<>();
        try (ResultSet rows = database.execute(sql, LoadProgress.NONE)) {
            while (rows != null && rows.next()) {
                StringBuilder line = new StringBuilder();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    String cell = rows.getString(i);
                    line.append('|')
                            .append(
                                    cell == null
                                            ? null
                                            : renaming.apply(rows.getMetaData().getColumnName(i), cell));
                }
                lines.add(line.toString());
            }
        }
        lines.sort(null);
        return lines;
    }

    /** What a cell of an original becomes. */
    private static String renamed(Renaming renaming, String column, String cell) {
        int port = cell.matches("fd99::\\d:\\d+") ? cell.lastIndexOf(':') : cell.length(); // printed without brackets
        return address(renaming, column, cell.substring(0, port)) + cell.substring(port);
    }

    private static String address(Renaming renaming, String column, String cell) {
        return switch (column) {
            case "inode" -> String.valueOf(renaming.inode(Long.parseLong(cell)));
            case "host" -> renaming.host(cell);
            case "recording" -> renaming.uuid("recording", cell);
            case "conn" -> "conn";
            case "file", "size", "tool", "edits" -> column;
            default ->
                cell.equals("veth0")
                        ? renaming.device(cell)
                        : ADDRESS.matcher(cell).replaceAll(m -> {
                            byte[] address = TextAddress.parse(m.group());
                            return address == null ? m.group() : TextAddress.format(renaming.address(address));
                        });
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"loss", "idle"})
    void everyQueryAnswersTheSame(String sample) throws Exception {
        String archive = "samples/" + sample + ".tar.zst";
        Renaming renaming = new Renaming(KEY, Policy.byDefault());
        int answers = 0;
        try (Database original = Database.open(List.of(archive));
                Database safe = Database.open(List.of(redacted(archive, KEY).toString()))) {
            for (Query query : QueryLibrary.load(List.of(Path.of("queries"))).queries()) {
                for (Query.Parameter parameter : query.parameters()) {
                    for (Database database : List.of(original, safe)) {
                        String value = parameter.value();
                        String literal = value.matches("-?\\d+(\\.\\d+)?") ? value : "'" + value + "'";
                        database.execute("SET VARIABLE \"" + parameter.name() + "\" = " + literal, LoadProgress.NONE);
                    }
                }
                List<String> expected = rows(original, query.sql(), (column, cell) -> renamed(renaming, column, cell));
                List<String> actual = rows(safe, query.sql(), (column, cell) -> same(column, cell));
                assertThat(actual).as(query.name()).isEqualTo(expected);
                answers += expected.size();
            }
        }
        assertThat(answers).isGreaterThan(10);
    }

    /** Of a cell of the result, what cannot be foreseen. */
    private static String same(String column, String cell) {
        return List.of("conn", "file", "size", "tool", "edits").contains(column) ? column : cell;
    }

    @Test
    void countersAndStatesAreAsTheyWere() throws Exception {
        String archive = "samples/loss.tar.zst";
        String tcp =
                "SELECT state, timer, tm_when, retrnsmt, tx_queue, rx_queue, cwnd, ssthresh, rto_ms, local_port, remote_port,"
                        + " row_kind, ts FROM tcp";
        String info =
                "SELECT * EXCLUDE (local_addr, remote_addr, conn, uid, inode, cookie, cgroup_id, mark, host, netns) FROM tcp_info";
        String counters = "SELECT * EXCLUDE (host, netns) FROM counter";
        String ticks = "SELECT * EXCLUDE (host, netns) FROM snapshot";
        String problems = "SELECT count(*) FROM problem";
        try (Database original = Database.open(List.of(archive));
                Database safe = Database.open(List.of(redacted(archive, KEY).toString()))) {
            for (String sql : List.of(tcp, info, counters, ticks, problems)) {
                List<String> rows = rows(original, sql, (column, cell) -> cell);
                assertThat(rows(safe, sql, (column, cell) -> cell))
                        .as(sql)
                        .isEqualTo(rows)
                        .isNotEmpty();
            }
        }
    }

    /** An archive of one connection, as the host at its end sees it. */
    private String end(String local, String remote, int port, int peerPort, String host) throws IOException {
        Path copy = Files.createDirectories(folder.resolve(host)).resolve("ss.txt");
        Files.writeString(
                copy,
                "State Recv-Q Send-Q Local Address:Port Peer Address:Port\nESTAB 0 0 " + local + ":" + port + " "
                        + remote + ":" + peerPort + "\n");
        return new io.tcpsnap.importer.Import(
                        new io.tcpsnap.importer.Import.Options(
                                folder.resolve(host + "-archive"),
                                List.of(copy.toString()),
                                java.time.Instant.parse("2026-11-22T07:42:00Z"),
                                null,
                                host,
                                ByteOrder.LITTLE_ENDIAN,
                                100,
                                "test"),
                        System.in,
                        note -> {})
                .run()
                .segments()
                .get(0)
                .toString();
    }

    @Test
    void theTwoEndsOfAConnectionStillJoinUnderOneKey() throws Exception {
        String client = end("198.51.100.7", "203.0.113.9", 40001, 443, "client");
        String server = end("203.0.113.9", "198.51.100.7", 443, 40001, "server");
        String join =
                "SELECT count(*) FROM tcp_info a JOIN tcp_info b ON a.host <> b.host AND a.local_addr = b.remote_addr"
                        + " AND a.remote_addr = b.local_addr AND a.local_port = b.remote_port AND a.remote_port = b.local_port";
        List<String> oneKey =
                List.of(redacted(client, KEY).toString(), redacted(server, KEY).toString());
        try (Database database = Database.open(oneKey)) {
            assertThat(rows(database, join, (column, cell) -> cell)).containsExactly("|2");
            assertThat(rows(database, "SELECT local_addr FROM tcp_info", (column, cell) -> cell))
                    .doesNotContain("|198.51.100.7", "|203.0.113.9");
        }
        Key other = Key.fresh();
        List<String> twoKeys = List.of(
                redacted(client, KEY).toString(), redacted(server, other).toString());
        try (Database database = Database.open(twoKeys)) {
            assertThat(rows(database, join, (column, cell) -> cell)).containsExactly("|0");
        }
    }

    static List<Path> tables() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/resources/proc"))) {
            return files.filter(file -> file.getParent().endsWith("net") && Files.isRegularFile(file))
                    .filter(file -> !file.toString().contains("/damaged/")
                            && !file.toString().contains("/cut/"))
                    .sorted()
                    .toList();
        }
    }

    /** Kernels from 2.6 to 6.18, both byte orders. */
    @ParameterizedTest
    @MethodSource("tables")
    void columnsStayInPlace(Path table) throws IOException {
        byte[] bytes = Files.readAllBytes(table);
        Account account = new Account();
        TickRedaction redaction = new TickRedaction(new Renaming(KEY, Policy.byDefault()), account);
        String source = "proc/net/" + table.getFileName();
        byte[] safe = redaction
                .entry(new Entry(source, bytes, bytes.length), ByteOrder.LITTLE_ENDIAN)
                .bytes();
        assertThat(account.counts()).isEmpty();
        String before = new String(bytes, StandardCharsets.ISO_8859_1);
        String after = new String(safe, StandardCharsets.ISO_8859_1);
        if (source.startsWith("proc/net/tcp")) {
            assertThat(shape(after)).isEqualTo(shape(before));
        } else if (source.equals("proc/net/dev")) {
            assertThat(after.replaceAll("(?m)^.*:(?=\\s*(?:\\d|No ))", ""))
                    .isEqualTo(before.replaceAll("(?m)^.*:(?=\\s*(?:\\d|No ))", ""));
        } else {
            assertThat(after).isEqualTo(before);
        }
    }

    private static String shape(String text) {
        return text.replaceAll("[0-9A-Za-z]", "x");
    }

    @Test
    void ssPrintsOfTheResultWhatItPrintedOfTheOriginal() throws Exception {
        for (String family : List.of("v4", "v6")) {
            Path dump = Path.of("src/test/resources/netlink/6.18/states." + family + ".bin");
            byte[] bytes = Files.readAllBytes(dump);
            Account account = new Account();
            byte[] safe = new TickRedaction(new Renaming(KEY, Policy.byDefault()), account)
                    .entry(new Entry("sock_diag/tcp", bytes, bytes.length), ByteOrder.LITTLE_ENDIAN)
                    .bytes();
            Path out = Files.write(folder.resolve(family + ".bin"), safe);
            assertThat(account.counts()).isEmpty();
            assertThat(sorted(ss(out))).isEqualTo(sorted(ss(dump))).hasSizeGreaterThan(20);
            assertThat(ss(out)).doesNotContain("10.99.0.", "fd99::");
        }
    }

    private static String ss(Path dump) throws Exception {
        return Shell.run("env", "TCPDIAG_FILE=" + dump, "ss", "-tanieomO");
    }

    /** Lines without what is renamed. */
    private static List<String> sorted(String text) {
        return text.lines()
                .map(line -> line.replaceAll("(?:\\[[0-9a-f:.]+\\]|[0-9.]+|\\*)(?:%\\S+)?:(\\d+|\\*)", "A:$1"))
                .map(line -> line.replaceAll("(ino|sk|cgroup|uid|fwmark|token):\\S+", "$1")
                        .replaceAll("\\s+", " "))
                .sorted()
                .toList();
    }

    @Test
    void textOfSsAgreesWithItsMessages() throws Exception {
        byte[] text = Files.readAllBytes(Path.of("src/test/resources/netlink/6.18/states.ss.txt"));
        Account account = new Account();
        TickRedaction redaction = new TickRedaction(new Renaming(KEY, Policy.byDefault()), account);
        String safe = new String(
                redaction
                        .entry(new Entry("ss/tcp", text, text.length), ByteOrder.LITTLE_ENDIAN)
                        .bytes(),
                StandardCharsets.ISO_8859_1);
        assertThat(account.counts()).isEmpty();
        assertThat(sorted(safe)).isEqualTo(sorted(new String(text, StandardCharsets.ISO_8859_1)));
        Renaming renaming = new Renaming(KEY, Policy.byDefault());
        assertThat(safe)
                .contains("ino:" + renaming.inode(340767) + " sk:" + Long.toHexString(renaming.cookie(0x17481)))
                .doesNotContain("10.99.0.1:");
    }

    /** Lines on which a pattern could try all pairs of places, or each repetition takes a part of the stack. */
    @Test
    void hostileLinesTakeNoLongerThanOthers() {
        Map<String, String> lines = Map.of(
                "ss/tcp", "ESTAB 0 0 1.2.3.4:1 1.2.3.4:2 users:((\"" + "(\"".repeat(8000) + "))\n",
                "netstat/tcp",
                        "tcp 0 0 1.2.3.4:1 1.2.3.4:2 ESTABLISHED 1/a" + " ".repeat(16_000) + "b off (0.00/0/0)\n",
                "owners", "# processes=1" + " EA1".repeat(4050) + "!\n");
        lines.forEach((source, line) -> {
            byte[] copy = line.repeat(300).getBytes(StandardCharsets.US_ASCII);
            byte[] plain = "x\n".repeat(copy.length / 2).getBytes(StandardCharsets.US_ASCII);
            new Redacted().copy(source, plain, ByteOrder.LITTLE_ENDIAN); // compiled
            long before = CPU.getCurrentThreadCpuTime();
            new Redacted().copy(source, plain, ByteOrder.LITTLE_ENDIAN);
            long some = CPU.getCurrentThreadCpuTime() - before;
            new Redacted().copy(source, copy, ByteOrder.LITTLE_ENDIAN);
            assertThat(CPU.getCurrentThreadCpuTime() - before - some).as(source).isLessThan(10 * some + 5_000_000_000L);
        });
    }
}
