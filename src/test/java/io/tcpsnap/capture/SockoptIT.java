package io.tcpsnap.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcpsnap.archive.Shell;
import io.tcpsnap.decode.Problem;
import io.tcpsnap.lab.Holder;
import io.tcpsnap.table.Rows;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The sweep over the sockets of a child process: what it reads, and that the child does not notice. */
class SockoptIT {
    private static SockoptSource source(double share) {
        return new SockoptSource(new CpuBudget(Double.MAX_VALUE), new CpuBudget(share));
    }

    private static final SockoptSource PLENTY = source(Double.MAX_VALUE);

    private static byte[] take(Source source) throws SourceException {
        CopyBuffer copy = new CopyBuffer();
        source.take(copy);
        return Arrays.copyOf(copy.bytes(), copy.length());
    }

    private static List<Map<String, Object>> rows(String table, String path, byte[] bytes) {
        List<Problem> problems = new ArrayList<>();
        var rows = Rows.of(table, Rows.tick(Map.of(path, bytes), ByteOrder.nativeOrder()), problems);
        assertThat(problems).isEmpty();
        return rows;
    }

    private static List<Map<String, Object>> sweep(SockoptSource source, Holder holder) throws SourceException {
        return rows("sockopt", "sockopt", take(source)).stream()
                .filter(row -> row.get("pid").equals(holder.pid()))
                .toList();
    }

    @Test
    void optionsAreThoseThatTheOwnerSet() throws Exception {
        try (Holder holder = Holder.start()) {
            List<Map<String, Object>> rows = sweep(PLENTY, holder);
            assertThat(rows)
                    .extracting(row -> row.get("inode").toString())
                    .containsExactlyInAnyOrderElementsOf(
                            holder.inodes().stream().map(String::valueOf).toList());
            List<Map<String, Object>> connections = rows.stream()
                    .filter(row -> row.get("so_acceptconn").equals(false))
                    .toList();
            assertThat(rows).extracting(row -> row.get("so_domain")).containsOnly(2L, 10L);
            assertThat(connections)
                    .hasSize(2)
                    .allSatisfy(row -> assertThat(row)
                            .containsEntry("errno", null)
                            .containsEntry("tcp_nodelay", true)
                            .containsEntry("tcp_cork", false)
                            .containsEntry("tcp_keepidle", 77L)
                            .containsEntry("so_keepalive", true)
                            .containsEntry("so_linger", 7L)
                            .containsEntry("so_rcvbuf", 100_000L)
                            .containsEntry("so_rcvtimeo", 0L)
                            .containsEntry("so_protocol", 6L)
                            .containsEntry("tcp_ulp", null)
                            .containsEntry("so_bindtodevice", null));
            assertThat(rows)
                    .filteredOn(row -> row.get("so_acceptconn").equals(true))
                    .hasSize(2)
                    .allSatisfy(row -> assertThat(row)
                            .containsEntry("so_keepalive", false)
                            .containsEntry("so_linger", null)
                            .containsEntry("tcp_nodelay", false));
            assertThat(cookies(rows, "so_cookie", "tcp_congestion"))
                    .containsExactlyInAnyOrderElementsOf(cookies(dumped(rows), "cookie", "cong"));
        }
    }

    /** What sock_diag says of the same sockets. */
    private static List<Map<String, Object>> dumped(List<Map<String, Object>> rows) throws SourceException {
        List<Object> inodes = rows.stream().map(row -> row.get("inode")).toList();
        try (SockDiag diag = SockDiag.tcp()) {
            return rows("tcp_info", "sock_diag/tcp", take(diag)).stream()
                    .filter(row -> inodes.contains(row.get("inode")))
                    .toList();
        }
    }

    private static List<String> cookies(List<Map<String, Object>> rows, String cookie, String cong) {
        return rows.stream()
                .map(row -> row.get("inode") + " " + row.get(cookie) + " " + row.get(cong))
                .toList();
    }

    /** Looks until nothing changes by itself any more, as acknowledgements that are due. */
    private static String settled(Holder holder) throws IOException, InterruptedException {
        String before = "";
        String now = holder.ask("look");
        while (!now.equals(before)) {
            Thread.sleep(300);
            before = now;
            now = holder.ask("look");
        }
        return now;
    }

