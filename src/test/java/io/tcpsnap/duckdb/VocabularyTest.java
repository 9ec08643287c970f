package io.tcpsnap.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcpsnap.duckdb.Relation.Field;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class VocabularyTest {
    @Test
    void hasWhatEveryDatabaseHas() throws SQLException {
        Vocabulary all = Vocabulary.read();
        assertThat(all.relations().stream().map(Relation::name)).contains("tcp", "tcp_info", "connection_rate");
        assertThat(all.relation("TCP").fields())
                .filteredOn(field -> field.name().equals("state"))
                .singleElement()
                .satisfies(field -> assertThat(field.labels()).contains("ESTABLISHED", "TIME_WAIT"))
                .extracting(Field::type)
                .isEqualTo("ENUM");
        assertThat(all.relation("connection").fields())
                .filteredOn(field -> field.name().equals("state"))
                .singleElement()
                .satisfies(field -> assertThat(field.labels()).contains("ESTABLISHED", "TIME_WAIT"));
        assertThat(all.functions().stream().map(SqlFunction::call))
                .contains("spark(l)", "spark(x, t)", "read_tcp(archive, since := ..., until := ...)")
                .doesNotContain("spark_step(l, n, k)");
        assertThat(all.functions())
                .filteredOn(function -> function.name().equals("regexp_matches"))
                .allSatisfy(function -> assertThat(function.doc()).isNotEmpty());
        assertThat(all.settings().stream().map(Vocabulary.Setting::name)).contains("threads", "memory_limit");
        assertThat(all.relation("nothing")).isNull();
        assertThat(List.of(all.relations(), all.functions()))
                .allSatisfy(list -> assertThat(list).doesNotHaveDuplicates());
    }
}
