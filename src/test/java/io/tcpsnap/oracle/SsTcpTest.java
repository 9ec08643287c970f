package io.tcpsnap.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcpsnap.decode.Problem;
import io.tcpsnap.lab.Command;
import io.tcpsnap.table.Rows;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ss prints of a dump, read again, is the dump. */
class SsTcpTest {
    private static final int DONE_LENGTH = 20;

    @TempDir
    private Path folder;

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = SsTcpTest.class.getResourceAsStream("/netlink/6.18/" + name)) {
            return in.readAllBytes();
        }
    }

    /** Both families with one end, as the recorder writes them. */
    private static byte[] dump() throws IOException {
        byte[] v4 = resource("states.v4.bin");
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(v4, 0, v4.length - DONE_LENGTH);
        both.write(resource("states.v6.bin"));
        return both.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-tinmoe",
                "-tin",
                "-tan",
                "-ta",
                "-tie",
                "-tio",
                "-tinO",
                "-tanieOmo",
                "-taeH",
                "-tnm",
                "-tno",
                "-tne",
                "-timoe",
                "-tainpe"
            })
    void textOfTheCaptureIsTheCapture(String options) throws Exception {
        Assumptions.assumeTrue(Command.works("ss", "-V"), "needs iproute2");
        Path file = Files.write(folder.resolve("dump"), dump());
        String text = Command.run(List.of("ss", options), Map.of("TCPDIAG_FILE", file.toString()));
        SsTcpRoundTrip trip = new SsTcpRoundTrip(dump(), text);
        assertThat(trip.differences()).isEmpty();
        assertThat(trip.problems()).isEmpty();
        assertThat(trip.compared()).contains("state", "local_addr", "remote_addr", "conn", "rx_queue", "accept_queue");
        if (options.equals("-tinmoe")) {
            assertThat(trip.compared())
                    .contains(
                            "cookie",
                            "uid",
                            "inode",
                            "timer",
                            "expires",
                            "options",
                            "cong",
                            "rtt",
                            "rttvar",
                            "busy_time",
                            "rwnd_limited",
                            "pacing_rate",
                            "delivery_rate",
                            "bbr_bw",
                            "bbr_min_rtt",
                            "bbr_pacing_gain",
                            "skmem_fwd_alloc",
                            "v6only",
                            "shutdown",
                            "snd_wscale",
                            "rcv_wscale",
                            "delivery_rate_app_limited",
                            "total_retrans",
                            "snd_wnd",
                            "notsent_bytes");
        }
    }

    @Test
    void textThatWasKeptBesideTheCaptureIsRead() throws Exception {
        String text = new String(resource("states.ss.txt"), StandardCharsets.UTF_8);
        Map<String, byte[]> copies = Map.of("ss/tcp", text.getBytes(StandardCharsets.UTF_8));
        List<Problem> problems = new ArrayList<>();
        List<Map<String, Object>> rows = Rows.of("tcp_info", Rows.tick(copies, ByteOrder.nativeOrder()), problems);
        assertThat(problems).isEmpty();
        assertThat(rows).hasSize((int) text.lines()
                .filter(line -> line.matches("[A-Z].*") && !line.startsWith("State"))
                .count());
        assertThat(rows.get(0))
                .containsEntry("source", "ss")
                .containsEntry("state", "LISTEN")
                .containsEntry("accept_queue", 2L)
                .containsEntry("accept_backlog", 7L)
                .containsEntry("ss_rest", "cgroup:/");
    }
}
