package io.tcpsnap.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcpsnap.cli.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results, pins and pictures as a person at a terminal meets them, over a sample whose content is known. */
class ResultsIT {
    private static final String CTRL_C = "\u0003";
    private static final String KILL_LINE = "\u0001\u000b";
    private static final String PROMPT = "tcpsnap> ";
    private static final Path SAMPLE = Path.of("samples/loss.tar.zst").toAbsolutePath();

    @TempDir
    private Path home;

    private Pty shell(Map<String, String> environment) throws Exception {
        Pty shell = new Pty(home, environment, "shell", SAMPLE);
        shell.await(PROMPT);
        return shell;
    }

    /** A pager that says what it got: it takes its input to the end, or three lines. */
    private String pager(String name, String script) throws IOException {
        Path file = Files.writeString(home.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file.toString();
    }

    @Test
    void valuesHaveTheirUnits() throws Exception {
        try (Pty shell = shell(Map.of("PAGER", "cat"))) {
            shell.type(
                            "SELECT ts, rto_ms, tx_queue FROM tcp WHERE remote_port = 5432 AND retrnsmt = 6 ORDER BY ts LIMIT 1;\r")
                    .await(" 13.05 s │    400 B\n");
            shell.await(PROMPT);
            shell.type("SELECT max(rtt), max(rtt) / 1000 AS mine FROM tcp_info;\r")
                    .await(" 1.008 s │ 1008.141\n");
            shell.await(PROMPT);
            // a name of one's own may stand for anything
            shell.type("SELECT max(rtt) / 1000 AS rtt FROM tcp_info;\r").await(" 1008.141\n");
            shell.await(PROMPT);
            shell.type(".units off\r").await(PROMPT);
            shell.type(
                            "SELECT ts, rto_ms, tx_queue FROM tcp WHERE remote_port = 5432 AND retrnsmt = 6 ORDER BY ts LIMIT 1;\r")
                    .await("2026-11-24 20:11:21.395043 │  13050 │      400\n");
            shell.await(PROMPT);
            shell.type(".time relative\r").await(PROMPT);
            shell.type("SELECT max(ts) AS ts FROM tcp WHERE retrnsmt = 5;\r").await(" +");
            shell.await(" s\n(1 row)");
            shell.await(PROMPT);
            shell.type(".time Asia/Kolkata\r").await(PROMPT);
            shell.type("SELECT min(ts) AS ts FROM tcp WHERE retrnsmt = 5;\r")
                    .await(" 2026-11-25 01:41:14.895048+05:30\n");
        }
    }

    private static String rowOf(Path parquet) throws SQLException {
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement();
                ResultSet rows = statement.executeQuery("FROM '" + parquet + "'")) {
            rows.next();
            return rows.getString("a") + " " + rows.getString("b");
        }
    }

    @Test
    void theLastResultIsShownExportedAndAskedAgain() throws Exception {
        try (Pty shell = shell(Map.of("PAGER", "cat"))) {
            shell.type(".last\r").await("there is no last result yet");
            shell.await(PROMPT);
            shell.type(
                            "SELECT range AS n, random() AS r, NULL AS \"none\", '' AS \"empty\", [1, 2] AS l, 'SYN_SENT'::tcp_state AS s"
                                    + " FROM range(3);\r")
                    .await("(3 rows)");
            shell.await(PROMPT);
            String head = "n,r,none,empty,l,s\n";
            shell.type(".last csv\r").await(head);
            String first = shell.await(PROMPT);
            assertThat(first).startsWith("\"0\",");
            shell.type(".last csv\r").await(head);
            assertThat(shell.await(PROMPT)).isEqualTo(first);
            shell.type("SELECT count(DISTINCT r) AS c, count(\"none\") AS k, sum(l[2]) AS m, max(s) AS s FROM _;\r")
                    .await(" 3 │ 0 │ 6 │ SYN_SENT\n");
            shell.await(PROMPT);
            Path json = home.resolve("out.jsonl");
            shell.type("SELECT 1 AS a, 'x' AS b;\r").await("(1 row)");
            shell.await(PROMPT);
            shell.type(".export " + json + "\r").await("1 row written to ");
            shell.await(PROMPT);
            assertThat(json).hasContent("{\"a\":1,\"b\":\"x\"}");
            shell.type(".export " + home.resolve("out.parquet") + "\r").await("1 row written to ");
            shell.await(PROMPT);
            assertThat(rowOf(home.resolve("out.parquet"))).isEqualTo("1 x");
            shell.type(".export out.xyz\r").await("the name must end with");
            shell.await(PROMPT);
            Path once = home.resolve("once.csv");
            shell.type(".once " + once + "\r").await(PROMPT);
            shell.type("SELECT 5 AS five;\r").await(PROMPT);
            shell.type("SELECT 6 AS six;\r").await(" 6\n(1 row)");
            assertThat(once).hasContent("five\n5");
        }
    }

