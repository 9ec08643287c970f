package io.tcpsnap.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcpsnap.archive.Shell;
import io.tcpsnap.lab.Holder;
import io.tcpsnap.table.Rows;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteOrder;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Owners of sockets on this machine. */
class OwnerSourceTest {
    private static final CpuBudget PLENTY = new CpuBudget(Double.MAX_VALUE);

    private final OwnerSource source = new OwnerSource(PLENTY);

    private List<String> take() {
        return take(source);
    }

    private static List<String> take(OwnerSource source) {
        CopyBuffer copy = new CopyBuffer();
        source.take(copy);
        return new String(copy.bytes(), 0, copy.length(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    private static List<String> of(List<String> lines, long pid) {
        return lines.stream()
                .filter(line -> line.split(" ", -1)[1].equals("" + pid))
                .toList();
    }

    private static String account(List<String> lines) {
        return lines.get(lines.size() - 1);
    }

    @Test
    void aProcessIsThereWithItsSocketsAndNothingElse() throws Exception {
        try (Holder holder = Holder.start();
                DatagramChannel ours = DatagramChannel.open()) {
            ours.bind(null);
            List<String> lines = take();
            assertThat(lines.get(0)).isEqualTo("# inode pid start_time comm cgroup");
            List<String> expected = holder.inodes().stream()
                    .map(inode -> inode + " " + rest(holder.pid()))
                    .toList();
            assertThat(of(lines, holder.pid())).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(account(lines)).contains(" unseen=0 unchecked=0");
        }
    }

    /** What the line of a process says behind the inode, out of Java's own mouth. */
    private static String rest(long pid) {
        try {
            Path proc = Path.of("/proc/" + pid);
            String[] stat =
                    Files.readString(proc.resolve("stat")).split("\\) ", 2)[1].split(" ", -1);
            String comm = Files.readString(proc.resolve("comm")).strip();
            String cgroup = Files.readAllLines(proc.resolve("cgroup")).stream()
                    .filter(line -> line.startsWith("0::"))
                    .map(line -> line.substring(3))
                    .findFirst()
                    .orElse("-");
            return pid + " " + stat[19] + " " + comm + " " + cgroup;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void whatChangesIsSeenAndWhatEndsIsGone() throws Exception {
        long self = ProcessHandle.current().pid();
        take();
        int before = of(take(), self).size();
        long pid;
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                Holder holder = Holder.start()) {
            pid = holder.pid();
            List<String> lines = take();
            assertThat(of(lines, self))
                    .as("a listener, a client, and our ends of the holder")
                    .hasSize(before + 6);
            assertThat(of(lines, pid)).isNotEmpty();
            assertThat(client.isConnected()).isTrue();
        }
        List<String> lines = take();
        assertThat(of(lines, self)).hasSize(before);
        assertThat(of(lines, pid)).isEmpty();
    }

    /** A budget of nothing: whatever is new after the first copy is not looked at, and the entry says so. */
    @Test
    void whatWasNotLookedAtIsSaid() throws Exception {
        OwnerSource hurried = new OwnerSource(new CpuBudget(0));
        take(hurried);
        try (Holder holder = Holder.start()) {
            List<String> lines = take(hurried);
            assertThat(of(lines, holder.pid())).isEmpty();
            assertThat(account(lines)).containsPattern(" scanned=0 unseen=[1-9]\\d* unchecked=[1-9]\\d*");
        }
    }

    @Test
    void processesThatMayNotBeReadAreCounted() throws Exception {
        assumeTrue(Shell.isRoot(), "needs root, to be nobody afterwards");
        take();
        try (Holder holder = Holder.start()) {
            List<String> lines = Nobody.call(() -> take(new OwnerSource(PLENTY)));
            assertThat(of(lines, holder.pid())).isEmpty();
            assertThat(of(lines, ProcessHandle.current().pid())).isNotEmpty();
            assertThat(account(lines)).containsPattern(" unseen=0 unchecked=0 EACCES=[1-9]");
            byte[] entry = String.join("\n", lines).concat("\n").getBytes(StandardCharsets.UTF_8);
            assertThat(Rows.of(
                            "unreached",
                            Rows.tick(Map.of("owners", entry), ByteOrder.nativeOrder()),
                            new ArrayList<>()))
                    .singleElement()
                    .satisfies(row -> {
                        assertThat(row).containsEntry("source", "owners").containsEntry("reason", "EACCES");
                        assertThat(account(lines)).endsWith(" EACCES=" + row.get("processes"));
                    });
        }
    }

    @Test
    void theCgroupIsThatOfVersionTwoElseThatOfSystemd() {
        assertThat(cgroup("4:cpu:/c\n1:name=systemd:/s\n0::/u\n")).isEqualTo("/u");
        assertThat(cgroup("4:cpu:/c\n1:name=systemd:/s\n")).isEqualTo("/s");
        assertThat(cgroup("0::/a:b c\n")).isEqualTo("/a:b c");
        assertThat(SocketProcess.cgroup("4:cpu:/c\n")).isNull();
        assertThat(SocketProcess.cgroup("")).isNull();
    }

    private static String cgroup(String lines) {
        return new String(SocketProcess.cgroup(lines), StandardCharsets.ISO_8859_1);
    }

    @Test
    void anyBytesSurvive() {
        assertThat(escaped("a b\n\t\\é-")).isEqualTo("a\\x20b\\x0a\\x09\\x5cé-");
        assertThat(escaped("")).isEqualTo("\\");
        assertThat(escaped("-")).isEqualTo("\\x2d");
        assertThat(new String(OwnerSource.escape(null), StandardCharsets.UTF_8)).isEqualTo("-");
    }

    private static String escaped(String text) {
        return new String(OwnerSource.escape(text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }
}
