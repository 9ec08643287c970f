package io.tcpsnap.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tcpsnap.archive.Damage;
import io.tcpsnap.archive.SourceRecord;
import io.tcpsnap.archive.Tick;
import io.tcpsnap.archive.TickRecord;
import io.tcpsnap.decode.Problem;
import io.tcpsnap.decode.ProblemSink;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProblemTableTest {
    private static List<Map<String, Object>> problems(Tick tick) {
        return Rows.of("problem", tick, new ArrayList<>());
    }

    private static Tick failing(SourceRecord... sources) {
        Tick tick = Rows.tick(Map.of(), ByteOrder.LITTLE_ENDIAN);
        TickRecord record = tick.record();
        TickRecord with = new TickRecord(
                record.seq(),
                record.realtimeNanos(),
                record.monotonicNanos(),
                record.boottimeNanos(),
                record.durationNanos(),
                record.cpuNanos(),
                record.missed(),
                record.intervalNanos(),
                List.of(sources));
        return new Tick(tick.manifest(), with, "t", 0, List.of());
    }

    @Test
    void whatDidNotDecodeIsARowWithItsTickItsPlaceAndItsBytes() {
        byte[] text = "Ip6InReceives 18\nIp6InDelivers\n".getBytes(StandardCharsets.US_ASCII);
        Map<String, Object> row = problems(Rows.tick(Map.of("proc/net/snmp6", text), ByteOrder.LITTLE_ENDIAN))
                .get(0);
        assertThat(row)
                .containsEntry("snapshot_id", 7L)
                .containsEntry("ts", 5_000_000L)
                .containsEntry("host", "host")
                .containsEntry("netns", "net:[1]")
                .containsEntry("source", "proc/net/snmp6")
                .containsEntry("byte_offset", 17L)
                .containsEntry("reason", "not a name and a value")
                .containsEntry("bytes", "Ip6InDelivers")
                .hasSize(8);
    }

    @Test
    void aSourceThatCouldNotBeReadIsAProblemUnlessTheKernelHasNoIpv6() {
        assertThat(problems(failing(
                        new SourceRecord("proc/net/tcp6", 0, 1, -1, -1, "ENOENT"),
                        new SourceRecord("proc/net/snmp6", 0, 1, -1, -1, "ENOENT"),
                        new SourceRecord("proc/net/sockstat6", 0, 1, -1, -1, "ENOENT"),
                        new SourceRecord("proc/net/tcp6", 0, 1, -1, -1, "EACCES"),
                        new SourceRecord("proc/net/tcp", 0, 1, -1, -1, "ENOENT"))))
                .extracting(row -> row.get("source"), row -> row.get("reason"), row -> row.get("bytes"))
                .containsExactly(
                        tuple("proc/net/tcp6", "could not be read: EACCES", null),
                        tuple("proc/net/tcp", "could not be read: ENOENT", null));
    }

    @Test
    void damageIsAProblemWithoutATick() {
        TickRows<Problem> rows = ProblemTable.TABLE.rows().apply(ProblemSink.NONE);
        rows.damaged(new Damage(Path.of("a.tar.zst"), 12, null, "the checksum is wrong"));
        Problem problem = rows.next();
        assertThat(problem.snapshot()).isNull();
        assertThat(problem.offset()).isEqualTo(12);
        assertThat(problem.reason()).isEqualTo("the checksum is wrong");
        assertThat(rows.next()).isNull();
    }
}