    @Test
    void whatIsLongerThanTheScreenGoesThroughThePager() throws Exception {
        String whole = pager("whole", "echo BEGIN; tail -n 2; echo END");
        try (Pty shell = shell(Map.of("PAGER", whole))) {
            shell.type("FROM range(10);\r").await("     9\n(10 rows)\n");
            shell.await(PROMPT);
            shell.type("FROM range(5000);\r").await("BEGIN\n  4999\n(5000 rows)\nEND\n");
            shell.await(PROMPT);
            shell.type("SELECT repeat('x', 300) AS wide, range AS n FROM range(30);\r")
                    .await("BEGIN\n ");
            shell.await("│ 29\n(30 rows)\nEND\n");
            shell.await(PROMPT);
            shell.type(".mode csv\r").await(PROMPT);
            shell.type("FROM range(100);\r").await("\n99\n");
            shell.await(PROMPT);
        }
    }

    @Test
    void leavingThePagerEndsAnEndlessResult() throws Exception {
        String three = pager("three", "head -n 3; echo LEFT");
        try (Pty shell = shell(Map.of("PAGER", three))) {
            shell.type("FROM range(1000000000000);\r").await("range\n");
            shell.await("     0\nLEFT\n(more than ");
            shell.await(PROMPT);
            shell.type(".export /dev/null.csv\r").await("/dev/null.csv");
            shell.await(PROMPT);
            shell.type(".export " + home.resolve("kept.csv") + "\r").await("100000 rows written to ");
            shell.await("note: the last result has more rows than the 100000 that are kept");
            shell.await(PROMPT);
            shell.type("SELECT max(range) AS n FROM _;\r").await(" 99999\n");
        }
    }

    @Test
    void controlCInThePagerKeepsTheSession() throws Exception {
        String slow = pager("slow", "trap '' INT; head -n 1; echo WAITING; sleep 1; cat > /dev/null; echo GONE");
        try (Pty shell = shell(Map.of("PAGER", slow))) {
            for (int i = 0; i < 3; i++) {
                shell.type("FROM range(1000000000000);\r").await("WAITING");
                shell.type(CTRL_C).await("GONE");
                shell.await("cancelled");
                shell.await(PROMPT);
            }
            shell.type("SELECT 6 * 7 AS n;\r").await(" 42\n(1 row)");
        }
    }

    @Test
    void aWindowNarrowsTablesAndViewsAndStaysInThePrompt() throws Exception {
        try (Pty shell = shell(Map.of("PAGER", "cat"))) {
            shell.type(".window 20:11:08 +2s\r").await("window 2026-11-24 20:11:08 +2s: 4 ticks\n");
            shell.await("tcpsnap [20:11:08 +2s]> ");
            shell.type("SELECT count(*) AS n, min(ts) AS a, max(ts) AS b FROM snapshot;\r")
                    .await(" 4 │ 2026-11-24 20:11:08.395034 │ 2026-11-24 20:11:09.895052\n(1 row)\n"
                            + "note: pinned to 2026-11-24 20:11:08 +2s\n");
            shell.await("> ");
            shell.type("SELECT count(DISTINCT ts) AS n FROM tcp_info;\r").await(" 4\n(1 row)\nnote: pinned to ");
            shell.await("> ");
            // an interval's begin may lie before the window
            shell.type("SELECT count(DISTINCT ts) AS n FROM connection_rate;\r").await(" 4\n");
            shell.await("> ");
            shell.type("SELECT count(DISTINCT ts) AS n FROM memory.main.tcp;\r")
                    .await(" 60\n(1 row)\nnote: the pinned window does not narrow tcp\n");
            shell.await("> ");
            shell.type(".tables\r");
            assertThat(shell.await("(")).containsOnlyOnce(" snapshot ");
            shell.await("> ");
            shell.type(".window next\r").await("20:11:10 +2s: 4 ticks");
            shell.await("> ");
            shell.type(".window zoom\r").await("20:11:10.5 +1s: 2 ticks");
            shell.await("> ");
            shell.type(".window out\r").await("20:11:10 +2s: 4 ticks");
            shell.await("> ");
            shell.type(".window nonsense\r").await("write START and END, as .window 14:02:10 +30s");
            shell.await("[20:11:10 +2s]> ");
            shell.type(".window off\r").await(PROMPT);
            shell.type("SELECT count(*) = 60 AS whole FROM snapshot;\r").await(" true\n(1 row)\n" + PROMPT);
        }
    }

