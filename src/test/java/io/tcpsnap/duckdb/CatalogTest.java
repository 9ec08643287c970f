package io.tcpsnap.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables are created when something names or shows them: no statement tells that they were not there before. */
class CatalogTest {
    private static List<String> first(String sql) throws Exception {
        List<String> values = new ArrayList<>();
        try (Database database = Database.open(List.of("samples/idle.tar.zst"));
                ResultSet rows = database.execute(sql, LoadProgress.NONE)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SHOW TABLES",
                "SELECT name FROM (DESCRIBE)",
                "SELECT name FROM (DESC)",
                "SELECT name FROM (SHOW ALL TABLES)",
                "PRAGMA show_tables",
                "SELECT table_name FROM information_schema.tables",
                "SELECT table_name FROM duckdb_tables() UNION ALL SELECT view_name FROM duckdb_views() WHERE NOT internal",
                "SELECT tablename FROM pg_tables UNION ALL SELECT viewname FROM pg_views WHERE viewname NOT LIKE 'pragma%'",
                "SELECT name FROM sqlite_master WHERE type = 'table' OR type = 'view' AND sql IS NOT NULL",
            })
    void whatListsTablesListsAll(String sql) throws Exception {
        assertThat(first(sql))
                .containsAll(Stream.concat(ScanTable.NAMES.stream(), View.NAMES.stream())
                        .toList());
    }

    @Test
    void typesAreThere() throws Exception {
        assertThat(first("SELECT 'LISTEN'::tcp_state")).containsExactly("LISTEN");
    }

    @Test
    void functionsAreThere() throws Exception {
        assertThat(first("SELECT count(*) FROM lines_tcp()")).isEqualTo(first("SELECT count(*) FROM tcp"));
        assertThat(first("SELECT spark([1, 2, 3])")).containsExactly("▁▅█");
    }

    @Test
    void aWrongNameIsAnsweredWithTheRightOne() {
        assertThatThrownBy(() -> first("FROM connections"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("Did you mean \"connection");
        assertThatThrownBy(() -> first("SELECT snd_cwmd FROM tcp_info"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("snd_cwnd");
    }

    @Test
    void namesAreThoseOfTheDeclarations() {
        assertThat(ScanTable.all().map(ScanTable::name)).isEqualTo(ScanTable.NAMES);
    }
}
