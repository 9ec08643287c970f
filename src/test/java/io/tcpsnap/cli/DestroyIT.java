package io.tcpsnap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcpsnap.lab.Command;
import io.tcpsnap.lab.Namespace;
import io.tcpsnap.lab.ShortConnections;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Connections that live between two ticks, and what is left of them. {@code -Ddestroy.seconds=20} lets them come for longer,
 * and prints what was found.
 */
class DestroyIT {
    private static final Integer ASKED = Integer.getInteger("destroy.seconds");
    private static final int SECONDS = ASKED == null ? 4 : ASKED;
    private static final int RATE = 5_000;
    private static final int COUNT = SECONDS * RATE;
    /** More sockets than the kernel keeps messages of for a reader without privileges, who gets net.core.rmem_max. */
    private static final int FLOOD = 20_000;

    private static final String FOUND = """
            SELECT (SELECT count(DISTINCT cookie) FROM (
                      SELECT cookie FROM tcp_closed WHERE remote_port <> 0
                      UNION ALL
                      SELECT cookie FROM tcp_info WHERE remote_port <> 0 AND row_kind = 'socket')),
                   (SELECT coalesce(sum(regexp_extract(reason, '(\\d+) lost', 1)::BIGINT), 0) FROM problem)""";

    @TempDir
    private Path folder;

    @Test
    void everyShortConnectionIsInARowOrCountedAsLost() throws Exception {
        assumeTrue(Namespace.available(), "needs root, iproute2 and iptables");
        try (Namespace namespace = namespace();
                RecordingIn recording = RecordingIn.of(namespace, folder.resolve("rec"))) {
            String said = load(namespace, COUNT, RATE);
            recording.awaitTicks(2);
            assertThat(recording.end()).isZero();
            assertThat(said).startsWith(COUNT + " connections in ");
            long opened = asTheKernelCounts(recording);
            List<String> found = recording.row(FOUND);
            if (ASKED != null) {
                System.err.println(said.strip() + "; the kernel opened " + opened + " sockets; found, lost: " + found);
            }
            long accounted = Long.parseLong(found.get(0)) + Long.parseLong(found.get(1));
            assertThat(accounted).isBetween((opened * 999 + 999) / 1000, opened);
            theLastWordsAreWhole(recording);
        }
    }

    private static Namespace namespace() {
        return Namespace.create("tcpsnap-" + ProcessHandle.current().pid() + "-short");
    }

    private static String load(Namespace namespace, int count, int rate) {
        List<String> load = ShortConnections.command(count, rate);
        return Command.run(namespace.inside(load));
    }

    /** How many sockets the kernel opened while it was recorded: two for each connection, none failed or was refused. */
    private static long asTheKernelCounts(RecordingIn recording) throws Exception {
        List<String> counted = recording.row("""
                PIVOT (SELECT name, max(value) - min(value) AS n FROM counter WHERE proto || name IN
                       ('TcpActiveOpens', 'TcpPassiveOpens', 'TcpAttemptFails', 'TcpEstabResets',
                        'TcpExtListenDrops', 'TcpExtTCPTimeWaitOverflow') GROUP BY name)
                ON name IN ('ActiveOpens', 'PassiveOpens', 'AttemptFails', 'EstabResets', 'ListenDrops', 'TCPTimeWaitOverflow')
                USING first(n)""");
        assertThat(counted).containsExactly(String.valueOf(COUNT), String.valueOf(COUNT), "0", "0", "0", "0");
        return Long.parseLong(counted.get(0)) + Long.parseLong(counted.get(1));
    }

    /** 100 bytes went one way, and a FIN, which counts 1, each way; FIN_WAIT2 may end before the other came. */
    private static void theLastWordsAreWhole(RecordingIn recording) throws Exception {
        assertThat(recording.row("""
                SELECT count(*) FILTER (state <> 'CLOSE'), count(DISTINCT family), count(*) FILTER (bytes_received NOT IN (0, 1, 101)), max(bytes_received),
                       count(*) FILTER (protocol <> 6 OR protocol IS NULL), count(*) FILTER (cookie = 0)
                FROM tcp_closed WHERE remote_port <> 0""")).containsExactly("0", "2", "0", "101", "0", "0");
        assertThat(recording.row("SELECT count(*) FROM problem WHERE reason NOT LIKE '%lost'"))
                .containsExactly("0");
    }

    /** Stopped, it reads no messages, and the kernel drops those that it has no room for. */
    @Test
    void whatTheKernelDroppedIsCountedToTheSocket() throws Exception {
        assumeTrue(Namespace.available(), "needs root, iproute2 and iptables");
        assumeTrue(RecordingIn.nobodyMayRun(), "needs the program where everybody may read it");
        try (Namespace namespace = namespace();
                RecordingIn recording = RecordingIn.byNobody(namespace, folder.resolve("rec"))) {
            recording.pause();
            load(namespace, FLOOD, 10 * RATE);
            recording.proceed();
            recording.awaitTicks(3);
            assertThat(recording.end()).isZero();
            assertThat(recording.row("SELECT count(*), count(DISTINCT source), min(source) FROM problem"
                            + " WHERE regexp_full_match(reason, 'could not be read: ENOBUFS: [0-9]+ lost')"))
                    .containsExactly("1", "1", "sock_diag/destroy");
            assertThat(recording.row("SELECT count(*) FROM problem")).containsExactly("1");
            List<String> found = recording.row(FOUND);
            long rows = Long.parseLong(found.get(0));
            long lost = Long.parseLong(found.get(1));
            assertThat(rows).isGreaterThan(0);
            assertThat(lost).isGreaterThan(0);
            // each listener ends too
            assertThat(rows + lost).isEqualTo(2L * FLOOD + ShortConnections.SERVERS);
        }
    }
}
