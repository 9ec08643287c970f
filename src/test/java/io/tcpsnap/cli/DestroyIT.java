package io.tcpsnap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcpsnap.lab.Child;
import io.tcpsnap.lab.Command;
import io.tcpsnap.lab.Namespace;
import io.tcpsnap.lab.ShortConnections;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections that live between two ticks, and what is left of them. */
class DestroyIT {
    private static final int COUNT = Integer.getInteger("destroy.count", 20_000);
    private static final int RATE = Integer.getInteger("destroy.rate", 5_000);

    @TempDir
    private Path folder;

    @Test
    void everyShortConnectionIsInARowOrCountedAsLost() throws Exception {
        assumeTrue(Namespace.available(), "needs root, iproute2 and iptables");
        try (Namespace namespace =
                        Namespace.create("tcpsnap-" + ProcessHandle.current().pid() + "-short");
                RecordingIn recording = new RecordingIn(namespace, folder.resolve("rec"))) {
            List<String> load = Child.java(ShortConnections.class);
            load.addAll(List.of(String.valueOf(COUNT), String.valueOf(RATE)));
            String said = Command.run(namespace.inside(load));
            recording.awaitTicks(2);
            assertThat(recording.end()).isZero();

            List<String> opens = recording.row("""
                    SELECT max(value) FILTER (name = 'ActiveOpens') - min(value) FILTER (name = 'ActiveOpens'),
                           max(value) FILTER (name = 'PassiveOpens') - min(value) FILTER (name = 'PassiveOpens')
                    FROM counter WHERE proto = 'Tcp'""");
            assertThat(opens).containsExactly(String.valueOf(COUNT), String.valueOf(COUNT));
            List<String> found = recording.row("""
                    SELECT (SELECT count(DISTINCT cookie) FROM (
                              SELECT cookie FROM tcp_closed WHERE remote_port <> 0
                              UNION ALL
                              SELECT cookie FROM tcp_info WHERE remote_port <> 0 AND row_kind = 'socket')),
                           (SELECT coalesce(sum(regexp_extract(reason, '(\\d+) lost', 1)::BIGINT), 0) FROM problem)""");
            System.err.println(said.strip() + "; sockets found, lost: " + found);
            long accounted = Long.parseLong(found.get(0)) + Long.parseLong(found.get(1));
            assertThat(accounted).isGreaterThanOrEqualTo(COUNT * 2L * 999 / 1000);
            theLastWordsAreWhole(recording);
        }
    }

    /** 100 bytes went one way, and a FIN, which counts 1, each way. */
    private static void theLastWordsAreWhole(RecordingIn recording) throws Exception {
        assertThat(recording.row("""
                SELECT count(*) FILTER (state <> 'CLOSE'), count(DISTINCT family), min(bytes_received), max(bytes_received),
                       count(*) FILTER (protocol <> 6 OR protocol IS NULL), count(*) FILTER (cookie = 0)
                FROM tcp_closed WHERE remote_port <> 0""")).containsExactly("0", "2", "1", "101", "0", "0");
        assertThat(recording.row("SELECT count(*) FROM problem WHERE reason NOT LIKE '%lost'"))
                .containsExactly("0");
    }
}
