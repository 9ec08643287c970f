package io.tcpsnap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcpsnap.archive.Manifest;
import io.tcpsnap.archive.Recordings;
import io.tcpsnap.archive.SegmentWriter;
import io.tcpsnap.archive.Shell;
import io.tcpsnap.archive.SourceRecord;
import io.tcpsnap.archive.TickRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Slices, redacted and repaired archives of the built program. */
class ShareIT {
    private static final Path LOSS = Path.of("samples/loss.tar.zst");

    @TempDir
    Path folder;

    private static String query(Path archive, String sql) throws Exception {
        Program.Result result = Program.run("query", archive, "--format", "csv", "-c", sql);
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        return result.out();
    }

    private Path slice(String name, Object... conditions) throws Exception {
        Path out = folder.resolve(name);
        List<Object> words = new ArrayList<>(List.of("slice", LOSS, "-o", out));
        words.addAll(List.of(conditions));
        Program.Result result = Program.run(words.toArray());
        assertThat(result.err()).startsWith("tcpsnap: ").doesNotContain("defect");
        assertThat(result.code()).isZero();
        assertThat(result.out()).isEqualTo(out + "\n");
        assertThat(Program.run("verify", out).out()).startsWith("sound: ");
        return out;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "--port; 5432; 5432 IN (local_port, remote_port)",
                "--address; 10.99.0.2; remote_addr = '10.99.0.2'",
                "--remote; [fd99::2]:5432; remote_addr = 'fd99::2' AND remote_port = 5432",
                "--state; close-wait; conn IN (SELECT conn FROM connection WHERE state = 'CLOSE_WAIT')",
                "--where; retransmits > 5; conn IN (SELECT conn FROM connection WHERE retransmits > 5)",
            })
    void sliceThenQueryIsQueryThenFilter(String option, String value, String filter) throws Exception {
        Path slice = slice("slice.tar.zst", option, value);
        for (String table : List.of("tcp", "tcp_info", "connection")) {
            String columns = "SELECT * EXCLUDE (snapshot_id" + (table.equals("tcp") ? ", sl" : "") + ") FROM " + table;
            assertThat(query(slice, columns + " ORDER BY ALL"))
                    .as(table)
                    .isEqualTo(query(LOSS, columns + " WHERE " + filter + " ORDER BY ALL"));
        }
        assertThat(query(slice, "FROM counter ORDER BY ALL")).isEqualTo(query(LOSS, "FROM counter ORDER BY ALL"));
    }

    @Test
    void aSpanIsCutOutAndSlicedAgain() throws Exception {
        Path span = slice("span.tgz", "--from", "2026-11-24T20:11:00Z", "--to", "2026-11-24 20:11:10");
        Path both = folder.resolve("both.tar.zst");
        Program.Result result = Program.run("slice", span, "-o", both, "--port", "5432");
        assertThat(result.err()).contains("20 ticks");
        assertThat(query(both, "SELECT * EXCLUDE snapshot_id FROM tcp_info ORDER BY ALL"))
                .isEqualTo(query(
                        LOSS,
                        "SELECT * EXCLUDE snapshot_id FROM tcp_info WHERE 5432 IN (local_port, remote_port) AND ts BETWEEN"
                                + " TIMESTAMP '2026-11-24 20:11:00' AND TIMESTAMP '2026-11-24 20:11:10' ORDER BY ALL"));
        assertThat(Shell.run("tar", "--zstd", "-xOf", both, "tcpsnap.json"))
                .contains("\"did\" : \"slice\"", "\"port\" : \"5432\"", "rows of other connections");
    }

    @Test
    void redactedForSendingAndChecked() throws Exception {
        Path out = folder.resolve("safe.tgz");
        Path key = Files.writeString(folder.resolve("key"), "00112233445566778899aabbccddeeff".repeat(2));
        Program.Result result = Program.run(
                "redact",
                LOSS,
                "-o",
                out,
                "--key",
                key,
                "--check",
                "10.99.0.1",
                "--check=10.99.0.2",
                "--check",
                "fd99::1",
                "--check",
                "fd99::2",
                "--check",
                "lab-a",
                "--check",
                "veth0");
        assertThat(result.err()).isEqualTo("tcpsnap: none of 6 patterns is there\n");
        assertThat(result.code()).isZero();
        assertThat(query(out, "SELECT state, count(*) FROM tcp GROUP BY ALL ORDER BY ALL"))
                .isEqualTo(query(LOSS, "SELECT state, count(*) FROM tcp GROUP BY ALL ORDER BY ALL"));
        Program.Result there = Program.run("redact", "--check", "10.99.0.1", "--check", "192.0.2.77", LOSS);
        assertThat(there.code()).isEqualTo(1);
        assertThat(there.err())
                .contains("'10.99.0.1' is there in hexadecimal, host order")
                .doesNotContain("192.0.2.77");
        Path kept = folder.resolve("kept");
        Program.run("redact", LOSS, "-o", kept, "--keep", "addresses,hosts", "--rename", "ports");
        assertThat(query(kept, "SELECT DISTINCT remote_addr FROM tcp WHERE family = 4 AND remote_port > 0"))
                .isEqualTo("remote_addr\n10.99.0.2\n");
        assertThat(Program.run("redact", LOSS, "-o", kept, "--keep", "nothing").code())
                .isEqualTo(2);
    }

    @Test
    void whatIsSoundOfADamagedArchiveIsWrittenAnew() throws Exception {
        Path all = slice("all.tar.zst", "--from", "2000-01-01T00:00:00Z");
        byte[] bytes = Files.readAllBytes(all);
        Path torn = folder.resolve("torn.tar.zst");
        Files.write(torn, java.util.Arrays.copyOf(Files.readAllBytes(LOSS), (int) Files.size(LOSS) / 2));
        assertThat(bytes).isNotEmpty();
        Path repaired = folder.resolve("repaired.tar.zst");
        Program.Result result = Program.run("verify", torn, "--format", "json", "--repair", repaired);
        assertThat(result.code()).isEqualTo(3);
        assertThat(result.out()).contains("\"sound\" : false", "\"not_closed\" : 1", "\"kind\" : \"not_closed\"");
        assertThat(Shell.run(
                        "sh",
                        "-c",
                        "printf %s \"$0\" | python3 -c 'import json,sys; print(json.load(sys.stdin)[\"ticks\"])'",
                        result.out()))
                .matches("\\d+\n");
        Program.Result again = Program.run("verify", repaired);
        assertThat(again.code()).isZero();
        assertThat(again.out()).startsWith("sound: ").doesNotStartWith("sound: 0");
        assertThat(Program.run("verify", LOSS, "--format", "json").out())
                .contains("\"places\" : [ ]", "\"sound\" : true");
    }

    /** Whatever a stranger wrote into a manifest, a path or a copy is shown and not sent. */
    @Test
    void escapeSequencesDoNotReachTheTerminal() throws Exception {
        String evil = "\u001b]0;owned\u0007\u001b[31m\u009b2J\u202egnp\u061c\u2066x\u200f";
        Manifest manifest = new Manifest(
                Manifest.FORMAT,
                evil,
                evil,
                evil,
                evil,
                evil,
                evil,
                java.nio.ByteOrder.LITTLE_ENDIAN,
                100,
                evil,
                evil,
                1,
                List.of(evil));
        Path archive;
        try (SegmentWriter writer =
                SegmentWriter.create(folder, manifest.edited(java.util.Map.of("did", evil)), Recordings.START)) {
            writer.begin(Recordings.START);
            byte[] copy = ("  1: " + evil + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
            long crc = writer.entry("proc/net/tcp", copy, 0, copy.length);
            writer.commit(new TickRecord(
                    0,
                    Recordings.START,
                    1,
                    1,
                    1,
                    1,
                    0,
                    1,
                    List.of(
                            new SourceRecord("proc/net/tcp", 0, 1, copy.length, crc, null),
                            new SourceRecord("netns/" + evil + "/proc/net/tcp", 0, 1, 0, 0, evil))));
            archive = writer.path();
        }
        for (Object[] words : new Object[][] {
            {"info", archive},
            {"verify", archive},
            {"verify", archive, "--format", "json"},
            {"query", archive, "-c", "FROM recording; FROM snapshot; FROM problem; SELECT error('" + evil + "')"},
            {"query", archive, "--format", "vertical", "-c", "FROM problem"},
            {"query", archive, "--format", "markdown", "-c", "FROM recording"},
            {"redact", archive, "-o", folder.resolve("r")},
            {"slice", archive, "-o", folder.resolve("s.tgz"), "--host", evil},
        }) {
            Program.Result result = Program.run(words);
            assertThat(result.out() + result.err())
                    .as(String.valueOf(words[0]))
                    .doesNotContain("\u001b", "\u0007", "\u009b", "\u202e", "\u061c", "\u2066", "\u200f");
        }
    }

    @Test
    void sqlOfStrangersHasNoWayOut() throws Exception {
        Path script =
                Files.writeString(folder.resolve("evil.sql"), "COPY (SELECT 1) TO '" + folder.resolve("x") + "';\n");
        Program.Result query = Program.run("query", LOSS, "-f", script);
        assertThat(query.code()).isEqualTo(1);
        assertThat(query.err()).contains("disabled by configuration: --unsafe lifts this");
        Program.Result shell = Program.runWithInput(".read " + script + "\n", "shell", LOSS);
        assertThat(shell.err()).contains("disabled");
        assertThat(folder.resolve("x")).doesNotExist();
        assertThat(Program.run("query", "--unsafe", LOSS, "-f", script).code()).isZero();
        assertThat(folder.resolve("x")).exists();
    }

    @Test
    void noFileHasFormulasWhereTheUserChoseSo() throws Exception {
        Path once = folder.resolve("once.csv");
        Path exported = folder.resolve("exported.csv");
        String formula = "SELECT '=1+1' AS a;\n";
        Program.Result result = Program.runWithInput(
                ".mode csv-safe\n.once " + once + "\n" + formula + formula + ".export " + exported + "\n",
                "shell",
                LOSS);
        assertThat(result.out()).isEqualTo("a\n'=1+1\n");
        assertThat(once).hasContent("a\n'=1+1\n");
        assertThat(exported).hasContent("a\n'=1+1\n");
    }

    /** A script is text that somebody sent; what its reader types is the reader's own. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                ".once %s",
                ".output %s",
                ".export %s",
                ".export %s.parquet",
                ".pager touch %s",
                ".open samples/idle.tar.zst",
                "SELECT 2;\n.once %s",
                ".read %n"
            })
    void aHostileScriptHasNoWayOut(String line) throws Exception {
        Path out = folder.resolve("out.csv");
        Path nested = Files.writeString(folder.resolve("nested.sql"), ".once " + out + "\n");
        String text = line.replace("%s", out.toString()).replace("%n", nested.toString());
        Path script = Files.writeString(folder.resolve("evil.sql"), "SELECT 1;\n" + text + "\nSELECT 3;\n");
        Program.Result locked = Program.runWithInput(".read " + script + "\nSELECT 4;\n", "shell", LOSS);
        assertThat(locked.err()).contains(" is disabled in scripts: --unsafe lifts this");
        Program.Result file = Program.run("shell", LOSS, "-f", script);
        assertThat(file.code()).isEqualTo(1);
        assertThat(file.err()).contains(" is disabled in scripts: --unsafe lifts this");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(script, nested);
        }
        Program.Result lifted = Program.runWithInput(".read " + script + "\n", "shell", "--unsafe", LOSS);
        assertThat(lifted.err()).doesNotContain("disabled");
        assertThat(Program.runWithInput("SELECT 1;\n.export " + folder.resolve("mine.csv") + "\n", "shell", LOSS)
                        .err())
                .doesNotContain("disabled");
        assertThat(folder.resolve("mine.csv")).exists();
    }
}
