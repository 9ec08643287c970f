package io.tcpsnap.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcpsnap.output.OutputFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A socket has one row in connection, however many processes hold it. */
class OwnersInViewsTest {
    @TempDir
    private Path folder;

    private static Map<String, byte[]> with(String owners, Map<String, byte[]> copies) {
        Map<String, byte[]> all = new HashMap<>(copies);
        all.put("owners", owners.getBytes(StandardCharsets.US_ASCII));
        return all;
    }

    private String ask(String sql) throws Exception {
        return ViewsTest.run(List.of(folder.toString()), OutputFormat.CSV, sql);
    }

    @Test
    void theLowestPidStandsForAll() throws Exception {
        try (Scene scene = new Scene(folder, "a", "x86_64", "r", "b", 0)) {
            scene.tick(0, 0, 0, with("77 20 5 child /\n77 19 4 parent /p\n", Scene.diag(Scene.socket(1, 9, 77, 0, 0))));
            scene.tick(1, 1, 0, with("77 20 5 child /\n", Scene.tcp("01", "77")));
            scene.tick(2, 2, 0, Scene.diag(Scene.socket(1, 9, 77, 0, 0)));
            scene.tick(3, 3, 0, with("0 20 5 child /\n", Scene.diag(Scene.socket(6, 9, 0, 0, 0))));
        }
        assertThat(ask("SELECT pid, comm, owners FROM connection ORDER BY ts"))
                .isEqualTo("pid,comm,owners\n19,parent,2\n20,child,1\n,,0\n,,0\n");
        assertThat(ask("SELECT pid, start_time, comm, cgroup FROM owner WHERE inode = 77 ORDER BY ts, pid"))
                .isEqualTo("pid,start_time,comm,cgroup\n19,4,parent,/p\n20,5,child,/\n20,5,child,/\n");
    }

    @Test
    void aProcessIsCountedForEachSocketThatItHolds() throws Exception {
        try (Scene scene = new Scene(folder, "a", "x86_64", "r", "b", 0)) {
            scene.tick(0, 0, 0, with("77 20 5 child /\n77 19 4 parent /p\n", Scene.diag(Scene.socket(8, 9, 77, 0, 0))));
        }
        Query query = QueryLibraryTest.queries().stream()
                .filter(one -> one.name().equals("processes"))
                .findFirst()
                .orElseThrow();
        assertThat(ask("SET VARIABLE top = 9;\n" + query.sql()))
                .isEqualTo("host,pid,comm,cgroup,listen,established,close_wait,other,rx_queue,tx_queue,shared\n"
                        + "a,19,parent,/p,0,0,1,0,0,0,1\na,20,child,/,0,0,1,0,0,0,1\n");
    }
}
