package io.tcpsnap.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcpsnap.decode.Problem;
import io.tcpsnap.lab.Holder;
import io.tcpsnap.table.Rows;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sockets that a child process hands over: what is read, and that nobody suffers from it. */
class HandedSocketsIT {
    private static final String PATH = "sockopt_handed";

    @TempDir
    private Path folder;

    private Path socket;
    private HandedSockets recorder;

    @BeforeEach
    void listen() throws IOException {
        socket = folder.resolve("s");
        recorder = new HandedSockets(UnixListener.open(socket));
        recorder.start();
    }

    @AfterEach
    void end() {
        recorder.close();
    }

    private static byte[] take(Source source) throws SourceException {
        CopyBuffer copy = new CopyBuffer();
        source.take(copy);
        return Arrays.copyOf(copy.bytes(), copy.length());
    }

    private static List<Map<String, Object>> rows(String path, byte[] bytes) {
        List<Problem> problems = new ArrayList<>();
        var rows = Rows.of("sockopt", Rows.tick(Map.of(path, bytes), ByteOrder.nativeOrder()), problems);
        assertThat(problems).isEmpty();
        return rows;
    }

    /** The numbers of the last record: read, not of TCP, lost. */
    private static List<Integer> end(byte[] bytes) {
        ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        int at = bytes.length - 12;
        return List.of(numbers.getInt(at), numbers.getInt(at + 4), numbers.getInt(at + 8));
    }

    @Test
    void aRowIsThatOfTheSweepButForHowItWasRead() throws Exception {
        SockoptSource sweep = new SockoptSource(new CpuBudget(Double.MAX_VALUE), new CpuBudget(Double.MAX_VALUE));
        try (Holder holder = Holder.start()) {
            long before = System.currentTimeMillis();
            assertThat(holder.ask("hand " + socket)).isEqualTo("4");
            byte[] bytes = take(recorder);
            assertThat(end(bytes)).containsExactly(4, 0, 0);
            List<Map<String, Object>> handed = rows(PATH, bytes);
            List<Map<String, Object>> swept = rows("sockopt", take(sweep));
            swept.removeIf(row -> !row.get("pid").equals(holder.pid()));
            assertThat(handed).hasSize(4).allSatisfy(row -> {
                assertThat(row)
                        .containsEntry("source", PATH)
                        .containsEntry("fd", null)
                        .containsEntry("errno", null);
                assertThat((Long) row.get("read_ts") / 1000).isBetween(before, System.currentTimeMillis());
            });
            for (String differs : List.of("source", "read_ts", "fd", "tcp_info", "tcp_timestamp")) {
                handed.forEach(row -> row.remove(differs));
                swept.forEach(row -> row.remove(differs));
            }
            assertThat(handed).containsExactlyInAnyOrderElementsOf(swept);
            assertThat(end(take(recorder))).as("the next copy").containsExactly(0, 0, 0);
        }
    }

    @Test
    void theOwnerSeesNoDifference() throws Exception {
        try (Holder holder = Holder.start()) {
            holder.ask("refuse");
            String before = settled(holder);
            for (int i = 0; i < 20; i++) {
                assertThat(holder.ask("hand " + socket)).isEqualTo("5");
            }
            assertThat(holder.ask("look")).isEqualTo(before);
            assertThat(holder.ask("read")).as("what waited in the queues").isEqualTo("hellohello");
            assertThat(holder.ask("error")).as("an error that nobody has read").isEqualTo("Connection refused");
        }
    }

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

    /** The peers see the end of the stream though no copy is taken; with 7, a second thread closes. */
    @ParameterizedTest
    @ValueSource(ints = {-1, 7})
    void aCloseWaitsForNoTick(int linger) throws Exception {
        try (Holder holder = Holder.start()) {
            holder.ask("linger " + linger);
            holder.ask("read");
            holder.ask("part " + socket);
            for (Socket peer : holder.peers()) {
                assertThat(peer.getInputStream().read())
                        .as("the end of the stream")
                        .isEqualTo(-1);
            }
            assertThat(holder.ask("answer")).isEqualTo("4");
            assertThat(end(take(recorder))).containsExactly(4, 0, 0);
        }
    }

