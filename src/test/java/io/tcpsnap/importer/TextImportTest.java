package io.tcpsnap.importer;

import static io.tcpsnap.importer.Imported.states;
import static io.tcpsnap.importer.Imported.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text copies: loose, in folders, many in one file, pasted. */
class TextImportTest {
    private static final String AT = "2026-11-22T07:42:00Z";

    @TempDir
    private Path folder;

    private Path out() {
        return folder.resolve("out");
    }

    private Path in(String name) {
        return folder.resolve("in").resolve(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "proc_net_tcp", "net_tcp.txt", "nothing-said", "case 7.log"})
    void looseFileIsRecognisedWhateverItsName(String name) throws IOException {
        Imported imported = Imported.of(out(), AT, write(in(name), states("tcp")));
        assertThat(imported.outline()).containsExactly("074200 proc/net/tcp");
        assertThat(imported.text(0, "proc/net/tcp")).isEqualTo(states("tcp"));
    }

    @Test
    void looseFilesOfOneFolderAreOneTick() throws IOException {
        Imported imported = Imported.of(
                out(),
                AT,
                write(in("a"), states("tcp")),
                write(in("b"), states("tcp6")),
                write(in("c"), states("netstat")),
                write(in("softnet_stat"), states("softnet_stat")));
        assertThat(imported.outline())
                .containsExactly("074200 proc/net/tcp proc/net/tcp6 proc/net/netstat proc/net/softnet_stat");
    }

    @Test
    void filesOwnTimeIsTheDefaultAndIsSaid() throws IOException {
        Path file = write(in("tcp"), states("tcp"));
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-02T03:04:05Z")));
        Imported imported = Imported.of(out(), null, file);
        assertThat(imported.outline()).containsExactly("030405 proc/net/tcp");
        assertThat(imported.notes).anyMatch(note -> note.contains("last modification"));
        assertThat(imported.result.segments().get(0).getFileName()).hasToString("unknown-20260102T030405Z.tar.zst");
    }

