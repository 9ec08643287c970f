package io.tcpsnap.complete;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcpsnap.duckdb.Database;
import io.tcpsnap.duckdb.LoadProgress;
import io.tcpsnap.duckdb.Relation.Field;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What completion knows of a real database, once it has been read in the background. */
class KnownTest {
    private static final int ATTEMPTS = 1000;

    private static <T> T eventually(Supplier<T> known, Predicate<T> expected) throws Exception {
        T last = known.get();
        for (int i = 0; i < ATTEMPTS && !expected.test(last); i++) {
            Thread.sleep(20);
            last = known.get();
        }
        return last;
    }

    private static void run(Database database, String sql) throws Exception {
        var rows = database.execute(sql, LoadProgress.NONE);
        if (rows != null) {
            rows.close();
        }
    }

    @Test
    void valuesComeFromLoadedTablesOnly() throws Exception {
        try (Database database = Database.open(List.of("samples/loss.tar.zst"));
                Known known = new Known(database)) {
            eventually(() -> known.relation("connection"), view -> view != null);
            Field address = field(known, "tcp_info", "remote_addr");
            assertThat(known.values("tcp_info", address)).isEmpty();
            assertThat(known.values("connection", address)).isEmpty();
            run(database, "SELECT count(*) FROM tcp_info");
            assertThat(eventually(() -> known.values("tcp_info", address), found -> !found.isEmpty()))
                    .contains("10.99.0.2", "fd99::2");
            assertThat(eventually(() -> known.values("connection", address), found -> !found.isEmpty()))
                    .contains("10.99.0.2");
        }
    }

    @Test
    void tablesOfTheUserAreKnownOnceTheyAreMade() throws Exception {
        try (Database database = Database.open(List.of());
                Known known = new Known(database)) {
            run(database, "CREATE TABLE mine AS SELECT 'mauve' AS hue");
            known.changed();
            assertThat(eventually(() -> known.relation("mine"), found -> found != null)
                            .fields())
                    .containsExactly(Field.of("hue", "VARCHAR"));
            assertThat(eventually(() -> known.values("mine", Field.of("hue", "VARCHAR")), found -> !found.isEmpty()))
                    .containsExactly("mauve");
            run(database, "DROP TABLE mine");
            known.changed();
            assertThat(eventually(() -> known.relation("mine"), found -> found == null))
                    .isNull();
        }
    }

    private static Field field(Known known, String relation, String name) {
        return known.relation(relation).fields().stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
