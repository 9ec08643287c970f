package io.tcpsnap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcpsnap.lab.Child;
import io.tcpsnap.lab.Crowd;
import io.tcpsnap.lab.Namespace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What changes how often a real recorder copies: periods, triggers, and a CPU budget. */
class PaceIT {
    @TempDir
    private Path folder;

    @Test
    void aSourceWithAPeriodIsCopiedAtEachSuchTick() throws Exception {
        assertThat(Program.run(
                                "record",
                                "-o",
                                folder,
                                "--interval",
                                "20ms",
                                "--count",
                                "31",
                                "--sources",
                                "diag,tcp/10,dev/3")
                        .code())
                .isZero();
        Program.Result result = Program.run("query", folder, "--format", "csv", "-c", """
                WITH slot AS (
                  SELECT snapshot_id, seq + sum(missed) OVER (ORDER BY seq) AS slot FROM snapshot
                ), copy AS (
                  SELECT source, slot // CASE source WHEN 'proc/net/tcp' THEN 10 WHEN 'proc/net/dev' THEN 3 ELSE 1 END AS period
                  FROM snapshot_source JOIN slot USING (snapshot_id)
                )
                SELECT source, count(*) AS n, count(*) = count(DISTINCT period) AS on_time FROM copy
                GROUP BY source ORDER BY n""");
        assertThat(result.out().lines().toList()).hasSize(4).first().isEqualTo("source,n,on_time");
        assertThat(result.out())
                .doesNotContain("false")
                .contains("sock_diag/tcp,31,true")
                .containsPattern("proc/net/tcp,[456],");
    }

    @Test
    void aTriggerMakesTicksComeFasterAndThenNoMore() throws Exception {
        assumeTrue(Namespace.available(), "needs root, iproute2 and iptables");
        try (Namespace namespace =
                        Namespace.create("tcpsnap-" + ProcessHandle.current().pid() + "-pace");
                RecordingIn recording = RecordingIn.of(
                        namespace,
                        folder.resolve("rec"),
                        "--interval",
                        "400ms",
                        "--trigger",
                        "established > 5",
                        "--trigger",
                        "Tcp.ActiveOpens>0.5/s",
                        "--trigger",
                        "LISTEN > 100",
                        "--trigger-interval",
                        "40ms",
                        "--trigger-for",
                        "100ms",
                        "--ring",
                        "10m")) {
            recording.awaitTicks(2);
            try (Child crowd = Child.start(namespace, Crowd.class)) {
                crowd.tell("20");
                recording.awaitTicks(6);
            }
            recording.awaitTicks(10);
            assertThat(recording.end()).isZero();
            List<String> events = recording
                    .query(
                            "SELECT kind, regexp_replace(detail, ': .*', '') AS what FROM event WHERE kind LIKE 'trigger%' ORDER BY ALL")
                    .lines()
                    .toList();
            assertThat(events)
                    .containsExactly(
                            "kind,what",
                            "trigger,Tcp.ActiveOpens>0.5/s",
                            "trigger,established > 5",
                            "trigger_end,Tcp.ActiveOpens>0.5/s",
                            "trigger_end,established > 5");
            theDumpHasWhatCameBefore(folder.resolve("rec/dumps"));
            assertThat(recording.row("""
                    SELECT count(DISTINCT interval_us), min(interval_us), arg_min(interval_us, seq), arg_max(interval_us, seq)
                    FROM snapshot""")).containsExactly("2", "40000", "400000", "400000");
            assertThat(recording.row("""
                    SELECT bool_and(abs(epoch_us(e.event_ts) - epoch_us(e.ts)) < 60e6), bool_and(detail SIMILAR TO '.*: [0-9.]+(/s)?')
                    FROM event e WHERE kind = 'trigger'""")).containsExactly("true", "true");
        }
    }

    private static void theDumpHasWhatCameBefore(Path dumps) throws Exception {
        Path first;
        try (Stream<Path> files = Files.list(dumps)) {
            first = files.sorted().findFirst().orElseThrow();
        }
        Program.Result dump = Program.run("query", first, "--format", "csv", "-c", """
                SELECT min(seq) AS first_seq, max(seq) >= 2 AS has_before,
                       (SELECT count(*) FROM tcp_info WHERE snapshot_id = 0) AS sockets FROM snapshot""");
        assertThat(dump.err()).isEmpty();
        assertThat(dump.out()).isEqualTo("first_seq,has_before,sockets\n0,true,0\n");
        assertThat(Program.run("verify", first).code()).isZero();
    }

    /** 1 % of a CPU at 10 ms is not to be had: what the machine needs for a tick does not matter. */
    @Test
    void aBudgetThatIsShortMakesTheRecordingCheaperAndSaysSo() throws Exception {
        try (RecordingIn recording =
                RecordingIn.of(null, folder.resolve("rec"), "--interval", "10ms", "--cpu", "0.1%")) {
            recording.awaitTicks(45);
            assertThat(recording.end()).isZero();
            assertThat(recording.query("SELECT detail FROM event WHERE kind = 'governor' ORDER BY event_ts LIMIT 2"))
                    .contains(
                            "tcp, tcp6 at every tenth tick; credit",
                            "tcp, tcp6 at every tenth tick, the interval times 2; credit");
            assertThat(recording.row("SELECT max(interval_us) > 10000, min(interval_us) FROM snapshot"))
                    .containsExactly("true", "10000");
        }
    }

    @Test
    void whatCannotBeWatchedIsSaid() throws Exception {
        for (List<String> wrong : List.of(
                List.of("2", "--trigger: 'many' is no condition", "--trigger", "many"),
                List.of("2", "--trigger: 'OPEN' is no TCP state: there are ESTABLISHED, ", "--trigger", "OPEN > 4"),
                List.of(
                        "2",
                        "'CLOSE_WAIT > 4' needs the source diag",
                        "--trigger",
                        "CLOSE_WAIT > 4",
                        "--sources",
                        "tcp"),
                List.of("3", "this kernel has no counter Tcp.Foo in /proc/net/snmp", "--trigger", "Tcp.Foo > 4/s"),
                List.of("2", "--trigger-interval must be at least 10ms", "--trigger-interval", "1ms"),
                List.of("2", "--cpu: 'much' is no share of a CPU", "--cpu", "much"),
                List.of("2", "'tcp/0': a period is at least 1", "--sources", "tcp/0"))) {
            Object[] args = new Object[wrong.size() + 2];
            System.arraycopy(new Object[] {"record", "-o", folder, "--once"}, 0, args, 0, 4);
            System.arraycopy(wrong.subList(2, wrong.size()).toArray(), 0, args, 4, wrong.size() - 2);
            Program.Result result = Program.run(args);
            assertThat(result.err()).contains(wrong.get(1));
            assertThat(result.code()).as(wrong.get(1)).isEqualTo(Integer.parseInt(wrong.get(0)));
        }
        assertThat(folder).isEmptyDirectory();
    }
}
