package io.tcpsnap.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcpsnap.table.Column;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Only the columns asked for are read: one alone is what it is among all. */
class ProjectionTest {
    @Test
    void aColumnAloneIsWhatItIsAmongAll() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("samples"));
                Database database = Database.open(files.map(Path::toString)
                        .filter(f -> f.endsWith(".tar.zst"))
                        .toList())) {
            for (ScanTable<?> table : ScanTable.all().toList()) {
                for (Column<?> column : table.declaration().columns()) {
                    String name = Ddl.name(column);
                    String alone = "(SELECT " + name + " FROM read_" + table.name() + "())";
                    String among = "(SELECT " + name + " FROM " + table.name() + ")";
                    assertThat(number(
                                    database,
                                    "SELECT count(*) FROM ((FROM " + alone + " EXCEPT ALL FROM " + among
                                            + ") UNION ALL (FROM " + among + " EXCEPT ALL FROM " + alone + "))"))
                            .as(table.name() + "." + column.name())
                            .isZero();
                }
            }
        }
    }

    private static long number(Database database, String sql) throws Exception {
        try (ResultSet rows = database.execute(sql, LoadProgress.NONE)) {
            assertThat(rows.next()).isTrue();
            return rows.getLong(1);
        }
    }
}