    /** Its owner gone, the last close of a socket with SO_LINGER waits for the peer: that is no matter of others. */
    @Test
    void aCloseThatWaitsHoldsNobodyElseUp() throws Exception {
        Path late = folder.resolve("late");
        try (HandedSockets recorder = new HandedSockets(UnixListener.open(late));
                Holder holder = Holder.start();
                Handing other = new Handing(late)) {
            holder.ask("linger 60");
            holder.ask("read");
            holder.ask("fill");
            holder.ask("part " + late);
            int[] ours = OwnSockets.descriptors(); // those of the holder are not here yet
            recorder.start(); // from here on it has the last descriptors
            assertThat(other.hand(ours)).isEqualTo(ours.length);
            assertThat(holder.ask("answered")).as("whether the close is over").isEqualTo("false");
        }
    }

    private static long pipes() throws IOException {
        try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
            return links.map(HandedSocketsIT::target)
                    .filter(target -> target.startsWith("pipe:"))
                    .count();
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "closed meanwhile";
        }
    }

    @Test
    void whatIsNoTcpSocketIsClosedAndCounted() throws Exception {
        int[] pipe = Handing.pipe();
        long before = pipes();
        try (Handing garbage = new Handing(socket)) {
            for (int i = 1; i <= 30; i++) {
                garbage.send("x".repeat(100 * i), 0);
                assertThat(garbage.answer()).isZero();
                assertThat(garbage.hand(pipe[0], garbage.descriptor(), pipe[1], pipe[1]))
                        .isZero();
                assertThat(pipes()).isEqualTo(before);
            }
            assertThat(end(take(recorder))).containsExactly(0, 120, 0);
        } finally {
            Libc.close(pipe[0]);
            Libc.close(pipe[1]);
        }
    }

    @Test
    void programsThatAreSilentOrDoNotReadTheirAnswersOrDieAreNoTrouble() throws Exception {
        List<Handing> silent = new ArrayList<>();
        try (Holder holder = Holder.start()) {
            for (int i = 0; i < HandingPrograms.MOST; i++) {
                new Handing(socket).close();
            }
            for (int i = 0; i < HandingPrograms.MOST; i++) {
                silent.add(new Handing(socket));
            }
            int listener = OwnSockets.descriptors()[0];
            Handing deaf = new Handing(socket);
            silent.add(deaf);
            for (int i = 0; i < 2000; i++) {
                deaf.send(".", 0, listener);
            }
            try (Handing dying = new Handing(socket)) {
                dying.send(".", 0, listener, dying.descriptor());
            }
            assertThat(holder.ask("hand " + socket)).isEqualTo("4");
            assertThat(silent.get(0).answer())
                    .as("the one that was silent for longest")
                    .isEqualTo(-1);
            assertThat(silent.get(HandingPrograms.MOST - 1).isAnswered()).isFalse();
            assertThat(deaf.answer()).isEqualTo(1);
            assertThat(end(take(recorder))).containsExactly(2005, 1, 0);
        } finally {
            silent.forEach(Handing::close);
        }
    }

    @Test
    void whatThereIsNoRoomForIsCounted() throws Exception {
        try (Holder holder = Holder.start();
                Handing flood = new Handing(socket)) {
            int[] full = new int[FdMessage.MAX_FD];
            Arrays.fill(full, OwnSockets.descriptors()[0]);
            int sent = 0;
            int read = 0;
            for (int i = 0; i < 60; i++) {
                sent += full.length;
                read += flood.hand(full);
            }
            assertThat(holder.ask("hand " + socket)).isEqualTo("0");
            CopyBuffer copy = new CopyBuffer();
            int lost = sent - read + 4;
            assertThatThrownBy(() -> recorder.take(copy))
                    .isInstanceOf(SourceException.class)
                    .hasMessage("ENOBUFS: " + lost + " lost");
            byte[] bytes = Arrays.copyOf(copy.bytes(), copy.length());
            assertThat(end(bytes)).containsExactly(read, 0, lost);
            assertThat(rows(PATH, bytes)).hasSize(read);
            assertThat(Rows.of("unreached", Rows.tick(Map.of(PATH, bytes), ByteOrder.nativeOrder()), new ArrayList<>()))
                    .singleElement()
                    .satisfies(row -> assertThat(row)
                            .containsEntry("source", PATH)
                            .containsEntry("reason", "no room")
                            .containsEntry("sockets", (long) lost));
            assertThat(bytes.length).isBetween(HandedSockets.LIMIT, HandedSockets.LIMIT + 4096);
            assertThat(flood.hand(full)).isEqualTo(full.length);
        }
    }
}
