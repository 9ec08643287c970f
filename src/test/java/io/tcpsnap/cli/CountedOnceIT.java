package io.tcpsnap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An import with a copy of /proc/net/tcp and what netstat made of the same: each socket counts once. */
class CountedOnceIT {
    private static final String PROC = """
              sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
               0: 0100007F:1538 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1001 1 0000000000000000 100 0 0 10 0
               1: 0100007F:1538 0100007F:C350 01 00000000:00000040 01:0000012C 00000002     0        0 1002 1 0000000000000000 20 4 30 10 -1
               2: 0100007F:1538 0100007F:C351 01 00000040:00000000 04:0000012C 00000000     0        1 1003 1 0000000000000000 20 4 30 10 -1
            """;
    private static final String NETSTAT = """
            Active Internet connections (servers and established)
            Proto Recv-Q Send-Q Local Address           Foreign Address         State       User       Inode      Timer
            tcp        0      0 127.0.0.1:5432          0.0.0.0:*               LISTEN      0          1001       off (0.00/0/0)
            tcp       64      0 127.0.0.1:5432          127.0.0.1:50000         ESTABLISHED 0          1002       on (3.00/2/0)
            tcp        0     64 127.0.0.1:5432          127.0.0.1:50001         ESTABLISHED 0          1003       probe (3.00/0/1)
            tcp6       0      0 ::1:5432                :::*                    LISTEN      0          1004       off (0.00/0/0)
            """;

    @TempDir
    private static Path folder;

    private static Path archive;

    @BeforeAll
    static void importBoth() throws IOException, InterruptedException {
        Path copies = Files.createDirectory(folder.resolve("copies"));
        Files.writeString(copies.resolve("proc_net_tcp"), PROC);
        Files.writeString(copies.resolve("netstat.txt"), NETSTAT);
        archive = folder.resolve("archive");
        Program.Result result = Program.run(
                "import", "-o", archive, "--host", "h", "--at", "2026-11-22T07:42:00Z", "--clk-tck", 100, copies);
        assertThat(result.code()).as(result.err()).isZero();
    }

    private static String ask(String name) throws IOException, InterruptedException {
        return Program.run("query", archive, "--format", "csv", "-n", name).out();
    }

    @Test
    void bothAreThere() throws Exception {
        assertThat(Program.run("query", archive, "--format", "csv", "-c", "SELECT count(*) AS rows FROM tcp")
                        .out())
                .isEqualTo("rows\n7\n");
    }

    @Test
    void states() throws Exception {
        // the listener of tcp6 is in netstat alone
        assertThat(ask("states")).contains("ESTABLISHED,2,2,2,2,1\n").contains("LISTEN,2,2,2,2,1\n");
    }

    @Test
    void unread() throws Exception {
        assertThat(ask("unread")).contains("127.0.0.1:5432,127.0.0.1:50000,64,64,1,1,0,1002\n");
    }

    @Test
    void timers() throws Exception {
        assertThat(ask("armed")).contains("retransmit,ESTABLISHED,1,1,").contains("probe0,ESTABLISHED,1,1,");
        assertThat(ask("retransmitting")).hasLineCount(2).endsWith(",1\n");
        assertThat(ask("zero-window")).hasLineCount(2).endsWith(",1\n");
    }
}
