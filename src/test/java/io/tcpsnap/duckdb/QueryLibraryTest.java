package io.tcpsnap.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcpsnap.Golden;
import io.tcpsnap.output.Style;
import io.tcpsnap.shell.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every query of the library runs on an empty database, and on each sample with full expected output. */
class QueryLibraryTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/queries");

    static List<Query> queries() throws IOException {
        return QueryLibrary.load(List.of(Path.of("queries"))).queries();
    }

    private static List<Path> samples() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("samples"))) {
            return files.filter(file -> file.toString().endsWith(".tar.zst"))
                    .sorted()
                    .toList();
        }
    }

    private static String run(Session session, ByteArrayOutputStream out, Query query) throws Exception {
        out.reset();
        session.run(query, Map.of());
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void thereAreQueriesAndSamples() throws IOException {
        assertThat(queries()).hasSizeGreaterThanOrEqualTo(10);
        assertThat(samples()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(QueryLibrary.load(List.of(Path.of("queries"))).broken()).isEmpty();
    }

    @Test
    void aFileWithAWrongHeaderHidesNoOther(@TempDir Path folder) throws IOException {
        Files.copy(Path.of("queries/overview/sockets.sql"), folder.resolve("mine.sql"));
        Files.writeString(Files.createDirectory(folder.resolve("area")).resolve("half.sql"), "SELECT 1;\n");
        QueryLibrary library = QueryLibrary.load(List.of(folder));
        assertThat(library.queries()).extracting(Query::name).containsExactly("mine");
        assertThat(library.broken()).singleElement().asString().contains("area/half.sql: ");
        assertThat(library.missing("half")).isEqualTo(library.broken().get(0));
        assertThat(library.missing("other")).isEqualTo("no query 'other'");
    }

    @Test
    void eachRunsOnAnEmptyDatabase() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Session session = session(List.of(), out)) {
            for (Query query : queries()) {
                assertThat(run(session, out, query)).as(query.name()).endsWith(" rows)\n");
            }
        }
    }

    private static Session session(List<String> archives, ByteArrayOutputStream out) throws SQLException, IOException {
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        return new Session(Database.open(archives), print, print, new Style(true));
    }

    @TestFactory
    Stream<DynamicTest> answersOnSamples() throws Exception {
        Stream.Builder<DynamicTest> tests = Stream.builder();
        for (Path sample : samples()) {
            String name = sample.getFileName().toString().replace(".tar.zst", "");
            tests.add(DynamicTest.dynamicTest(name, () -> answers(sample, GOLDEN.resolve(name))));
        }
        return tests.build();
    }

    private static void answers(Path sample, Path golden) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Session session = session(List.of(sample.toString()), out)) {
            for (Query query : queries()) {
                String text = "-- " + query.question() + "\n" + run(session, out, query);
                Golden.check(golden.resolve(query.name() + ".txt"), text);
            }
        }
    }

    @Test
    void needsNamesExactlyTheTablesAndViewsThatAreRead() throws IOException, SQLException {
        for (Query query : queries()) {
            try (Database database = Database.open(List.of())) {
                assertThat(query.needs())
                        .as(query.name())
                        .containsExactlyInAnyOrderElementsOf(database.namesOf(query.sql()));
            }
        }
    }

    @Test
    void aHeaderThatLacksSomethingIsRefused() {
        assertThatThrownBy(() -> Query.parse("a", "b", "SELECT 1;"))
                .hasMessage("the first line must be a comment with the question, one sentence");
        assertThatThrownBy(() -> Query.parse("a", "b", "-- What?\n-- needs: tcp\nSELECT 1;"))
                .hasMessage("the header has no line '-- look for: ...'");
        assertThatThrownBy(() ->
                        Query.parse("a", "b", "-- What?\n-- needs: tcp\n-- look for: x\n-- param: top\nSELECT 1;"))
                .hasMessage("write '-- param: name = value: meaning', not 'top'");
    }
}
