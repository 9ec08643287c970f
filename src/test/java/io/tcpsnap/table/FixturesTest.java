package io.tcpsnap.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcpsnap.Golden;
import io.tcpsnap.archive.Tick;
import io.tcpsnap.decode.Problem;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each file of {@code proc/<kernel>/<scene>/net} gives the rows and problems of {@code proc/<kernel>/<scene>/rows}: all
 * columns of all rows, tab separated, and then each problem with its offset and its bytes. A scene whose name starts with
 * big-endian is of such a host. A new case is a new file.
 */
class FixturesTest {
    private static final Path ROOT = Path.of("src/test/resources/proc");
    private static final Map<String, String> TABLES = Map.of(
            "tcp", "tcp",
            "tcp6", "tcp",
            "dev", "net_dev",
            "snmp", "counter",
            "netstat", "counter",
            "snmp6", "counter",
            "sockstat", "sockstat",
            "sockstat6", "sockstat",
            "softnet_stat", "softnet");

    static List<Path> fixtures() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file ->
                            Files.isRegularFile(file) && file.getParent().endsWith("net"))
                    .map(ROOT::relativize)
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fixtures")
    void rowsAndProblems(Path fixture) throws IOException {
        Path scene = fixture.getParent().getParent();
        String name = fixture.getFileName().toString();
        boolean big = scene.getFileName().toString().startsWith("big-endian");
        ByteOrder order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        Tick tick = tick("proc/net/" + name, Files.readAllBytes(ROOT.resolve(fixture)), order);
        List<Problem> problems = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (Map<String, Object> row : Rows.of(TABLES.get(name), tick, problems)) {
            if (text.isEmpty()) {
                line(text, row.keySet());
            }
            line(text, row.values());
        }
        for (Problem problem : problems) {
            assertThat(problem.source()).isEqualTo("proc/net/" + name);
            text.append("problem at ").append(problem.offset()).append(": ").append(problem.reason());
            text.append(" [").append(escaped(problem.bytes())).append("]\n");
        }
        Golden.check(ROOT.resolve(scene).resolve("rows/" + name + ".txt"), text.toString());
    }

    private static Tick tick(String path, byte[] bytes, ByteOrder order) {
        return Rows.tick(Map.of(path, bytes), order);
    }

    /** Without the columns of the tick, which are the same in each row. */
    private static void line(StringBuilder text, Collection<?> values) {
        text.append(values.stream()
                        .skip(TickColumns.of(row -> null).size())
                        .map(value -> value == null ? "NULL" : value.toString())
                        .collect(Collectors.joining("\t")))
                .append('\n');
    }

    private static String escaped(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1)
                .replace("\\", "\\\\")
                .replace("\r", "\\r")
                .replace("\n", "\\n")
                .replace("\t", "\\t")
                .replace("\0", "\\0");
    }
}