    @Test
    void aConnectionNarrowsWhatHasConnections() throws Exception {
        try (Pty shell = shell(Map.of("PAGER", "cat"))) {
            shell.type(".conn 10.99.0.2:5432\r").await("1 connection:\n  10.99.0.1:48502 10.99.0.2:5432, ");
            shell.await("tcpsnap [10.99.0.2:5432]> ");
            shell.type("SELECT DISTINCT remote_addr, remote_port FROM connection;\r")
                    .await(" 10.99.0.2   │        5432\n(1 row)\nnote: pinned to connection 10.99.0.2:5432\n");
            shell.await("> ");
            shell.type("SELECT count(DISTINCT iface) > 0 AS has FROM net_dev;\r")
                    .await("note: the pinned connection does not narrow net_dev\n");
            shell.await("> ");
            shell.type(".run retransmitting\r").await("remote   | 10.99.0.2:5432\n");
            shell.await("(1 row)");
            shell.await("> ");
            shell.type(".conn 10.99.0.77\r").await("no connection with 10.99.0.77");
            shell.await("[10.99.0.2:5432]> ");
            shell.type("CREATE VIEW mine AS SELECT conn, remote_port FROM tcp;\r")
                    .await("> ");
            shell.type("SELECT count(DISTINCT remote_port) AS n FROM mine;\r")
                    .await(" 1\n(1 row)\nnote: pinned to connection 10.99.0.2:5432\n");
            shell.await("> ");
            shell.type("SELECT count(DISTINCT remote_port) > 1 AS whole FROM memory.main.mine;\r")
                    .await(" true\n(1 row)\ntcpsnap [");
            shell.await("> ");
            shell.type(".conn off\r").await(PROMPT);
        }
    }

    @Test
    void picturesOfTheLastResultAndOfAConnection() throws Exception {
        try (Pty shell = shell(Map.of("PAGER", "cat"))) {
            shell.type("SELECT ts, cwnd FROM tcp WHERE remote_port = 5432 AND family = 4;\r")
                    .await("rows)");
            shell.await(PROMPT);
            assertThat(shell.type(".plot\r").await(PROMPT))
                    .contains("cwnd min 1 segments, max 10 segments, last 1 segments", "⠉⡇", "20:11:10");
            assertThat(shell.type(".timeline 10.99.0.2:5432\r").await("tcpsnap [10.99.0.2:5432]> "))
                    .contains(
                            "10.99.0.1:48502 10.99.0.2:5432, 60 ticks from 2026-11-24 20:10:56.395057\n",
                            "srtt min ",
                            "cwnd min 1, max 10",
                            "dashed: ssthresh, last 5",
                            "├ESTABLISHED───",
                            "├retransmit");
            shell.type(".charts ascii\r").await("> ");
            assertThat(shell.type(".timeline\r").await("tcpsnap ["))
                    .contains("|ESTABLISHED")
                    .doesNotContain("├", "⣀");
            shell.await("> ");
            shell.type(".conn off\r").await(PROMPT);
            assertThat(shell.type(".heat tx_queue\r").await(PROMPT))
                    .contains("10.99.0.1:48502 10.99.0.2:5432 ", "blank no value");
            shell.type(".plot SELECT 1 AS x\r").await("the result has no column of times");
            shell.await(PROMPT);
            shell.type("SELECT spark(cwnd, ts) AS line FROM tcp WHERE remote_port = 5432 AND family = 4;\r")
                    .await(" ██████████▁▁▁▁▁▁▁▁▁▁▁▁▁▁\n");
        }
    }