    @ParameterizedTest
    @CsvSource({
        "20261122T074200Z, 20261122T074201.5Z",
        "2026-11-22_07-42-00, 2026-11-22_07-42-01",
        "1795333320, 1795333321",
        "1795333320000, 1795333321000",
        "1, 2",
        "9, 10",
    })
    void foldersAreTicks(String first, String second) throws IOException {
        write(in(first).resolve("proc/net/tcp"), states("tcp"));
        write(in(first).resolve("proc/net/tcp6"), states("tcp6"));
        write(in(second).resolve("net/tcp"), states("tcp"));
        Imported imported = Imported.of(out(), AT, folder.resolve("in"));
        assertThat(imported.outline()).containsExactly("074200 proc/net/tcp proc/net/tcp6", "074201 proc/net/tcp");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=== %d\n",
                "@%d\n",
                "--- tick at %d ---\n",
            })
    void oneFileHoldsManyTicks(String separator) throws IOException {
        String text = separator.formatted(1795333320) + states("tcp") + separator.formatted(1795333325) + states("tcp");
        Imported imported = Imported.of(out(), "2020-01-01T00:00:00Z", write(in("log"), text));
        assertThat(imported.outline()).containsExactly("074200 proc/net/tcp", "074205 proc/net/tcp");
        assertThat(imported.text(1, "proc/net/tcp")).isEqualTo(states("tcp"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sun Nov 22 07:42:07 UTC 2026",
                "Sun Nov 22 07:42:07 AM UTC 2026",
                "Sun 22 Nov 2026 07:42:07 AM UTC",
                "zzz ***Sun Nov 22 07:42:07 UTC 2026",
                "2026-11-22 08:42:07 +0100",
                "2026-11-22T07:42:07.000Z",
                "[2026-11-22 07:42:07]",
            })
    void lineThatDatePrintsIsTheTimeOfWhatFollows(String line) throws IOException {
        String text = line + "\n" + states("tcp") + states("tcp6");
        Imported imported = Imported.of(out(), null, write(in("log"), text));
        assertThat(imported.outline()).containsExactly("074207 proc/net/tcp proc/net/tcp6");
    }

    @Test
    void repeatedHeaderIsTheNextTick() throws IOException {
        String text = states("tcp") + states("tcp6") + states("tcp") + states("tcp6");
        Imported imported = Imported.of(out(), AT, write(in("log"), text));
        assertThat(imported.outline())
                .containsExactly("074200 proc/net/tcp proc/net/tcp6", "074201 proc/net/tcp proc/net/tcp6");
        assertThat(imported.text(1, "proc/net/tcp6")).isEqualTo(states("tcp6"));
    }

    @Test
    void pastedTextIsKeptVerbatim() throws IOException {
        String text = "Hello, this is what I see:\r\n\r\n$ cat /proc/net/tcp\r\n"
                + states("tcp").replaceAll("(?m)^", "    ").replace("\n", "\r\n");
        Imported imported = Imported.ofInput(out(), AT, text.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(imported.text(0, "proc/net/tcp")).isEqualTo(text);
        assertThat(imported.manifest.host()).isEqualTo("pasted");
        assertThat(imported.manifest.clockTick()).isEqualTo(100);
    }

    @Test
    void rowsAloneAreEnough() throws IOException {
        String rows = states("tcp").replaceFirst(".*\n", "");
        Imported imported = Imported.of(out(), AT, write(in("x"), rows + rows));
        assertThat(imported.outline()).containsExactly("074200 proc/net/tcp", "074201 proc/net/tcp");
        assertThat(imported.text(0, "proc/net/tcp")).isEqualTo(rows);
    }

    @Test
    void ssTextIsKeptAsTextOneTickForEachHeader() throws IOException {
        String ss = new String(Imported.resource("/netlink/6.18/states.ss.txt"), StandardCharsets.UTF_8);
        String header = "State  Recv-Q Send-Q Local Address:Port  Peer Address:Port\n";
        String row = "ESTAB 0 0 10.0.0.1:22 10.0.0.2:5000\n";
        Imported imported = Imported.of(out(), AT, write(in("ss.txt"), header + row + header + row));
        assertThat(imported.outline()).containsExactly("074200 ss/tcp", "074201 ss/tcp");
        assertThat(imported.text(1, "ss/tcp")).isEqualTo(header + row);
        assertThat(Imported.of(folder.resolve("real"), AT, write(in("y/ss"), ss))
                        .text(0, "ss/tcp"))
                .isEqualTo(ss);
    }

    @Test
    void udpTableIsNoTcpTable() throws IOException {
        String udp =
                "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref"
                        + " pointer drops\n   12: 00000000:0044 00000000:0000 07 00000000:00000000 00:00000000 00000000     0"
                        + "        0 1 2 0000000000000000 0\n";
        Imported imported = Imported.of(out(), AT, write(in("udp"), udp));
        assertThat(imported.result.segments()).isEmpty();
        assertThat(imported.result.refused()).containsExactly(in("udp") + ": not recognised");
    }

    @ParameterizedTest
    @CsvSource({"0100007F, LITTLE", "7F000001, BIG", "0100000A, LITTLE", "0A000001, BIG", "C0A80001, BIG"})
    void byteOrderIsDeducedFromAddresses(String address, String order) throws IOException {
        String row = "   0: " + address + ":0016 " + address + ":1234 01 00000000:00000000 00:00000000 00000000     0"
                + "        0 17 1 0000000000000000 20 4 0 10 -1\n";
        Imported imported = Imported.of(out(), AT, write(in("tcp"), row));
        ByteOrder expected = order.equals("BIG") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        assertThat(imported.manifest.byteOrder()).isEqualTo(expected);
        assertThat(imported.manifest.byteOrderFrom()).isEqualTo("deduced");
        assertThat(imported.notes).anyMatch(note -> note.contains("deduced from the addresses"));
    }

    @Test
    void givenByteOrderCounts() throws IOException {
        Path file = write(in("tcp"), states("tcp"));
        Imported imported = Imported.of(out(), AT, ByteOrder.BIG_ENDIAN, file);
        assertThat(imported.manifest.byteOrder()).isEqualTo(ByteOrder.BIG_ENDIAN);
        assertThat(imported.manifest.byteOrderFrom()).isEqualTo("given");
    }

    @Test
    void unrecognisedFilesAreNamedBesideWhatWasImported() throws IOException {
        write(in("tcp"), states("tcp"));
        write(in("notes.md"), "nothing of use\n");
        write(in("empty"), "");
        Imported imported = Imported.of(out(), AT, folder.resolve("in"), folder.resolve("gone"));
        assertThat(imported.outline()).containsExactly("074200 proc/net/tcp");
        assertThat(imported.result.refused())
                .containsExactlyInAnyOrderElementsOf(List.of(
                        folder.resolve("gone") + ": no such file or folder",
                        in("notes.md") + ": not recognised",
                        in("empty") + ": empty"));
    }
}
