package io.tcpsnap.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcpsnap.Golden;
import io.tcpsnap.output.OutputFormat;
import io.tcpsnap.output.Style;
import io.tcpsnap.shell.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every view runs on empty tables, says what its columns mean, and gives what it should on the samples. */
class ViewsTest {
    private static final Path SQL = Path.of("src/main/resources/io/tcpsnap/duckdb/views");
    private static final Path GOLDEN = Path.of("src/test/resources/golden/views");
    private static final int ROWS = 3;

    static String run(List<String> archives, OutputFormat format, String sql) throws SQLException, IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        try (Session session = new Session(Database.open(archives), print, print, new Style(true))) {
            session.format(format);
            session.run(sql);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void eachFileIsAView() throws IOException {
        try (Stream<Path> files = Files.list(SQL)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".sql", "")))
                    .containsExactlyInAnyOrderElementsOf(View.NAMES);
        }
    }

    @Test
    void needsNamesExactlyWhatIsRead() {
        for (View view : View.all().toList()) {
            assertThat(view.needs()).as(view.name()).containsExactlyInAnyOrderElementsOf(Catalog.namesOf(view.sql()));
        }
    }

    @Test
    void aStatementNeedsTheTablesBehindAView() {
        assertThat(Catalog.tablesOf("SELECT * FROM Transition t JOIN net_dev USING (ts) -- counter_rate"))
                .containsExactlyInAnyOrder(
                        "tcp", "tcp_info", "owner", "snapshot", "snapshot_source", "recording", "net_dev");
    }

    @Test
    void eachRunsOnEmptyTables() throws Exception {
        for (View view : View.all().toList()) {
            assertThat(run(List.of(), OutputFormat.TABLE, "SELECT * FROM " + view.name()))
                    .as(view.name())
                    .endsWith("(0 rows)\n");
        }
    }

    @Test
    void eachColumnHasAMeaning() throws Exception {
        try (Database database = Database.open(List.of())) {
            for (ViewReference view : database.views()) {
                assertThat(view.doc()).endsWith(".");
                assertThat(view.columns())
                        .as(view.name())
                        .allSatisfy(column ->
                                assertThat(column.doc()).as(column.name()).endsWith("."));
            }
            List<String> silent = new ArrayList<>();
            try (ResultSet rows = database.execute(
                    "SELECT table_name || '.' || column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL"
                            + " UNION ALL SELECT view_name FROM duckdb_views() WHERE NOT internal AND comment IS NULL",
                    LoadProgress.NONE)) {
                while (rows.next()) {
                    silent.add(rows.getString(1));
                }
            }
            assertThat(silent).isEmpty();
        }
    }

    @Test
    void eachNoteIsOfAColumn() throws Exception {
        try (Database database = Database.open(List.of())) {
            for (ViewReference view : database.views()) {
                List<String> names =
                        view.columns().stream().map(ViewReference.Column::name).toList();
                for (String note : View.of(view.name()).notes().keySet()) {
                    assertThat(names).as(view.name()).anyMatch(name -> name.matches(note.replace("*", ".*")));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"idle", "loss"})
    void givesWhatItShouldOnSamples(String sample) throws Exception {
        for (View view : View.all().toList()) {
            String text = run(
                    List.of("samples/" + sample + ".tar.zst"),
                    OutputFormat.VERTICAL,
                    "SELECT * FROM " + view.name() + " ORDER BY ALL DESC LIMIT " + ROWS);
            Golden.check(GOLDEN.resolve(sample).resolve(view.name() + ".txt"), text);
        }
    }
}