    @Test
    void controlCEndsAPicture() throws Exception {
        try (Pty shell = shell(Map.of("PAGER", "cat"))) {
            shell.type(
                            ".plot SELECT ts, sum(a.range * b.range) FROM snapshot, range(10000000) a, range(10000000) b GROUP BY ts\r")
                    .await("running");
            shell.type(CTRL_C).await("cancelled");
            shell.await(PROMPT);
            shell.type("SELECT 6 * 7 AS n;\r").await(" 42\n(1 row)");
        }
    }

    @Test
    void aSumOverACounterIsDoubted() throws Exception {
        try (Pty shell = shell(Map.of("PAGER", "cat"))) {
            shell.type("SELECT sum(bytes_acked) > 0 AS s FROM tcp_info;\r")
                    .await(
                            "note: bytes_acked of tcp_info is a running total, and sum() adds up its value at every tick;"
                                    + " its growth is max(bytes_acked) - min(bytes_acked), or bytes_acked_delta of connection_rate\n");
            shell.await(PROMPT);
            shell.type("SELECT sum(bytes_acked_delta) > 0 AS s FROM connection_rate;\r");
            assertThat(shell.await(PROMPT)).contains("(1 row)").doesNotContain("running total");
        }
    }

    @Test
    void aQueryIsExplained() throws Exception {
        try (Pty shell = shell(Map.of("PAGER", "cat"))) {
            shell.type(".explain retransmitting\r").await("question    Which connections wait for an acknowledgement");
            assertThat(shell.await(PROMPT))
                    .contains("look for    retrnsmt that climbs", "parameter   top=20: how many", "SELECT local_addr");
        }
    }

    @Test
    void missingTicksAndCountersThatBeganAnewAreNoted() throws Exception {
        Path recording = home.resolve("rec");
        Process recorder = Program.builder("record", "-o", recording, "--interval", "20ms", "--count", 60)
                .redirectErrorStream(true)
                .start();
        while (!Files.exists(recording)) {
            Thread.sleep(10);
        }
        Thread.sleep(300);
        signal("-STOP", recorder);
        Thread.sleep(500);
        signal("-CONT", recorder);
        assertThat(recorder.waitFor()).isZero();
        try (Pty shell = new Pty(home, Map.of(), "shell", recording)) {
            shell.await(PROMPT);
            shell.type("SELECT count(DISTINCT iface) > 0 AS has FROM net_dev;\r")
                    .await(" true\n(1 row)\nnote: ");
            assertThat(shell.await(PROMPT)).matches("(?s)\\d+ ticks are missing between \\S+ \\S+ and \\S+ \\S+\n.*");
            shell.type("SELECT ts, true AS reset FROM snapshot ORDER BY ts LIMIT 2;\r")
                    .await("note: 2 rows have a counter that began anew: its growth is NULL there\n");
            shell.await(PROMPT);
            shell.type("SELECT 1 AS one;\r").await(" 1\n(1 row)\n" + PROMPT);
        }
    }

    private static void signal(String name, Process process) throws Exception {
        assertThat(new ProcessBuilder("kill", name, String.valueOf(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void controlCAtAnyMomentKeepsTheSession() throws Exception {
        Random moments = new Random(5);
        String[] works = {
            ".open " + SAMPLE,
            "SELECT count(*) FROM tcp, tcp_info;",
            "FROM range(100000000);",
            ".plot SELECT ts, rtt, local_port::VARCHAR FROM tcp_info",
            ".timeline 10.99.0.2:5432",
            "SELECT sum(a.range * b.range) FROM range(30000) a, range(30000) b;",
            "FROM connection_rate;",
            ".last"
        };
        String pager = pager("some", "head -n 500");
        try (Pty shell = shell(Map.of("PAGER", pager))) {
            for (int i = 0; i < 100; i++) {
                shell.type(works[i % works.length] + "\r");
                Thread.sleep(moments.nextInt(200));
                shell.type(CTRL_C);
                // a terminal forgets what is typed ahead of Ctrl-C
                Thread.sleep(200);
                String alive = "SELECT 'alive' || " + i + " AS a;\r";
                // twice: on a busy machine the signal may come late, and end the first
                shell.type(KILL_LINE + alive + alive).await("alive" + i + "\n");
            }
            shell.type(".conn off\r").await(PROMPT);
            shell.type("SELECT count(*) AS n FROM snapshot;\r").await(" 60\n");
        }
    }
}