    @Test
    void theOwnerSeesNoDifference() throws Exception {
        try (Holder holder = Holder.start()) {
            holder.ask("refuse");
            String before = settled(holder);
            for (int i = 0; i < 20; i++) {
                assertThat(sweep(PLENTY, holder))
                        .hasSize(5)
                        .allSatisfy(row -> assertThat(row.get("errno")).isNull());
            }
            assertThat(holder.ask("look")).isEqualTo(before);
            assertThat(holder.ask("read")).as("what waited in the queues").isEqualTo("hellohello");
            assertThat(holder.ask("error")).as("an error that nobody has read").isEqualTo("Connection refused");
        }
    }

    /** How many descriptors of sockets and processes this process has. */
    private static long sockets() throws IOException {
        List<String> targets = new ArrayList<>();
        try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
            for (Path link : links.toList()) {
                if (Files.isSymbolicLink(link)) {
                    targets.add(Files.readSymbolicLink(link).toString());
                }
            }
        }
        return targets.stream()
                .filter(target -> target.matches("socket:.*|.*pidfd.*"))
                .count();
    }

    /** The owner closes while sweeps follow one another without a pause; once they end, nobody has a duplicate. */
    @Test
    void aCloseIsNotHeldUpBeyondTheSweep() throws Exception {
        try (Holder holder = Holder.start()) {
            sweep(PLENTY, holder);
            holder.ask("read");
            long before = sockets();
            AtomicBoolean closed = new AtomicBoolean();
            Thread sweeps = new Thread(() -> {
                while (!closed.get()) {
                    try {
                        take(PLENTY);
                    } catch (SourceException e) {
                        throw new IllegalStateException(e);
                    }
                }
            });
            sweeps.start();
            holder.ask("close");
            closed.set(true);
            sweeps.join();
            assertThat(sockets()).isEqualTo(before);
            for (Socket peer : holder.peers()) {
                assertThat(peer.getInputStream().read())
                        .as("the end of the stream")
                        .isEqualTo(-1);
            }
        }
    }

    @Test
    void whatThereWasNoTimeForComesInTheNextTick() throws Exception {
        try (Holder holder = Holder.start()) {
            SockoptSource hurried = source(0);
            assertThat(sweep(hurried, holder))
                    .as("the first sweep may take its time")
                    .hasSize(4);
            byte[] second = take(hurried);
            assertThat(rows("sockopt", "sockopt", second)).isEmpty();
            assertThat(rows("unreached", "sockopt", second)).anySatisfy(row -> {
                assertThat(row).containsEntry("reason", "no time").containsEntry("processes", null);
                assertThat((Long) row.get("sockets")).isGreaterThanOrEqualTo(4);
            });
        }
    }

    @Test
    void socketsThatMayNotBeReadSayWhy() throws Exception {
        assumeTrue(Shell.isRoot(), "needs root, to be nobody afterwards");
        SockoptSource source = new SockoptSource(new CpuBudget(0), new CpuBudget(Double.MAX_VALUE));
        try (Holder holder = Holder.start()) {
            sweep(source, holder); // it knows from here on which processes hold what
            List<Map<String, Object>> rows = Nobody.call(() -> sweep(source, holder));
            assertThat(rows)
                    .hasSize(4)
                    .allSatisfy(row -> assertThat(row)
                            .containsEntry("errno", (long) Errno.EACCES)
                            .containsEntry("so_cookie", null));
        }
    }

    @Test
    void processesThatMayNotBeReadAreCounted() throws Exception {
        assumeTrue(Shell.isRoot(), "needs root, to be nobody afterwards");
        take(PLENTY);
        try (Holder holder = Holder.start()) {
            byte[] bytes = Nobody.call(() -> take(source(Double.MAX_VALUE)));
            assertThat(rows("sockopt", "sockopt", bytes))
                    .noneMatch(row -> row.get("pid").equals(holder.pid()));
            assertThat(rows("unreached", "sockopt", bytes)).anySatisfy(row -> {
                assertThat(row).containsEntry("reason", "EACCES").containsEntry("sockets", null);
                assertThat((Long) row.get("processes")).isPositive();
            });
        }
    }
}
