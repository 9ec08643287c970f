package io.tcpsnap.slice;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcpsnap.archive.Entry;
import io.tcpsnap.archive.Tick;
import io.tcpsnap.table.Rows;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What of a tick a slice has, source by source. */
class TickFilterTest {
    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static Tick tick() throws Exception {
        String header = "  sl  local_address rem_address   st\n";
        Map<String, byte[]> copies = new LinkedHashMap<>();
        copies.put(
                "proc/net/tcp",
                text(
                        header
                                + "   0: 0100000A:9C41 0200000A:01BB 01 00000000:00000000 00:00000000 00000000  0  0 111 1 0 20 4 30 10 -1\n"
                                + "   1: 0100000A:9C42 0200000A:01BB 01 00000000:00000000 00:00000000 00000000  0  0 222 1 0 20 4 30 10 -1\n"));
        copies.put("netns/blue/proc/net/tcp", copies.get("proc/net/tcp"));
        copies.put("netns/4026532211/proc/net/dev", text("x\n"));
        copies.put("proc/net/dev", text("x\n"));
        copies.put("owners", text("# inode pid start_time comm cgroup\n111 1 1 a /a\n222 2 2 b /b\n# processes=2\n"));
        copies.put(
                "ss/tcp",
                text(
                        "State Recv-Q Send-Q Local Address:Port Peer Address:Port\nESTAB 0 0 10.0.0.1:40001 10.0.0.2:443\n\t cubic\n"
                                + "ESTAB 0 0 10.0.0.1:40002 10.0.0.2:443\n\t reno\n"));
        copies.put("opt_stats/hex", text("00\n"));
        copies.put("proc/net/udp", text("x\n"));
        return Rows.tick(copies, ByteOrder.LITTLE_ENDIAN, "6.18.0");
    }

    private static Map<String, String> entries(Wanted wanted) throws Exception {
        return entries(new TickFilter(wanted), tick());
    }

    private static Map<String, String> entries(TickFilter filter, Tick tick) {
        Map<String, String> entries = new LinkedHashMap<>();
        for (Entry entry : filter.entries(tick)) {
            entries.put(entry.path(), new String(entry.bytes(), 0, entry.length(), StandardCharsets.US_ASCII));
        }
        return entries;
    }

    @Test
    void aNamespaceIsItsCopiesAndTheMachines() throws Exception {
        assertThat(entries(new Wanted(0, Long.MAX_VALUE, null, "blue", null, Map.of()))
                        .keySet())
                .containsExactlyInAnyOrder("netns/blue/proc/net/tcp", "owners");
        assertThat(entries(new Wanted(0, Long.MAX_VALUE, null, "net:[4026532211]", null, Map.of()))
                        .keySet())
                .containsExactlyInAnyOrder("netns/4026532211/proc/net/dev", "owners");
        for (String own : List.of("self", tick().manifest().netns())) {
            assertThat(entries(new Wanted(0, Long.MAX_VALUE, null, own, null, Map.of()))
                            .keySet())
                    .containsExactlyInAnyOrder(
                            "proc/net/tcp", "proc/net/dev", "owners", "ss/tcp", "opt_stats/hex", "proc/net/udp");
        }
    }

    @Test
    void aConnectionIsItsRowsAndItsOwners() throws Exception {
        Tick tick = tick();
        Connection one =
                new Connection(tick.manifest().host(), tick.manifest().netns(), "10.0.0.1", 40001, "10.0.0.2", 443);
        Map<String, String> entries = entries(new Wanted(0, Long.MAX_VALUE, null, null, Set.of(one), Map.of()));
        assertThat(entries.get("proc/net/tcp"))
                .contains("9C41", "local_address")
                .doesNotContain("9C42");
        assertThat(entries.get("netns/blue/proc/net/tcp"))
                .contains("local_address")
                .doesNotContain("9C41", "9C42");
        assertThat(entries.get("owners")).contains("111 1", "# processes=2").doesNotContain("222");
        assertThat(entries.get("ss/tcp")).contains("Recv-Q", "40001", "cubic").doesNotContain("40002", "reno");
        assertThat(entries.keySet()).doesNotContainAnyElementsOf(List.of("opt_stats/hex", "proc/net/udp"));
    }

    @Test
    void ownersOfATickWithoutSocketsAreThoseOfTheTicksBefore() throws Exception {
        Tick tick = tick();
        Connection one =
                new Connection(tick.manifest().host(), tick.manifest().netns(), "10.0.0.1", 40001, "10.0.0.2", 443);
        TickFilter filter = new TickFilter(new Wanted(0, Long.MAX_VALUE, null, null, Set.of(one), Map.of()));
        entries(filter, tick);
        byte[] owners = text("111 1 1 a /a\n222 2 2 b /b\n");
        Tick next = Rows.tick(Map.of("owners", owners), ByteOrder.LITTLE_ENDIAN, "6.18.0");
        assertThat(entries(filter, next)).containsEntry("owners", "111 1 1 a /a\n");
    }
}
