package io.tcpsnap.docs;

import io.tcpsnap.Golden;
import io.tcpsnap.duckdb.Database;
import io.tcpsnap.duckdb.QueryLibrary;
import io.tcpsnap.table.RecordingTable;
import io.tcpsnap.table.Table;
import io.tcpsnap.table.Tables;
import io.tcpsnap.table.TickTable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The README's reference is what the declarations say. */
class ReferenceDocTest {
    private static final Path README = Path.of("README.md");

    @Test
    void tables() throws IOException {
        List<Table<?>> tables = new ArrayList<>(List.of(RecordingTable.TABLE));
        Tables.all().stream().map(TickTable::table).forEach(tables::add);
        Golden.checkRegion(README, "tables", ReferenceDoc.tables(tables));
    }

    @Test
    void views() throws IOException, SQLException {
        try (Database database = Database.open(List.of())) {
            Golden.checkRegion(README, "views", ReferenceDoc.views(database.views()));
        }
    }

    @Test
    void queries() throws IOException {
        Golden.checkRegion(
                README,
                "queries",
                ReferenceDoc.queries(
                        QueryLibrary.load(List.of(Path.of("queries"))).queries()));
    }
}
