package io.tcpsnap.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SQL on archives of strangers reaches nothing but those archives. */
class LockdownTest {
    private static final String LOSS = "samples/loss.tar.zst";

    @TempDir
    Path folder;

    private static String run(Database database, String sql) throws SQLException {
        try (ResultSet rows = database.execute(sql, LoadProgress.NONE)) {
            return rows != null && rows.next() ? rows.getString(1) : "";
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COPY (SELECT 1) TO '%s/out.csv'",
                "COPY tcp TO '%s/out.parquet' (FORMAT parquet)",
                "COPY (SELECT 1) TO '/dev/stdout'",
                "CREATE TABLE t (a VARCHAR); COPY t FROM '%s/secret.csv'",
                "EXPORT DATABASE '%s/export'",
                "IMPORT DATABASE '%s'",
                "ATTACH '%s/other.db'",
                "ATTACH '%s/other.db' AS other (READ_ONLY)",
                "ATTACH 'https://example.invalid/other.db' AS other",
                "ATTACH '' AS pg (TYPE postgres)",
                "FROM '%s/secret.csv'",
                "FROM read_csv('%s/secret.csv')",
                "FROM read_csv_auto('%s/secret.csv')",
                "FROM sniff_csv('%s/secret.csv')",
                "FROM read_text('%s/secret.csv')",
                "FROM read_text('/proc/self/environ')",
                "FROM read_blob('%s/secret.csv')",
                "FROM read_json('%s/secret.csv')",
                "FROM read_json_auto('%s/secret.csv')",
                "FROM read_ndjson('%s/secret.csv')",
                "FROM read_parquet('%s/secret.csv')",
                "FROM parquet_scan('%s/secret.csv')",
                "FROM parquet_metadata('%s/secret.csv')",
                "FROM parquet_schema('%s/secret.csv')",
                "FROM 'https://example.invalid/x.csv'",
                "FROM read_csv('https://example.invalid/x.csv')",
                "FROM read_csv('s3://bucket/x.csv')",
                "FROM glob('%s/*')",
                "FROM glob('/*')",
                "FROM query('FROM read_text(''%s/secret.csv'')')",
                "CREATE MACRO peek() AS TABLE FROM read_text('%s/secret.csv'); FROM peek()",
                "CREATE VIEW peek AS FROM read_text('%s/secret.csv'); FROM peek",
                "INSTALL httpfs",
                "FORCE INSTALL httpfs",
                "INSTALL '%s/evil.duckdb_extension'",
                "LOAD httpfs",
                "LOAD '%s/evil.duckdb_extension'",
                "UPDATE EXTENSIONS",
                "CREATE PERSISTENT SECRET s (TYPE s3, KEY_ID 'a', SECRET 'b')",
                "CREATE SECRET s (TYPE s3, PROVIDER credential_chain)",
                "SELECT getenv('HOME')",
                "SET enable_external_access = true",
                "SET lock_configuration = false",
                "RESET lock_configuration",
                "RESET enable_external_access",
                "SET allowed_configs = ['enable_external_access']",
                "SET allowed_directories = ['/']",
                "SET temp_directory = '%s'",
                "SET extension_directory = '%s'",
                "SET secret_directory = '%s'",
                "SET home_directory = '%s'",
                "SET file_search_path = '%s'",
                "SET custom_extension_repository = 'http://example.invalid'",
                "SET autoinstall_known_extensions = true",
                "SET allow_unsigned_extensions = true",
                "SET profiling_output = '%s/profile'",
                "SET log_query_path = '%s/log'",
                "PRAGMA enable_external_access = true",
                "PRAGMA profiling_output = '%s/profile'",
                "PRAGMA enable_logging",
                "CALL enable_logging(storage = 'file', storage_path = '%s/log')",
                "FROM scan_tcp('%s/other.tar.zst')",
                "FROM read_tcp('%s/other.tar.zst')",
                "FROM read_tcp_info('%s')",
                "FROM read_recording('%s/*.tar.zst')",
                "FROM scan_tcp('samples/idle.tar.zst')",
                "FROM scan_tcp('samples')",
                "FROM scan_tcp('/etc/passwd')",
                "FROM recording WHERE false UNION ALL FROM scan_recording('/etc/passwd')",
                "FROM query_table('%s/secret.csv')",
                "FROM query_table(['%s/secret.csv'])",
                "DESCRIBE FROM '%s/secret.csv'",
                "SUMMARIZE '%s/secret.csv'",
                "PIVOT '%s/secret.csv' ON a",
                "EXPLAIN ANALYZE FROM '%s/secret.csv'",
                "PREPARE p AS FROM read_text($1); EXECUTE p('%s/secret.csv')",
                "SET VARIABLE f = '%s/secret.csv'; FROM read_text(getvariable('f'))",
                "SET VARIABLE f = current_setting('temp_directory') || '/../../../etc/hostname'; FROM read_text(getvariable('f'))",
                "FROM glob(current_setting('temp_directory') || '/../*')",
                "FROM read_json_objects('%s/secret.csv')",
                "FROM read_duckdb('%s/secret.csv')",
                "FROM parquet_kv_metadata('%s/secret.csv')",
                "PRAGMA import_database('%s')",
                "SET profile_output = '%s/profile'",
                "SET enable_profiling = 'json'",
                "SET allowed_paths = ['%s/secret.csv']",
                "SET allow_persistent_secrets = true",
                "COPY tcp TO '/dev/stderr'"
            })
    void thereIsNoWayOut(String attempt) throws Exception {
        Files.writeString(folder.resolve("secret.csv"), "secret\n");
        Files.copy(Path.of("samples/idle.tar.zst"), folder.resolve("other.tar.zst"));
        try (Database database = Database.open(List.of(LOSS)).lock()) {
            assertThatThrownBy(() -> {
                        for (String statement :
                                attempt.replace("%s", folder.toString()).split(";", -1)) {
                            run(database, statement);
                        }
                    })
                    .isInstanceOf(SQLException.class)
                    .hasMessageNotContaining("secret\n")
                    .message()
                    .isNotBlank();
            assertThat(run(database, "SELECT count(*) FROM tcp")).isEqualTo("1926"); // it goes on
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsOnly("secret.csv", "other.tar.zst");
        }
    }

