package io.tcpsnap.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code read_<table>(since, until)} has the rows that a filter on the whole table has, and leaves other frames alone. */
class WindowTest {
    private static final String BASE = "TIMESTAMP '2026-11-22 07:00:00'";

    @TempDir
    private Path folder;

    private void record(String host, boolean steps, double... starts) throws Exception {
        int monotonic = 0;
        for (double start : starts) {
            try (Scene scene = new Scene(folder, host, "x86_64", host, "b", start)) {
                for (int i = 0; i < 250; i++, monotonic++) {
                    // the clock is set back by 20 s in one frame, and by more than a frame in another
                    double wall = start + i - (steps && i > 80 ? 20 : 0) - (steps && i > 200 ? 90 : 0);
                    scene.tick(wall, monotonic, 0, Scene.tcp("01", String.valueOf(1000 + i), "06", "0"));
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

    private static String difference(String one, String other) {
        return "SELECT count(*) FROM ((FROM %s EXCEPT ALL FROM %s) UNION ALL (FROM %s EXCEPT ALL FROM %s))"
                .formatted(one, other, other, one);
    }

    @Test
    void aWindowHasTheRowsOfAFilter() throws Exception {
        record("a", true, 0, 140, 280, 100);
        record("b", true, 60, 200);
        record("c", false, 10, 1000);
        try (Database database = Database.open(List.of(folder.toString()))) {
            assertThat(number(database, "SELECT count(*) FROM tcp")).isEqualTo(8 * 500);
            for (int since = -150; since < 1300; since += 37) {
                String from = BASE + " + INTERVAL (" + since + ") SECOND";
                String to = BASE + " + INTERVAL (" + (since + 13) + ") SECOND";
                for (String table : List.of("tcp", "snapshot")) {
                    String window = "read_%s(since := %s, until := %s)".formatted(table, from, to);
                    String filter = "(FROM %s WHERE ts >= %s AND ts < %s)".formatted(table, from, to);
                    assertThat(number(database, difference(window, filter)))
                            .as(window)
                            .isZero();
                }
            }
            assertThat(number(database, difference("read_tcp()", "tcp"))).isZero();
            assertThat(number(
                            database,
                            difference("read_tcp(until := " + BASE + ")", "(FROM tcp WHERE ts < " + BASE + ")")))
                    .isZero();
        }
    }

    @Test
    void framesOutsideOfTheWindowAreNotRead() throws Exception {
        try (Scene scene = new Scene(folder, "a", "x86_64", "r", "b", 0)) {
            for (int i = 0; i < 600; i++) {
                scene.tick(i, i, 0, Scene.tcp("01", String.valueOf(i)));
            }
        }
        Path file;
        try (Stream<Path> files = Files.list(folder)) {
            file = files.findFirst().orElseThrow();
        }
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(bytes.length() / 3); // in the fourth frame of ten
            bytes.write(new byte[40]);
        }
        try (Database database = Database.open(List.of(file.toString()))) {
            String late =
                    "SELECT count(*) FROM read_tcp(since := %s + INTERVAL 400 SECOND, until := %s + INTERVAL 430 SECOND)";
            assertThat(number(database, late.formatted(BASE, BASE))).isEqualTo(30);
            assertThat(database.takeDamage()).isEmpty();
            assertThat(number(database, "SELECT count(*) FROM read_tcp()")).isLessThan(600);
            assertThat(database.takeDamage()).isNotEmpty();
        }
    }
}
