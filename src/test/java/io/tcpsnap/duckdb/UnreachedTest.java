package io.tcpsnap.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcpsnap.kernel.SockoptEntry;
import io.tcpsnap.output.OutputFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What owner and sockopt lack, and why, in SQL. */
class UnreachedTest {
    @TempDir
    private Path folder;

    private final Map<String, byte[]> copies = new HashMap<>();
    private ByteBuffer entry = ByteBuffer.allocate(1000).order(ByteOrder.LITTLE_ENDIAN);

    private String ask(String sql) throws Exception {
        try (Scene scene = new Scene(folder, "a", "x86_64", "r", "b", 0)) {
            scene.tick(0, 0, 0, copies);
        }
        return ViewsTest.run(List.of(folder.toString()), OutputFormat.CSV, sql);
    }

    private void owners(String text) {
        copies.put("owners", text.getBytes(StandardCharsets.US_ASCII));
    }

    private UnreachedTest record(int level, int number, int errno, int... values) {
        entry.putShort((short) level).putShort((short) number).putShort((short) errno);
        entry.putShort((short) (4 * values.length));
        Arrays.stream(values).forEach(entry::putInt);
        return this;
    }

    private UnreachedTest own(int number, int errno, int... values) {
        return record(SockoptEntry.LEVEL, number, errno, values);
    }

    private void sockopts(String path) {
        copies.put(path, Arrays.copyOf(entry.array(), entry.position()));
        entry = ByteBuffer.allocate(1000).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void eachReasonIsARowUnlessItsCountIsZero() throws Exception {
        owners("# inode pid start_time comm cgroup\n# a remark=7 of somebody a=1 b=2\n77 20 5 nginx /\n"
                + "# processes=88 scanned=12 unseen=3 unchecked=5 EACCES=2 EMFILE=0\n");
        own(SockoptEntry.SOCKET, 0, 77, 0, 20, 9).record(6, 1, 0, 1);
        own(SockoptEntry.SOCKET, 9, 78, 0, 20, 8).own(SockoptEntry.SOCKET, 1, 79, 0, 21, 8);
        own(SockoptEntry.SOCKET, 9, 80, 0, 20, 7).own(SockoptEntry.PROCESSES, 13, 4);
        own(SockoptEntry.END, 0, 1, 3, 6).sockopts("sockopt");
        own(SockoptEntry.HANDED, 0, 77, 0, 20, 0, 0, 0)
                .own(SockoptEntry.END, 0, 1, 2, 9)
                .sockopts("sockopt_handed");
        assertThat(ask("SELECT snapshot_id, host, source, reason, processes, sockets FROM unreached ORDER BY ALL"))
                .isEqualTo("""
                        snapshot_id,host,source,reason,processes,sockets
                        0,a,owners,EACCES,2,
                        0,a,owners,no time,3,
                        0,a,owners,unchecked,5,
                        0,a,sockopt,EACCES,4,
                        0,a,sockopt,EBADF,,2
                        0,a,sockopt,EPERM,,1
                        0,a,sockopt,no time,,6
                        0,a,sockopt_handed,no room,,9
                        0,a,sockopt_handed,not TCP,,2
                        """);
        assertThat(ViewsTest.run(List.of(folder.toString()), OutputFormat.CSV, "SELECT count(*) AS n FROM problem"))
                .isEqualTo("n\n0\n");
    }

    @Test
    void nothingUnreachedIsNoRow() throws Exception {
        owners("77 20 5 nginx /\n# processes=88 scanned=12 unseen=0 unchecked=0\n");
        own(SockoptEntry.SOCKET, 0, 77, 0, 20, 9)
                .own(SockoptEntry.END, 0, 1, 0, 0)
                .sockopts("sockopt");
        assertThat(ask("SELECT count(*) AS n FROM unreached")).isEqualTo("n\n0\n");
    }

    @Test
    void aCountThatIsNoneIsAProblem() throws Exception {
        owners("# processes=88 scanned=12 unseen=x EACCES=2 odd\n");
        assertThat(ask("SELECT reason, processes FROM unreached")).isEqualTo("reason,processes\nEACCES,2\n");
        assertThat(ViewsTest.run(
                        List.of(folder.toString()),
                        OutputFormat.CSV,
                        "SELECT source, reason, byte_offset FROM problem"))
                .isEqualTo(
                        "source,reason,byte_offset\nowners,not counts of processes,0\nowners,not counts of processes,0\n");
    }

    @Test
    void theLibrarySaysWhyASocketHasNoOwner() throws Exception {
        copies.putAll(Scene.diag(Scene.socket(1, 9, 77, 0, 0)));
        owners("5 20 5 nginx /\n# processes=88 scanned=12 unseen=3 unchecked=0 EACCES=41\n");
        Query query = QueryLibraryTest.queries().stream()
                .filter(one -> one.name().equals("ownerless"))
                .findFirst()
                .orElseThrow();
        assertThat(ask(query.sql())).isEqualTo("""
                        host,why,state,sockets,processes_unreached
                        a,a process that was not reached,ESTABLISHED,1,"41 EACCES, 3 no time"
                        """);
    }
}