    @Test
    void itsOwnFolderIsItsOwnAndGoesWithIt() throws IOException, SQLException {
        Path own;
        try (Database database = Database.open(List.of(LOSS)).lock()) {
            own = Path.of(run(database, "SELECT current_setting('temp_directory')"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)))
                    .isEqualTo("rwx------");
            run(database, "COPY (SELECT 1 AS a, 2 AS b) TO '" + own + "/parts' (FORMAT csv, PARTITION_BY (a))");
            assertThat(own.resolve("parts")).isDirectory();
        }
        assertThat(own).doesNotExist();
    }

    @Test
    void whatIsOpenIsRead() throws IOException, SQLException {
        try (Database database = Database.open(List.of(LOSS)).lock()) {
            assertThat(run(database, "SELECT count(*) FROM read_tcp('" + LOSS + "')"))
                    .isEqualTo("1926");
            assertThat(run(database, "SELECT count(*) > 0 FROM connection_rate"))
                    .isEqualTo("true");
            assertThat(run(database, "SET VARIABLE a = 3")).isEmpty();
            assertThat(run(database, "SELECT getvariable('a')")).isEqualTo("3");
            assertThat(run(database, "SET threads = 1")).isEmpty();
            database.openArchives(List.of("samples/idle.tar.zst"));
            assertThat(run(database, "SELECT count(DISTINCT snapshot_id) > 0 FROM tcp"))
                    .isEqualTo("true");
        }
    }
}
