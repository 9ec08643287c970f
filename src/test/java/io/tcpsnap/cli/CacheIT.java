package io.tcpsnap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcpsnap.archive.Shell;
import io.tcpsnap.bench.Replay;
import io.tcpsnap.bench.ReplayArchive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the program keeps between runs, and when it does not believe it. */
class CacheIT {
    private static final String COUNT = "SELECT count(*) AS rows FROM tcp";
    private static final Pattern READ = Pattern.compile(" = (\\d+)$");

    @TempDir
    private Path folder;

    private Path home;
    private Path archive;
    private List<String> segments;

    @BeforeEach
    void record() throws IOException {
        home = folder.resolve("home");
        archive = Files.createDirectory(folder.resolve("archive"));
        segments =
                ReplayArchive.write(archive, new Replay(50), 3 * ReplayArchive.FRAME_TICKS, ReplayArchive.FRAME_TICKS);
    }

    private ProcessBuilder program(Object... args) {
        ProcessBuilder builder = Program.builder(args);
        builder.environment().put("XDG_CACHE_HOME", home.toString());
        return builder;
    }

    private Program.Result query(String sql, Object... options) throws IOException, InterruptedException {
        List<Object> args = new ArrayList<>(List.of("query", archive, "--format", "csv", "-c", sql));
        args.addAll(List.of(options));
        return Program.run(program(args.toArray()), "");
    }

    private List<Path> kept() throws IOException {
        if (!Files.isDirectory(home.resolve("tcpsnap"))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(home.resolve("tcpsnap"))) {
            return files.sorted().toList();
        }
    }

    @Test
    void isForItsOwnerOnlyAndHasAFileForEachSegmentOfATableAskedFor() throws Exception {
        Program.Result first = query(COUNT);
        assertThat(first.err()).isEmpty();
        assertThat(kept()).hasSize(3).allMatch(file -> file.toString().endsWith(".tcp.duckdb"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("tcpsnap"))))
                .isEqualTo("rwx------");
        for (Path file : kept()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        assertThat(query(COUNT, "--no-cache").out()).isEqualTo(first.out());
        assertThat(query(COUNT).out()).isEqualTo(first.out());
    }

    @Test
    void noCacheKeepsNothing() throws Exception {
        assertThat(query(COUNT, "--no-cache").code()).isZero();
        assertThat(kept()).isEmpty();
    }

    @Test
    void theSecondOpeningReadsNoTicks() throws Exception {
        assumeTrue(Shell.has("strace"), "needs strace, to see what is read");
        Path last = Path.of(segments.get(2));
        long cold = bytesRead(last);
        long warm = bytesRead(last);
        assertThat(cold).isGreaterThan(Files.size(last));
        // manifest and first tick, the two ends for the key, and the seek table
        assertThat(warm).isLessThan(cold - Files.size(last) / 2);
    }

    /** What all threads read of a segment; each has a trace of its own, in which no other cuts a call in two. */
    private long bytesRead(Path segment) throws Exception {
        Path traces = Files.createTempDirectory(folder, "traces");
        ProcessBuilder traced = program("query", archive, "-c", COUNT);
        String output = traces.resolve("thread").toString();
        traced.command().addAll(0, List.of("strace", "-ff", "-y", "-e", "trace=read,pread64", "-o", output));
        assertThat(Program.run(traced, "").code()).isZero();
        long bytes = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(traces)) {
            for (Path thread : threads) {
                for (String call : Files.readAllLines(thread, StandardCharsets.ISO_8859_1)) {
                    Matcher read = READ.matcher(call);
                    if (call.contains(segment.getFileName().toString()) && read.find()) {
                        bytes += Long.parseLong(read.group(1));
                    }
                }
            }
        }
        return bytes;
    }

    @Test
    void aFolderThatGrewEqualsAFreshLoad() throws Exception {
        Path later = Files.move(Path.of(segments.get(2)), folder.resolve("later.tar.zst"));
        assertThat(query(everything()).code()).isZero();
        List<Path> before = kept();
        Files.move(later, Path.of(segments.get(2)));
        Files.delete(Path.of(segments.get(0)));
        String grown = query(everything()).out();
        assertThat(kept()).containsAll(before).hasSize(before.size() / 2 * 3);
        assertThat(grown).isEqualTo(query(everything(), "--no-cache").out()).hasLineCount(5);
    }

    /** A digest of each table that the archive fills, and of a view that needs the order of rows. */
    private static String everything() {
        return Stream.of("tcp", "tcp_info", "snapshot", "recording")
                .map(table -> "SELECT '" + table + "' AS t, count(*) AS n, sum(hash(r)::HUGEINT) AS digest FROM "
                        + table + " r")
                .reduce((a, b) -> a + " UNION ALL " + b)
                .orElseThrow();
    }

    @Test
    void aChangedFileIsNoticedThoughItsTimeAndSizeAreTheSame() throws Exception {
        String before = query(COUNT).out();
        Path first = Path.of(segments.get(0));
        FileTime time = Files.getLastModifiedTime(first);
        byte[] bytes = Files.readAllBytes(first);
        for (int i = bytes.length / 2; i < bytes.length / 2 + 64; i++) {
            bytes[i] ^= 0x55;
        }
        Files.write(first, bytes);
        Files.setLastModifiedTime(first, time);
        Program.Result after = query(COUNT);
        assertThat(after.out()).isNotEqualTo(before);
        assertThat(after.err()).contains("warning: ");
        // and damage is told again: what is not sound is not kept
        assertThat(query(COUNT).err()).isEqualTo(after.err());
    }

    @Test
    void theLeastRecentlyUsedGoesWhereThereIsTooMuch() throws Exception {
        assertThat(query(COUNT).code()).isZero();
        List<Path> old = kept();
        ProcessBuilder small = program("query", archive, "-c", "SELECT count(*) FROM tcp_info");
        small.environment().put("TCPSNAP_CACHE_SIZE", "1kB");
        assertThat(Program.run(small, "").code()).isZero();
        assertThat(kept()).hasSize(1).doesNotContainAnyElementsOf(old);
    }

    @Test
    void processesAtOnceDoNotDisturbEachOther() throws Exception {
        String expected = query(COUNT, "--no-cache").out();
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            processes.add(program("query", archive, "--format", "csv", "-c", COUNT)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        }
        for (Process process : processes) {
            assertThat(new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo(expected);
            assertThat(process.waitFor()).isZero();
        }
        assertThat(kept()).hasSize(3);
    }

    @Test
    void interruptedItLeavesNothingHalfMade() throws Exception {
        Replay replay = new Replay(3000);
        segments = ReplayArchive.write(Files.createDirectory(folder.resolve("large")), replay, 60);
        int code = 0;
        for (int i = 0; i < 20 && code == 0; i++) { // 0 where it was done before the signal came
            Shell.run("rm", "-rf", home.resolve("tcpsnap"));
            ProcessBuilder builder = program("query", folder.resolve("large"), "-c", COUNT);
            // else it ignores what the build was started to ignore, as a job in the background is
            builder.command().addAll(0, List.of("env", "--default-signal"));
            Process process = builder.start();
            while (kept().isEmpty() && process.isAlive()) {
                Thread.sleep(1);
            }
            Shell.run("sh", "-c", "kill -INT " + process.pid() + " 2>/dev/null; true");
            code = process.waitFor();
        }
        assertThat(code).isEqualTo(130);
        assertThat(kept()).isEmpty();
    }

    @Test
    void whatAnotherUserOwnsOrCouldHaveWrittenIsNotBelieved() throws Exception {
        String expected = query(COUNT).out();
        Path file = kept().get(0);
        Files.write(file, new byte[100]); // not as DuckDB left it
        assertThat(query(COUNT).out()).isEqualTo(expected);
        Files.setPosixFilePermissions(kept().get(0), PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThat(query(COUNT).out()).isEqualTo(expected);
        assertThat(Files.getPosixFilePermissions(kept().get(0))).hasSize(2); // made anew

        Files.setPosixFilePermissions(home.resolve("tcpsnap"), PosixFilePermissions.fromString("rwxrwxrwx"));
        Program.Result distrusted = query(COUNT);
        assertThat(distrusted.out()).isEqualTo(expected);
        assertThat(distrusted.err())
                .isEqualTo("tcpsnap: no cache: " + home.resolve("tcpsnap")
                        + " belongs to another user, or is writable by one\n");
    }

    /** What a script gives another meaning is another for that script only. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TEMP MACRO read_tcp() AS TABLE FROM fake",
                "CREATE OR REPLACE MACRO read_tcp() AS TABLE FROM fake",
                "CREATE or /* x */ replace\nfunction read_tcp() AS TABLE FROM fake",
                "CREATE SCHEMA s; CREATE MACRO s.read_tcp() AS TABLE FROM fake; USE s",
                "PREPARE p AS CREATE TEMP MACRO read_tcp() AS TABLE FROM fake; EXECUTE p",
            })
    void noScriptWritesWhatLaterOnesRead(String redefinition) throws Exception {
        String sql = "CREATE TABLE fake AS FROM read_tcp() LIMIT 1; " + redefinition + "; " + COUNT;
        Program.run(program("query", archive, "--format", "csv", "-c", sql), "");
        assertThat(kept()).isEmpty();
        assertThat(query(COUNT).out()).isEqualTo("rows\n9000\n");
        assertThat(kept()).hasSize(3);
    }

    /** A transaction that is rolled back takes along what was loaded in it. */
    @ParameterizedTest
    @ValueSource(strings = {"ROLLBACK", "COMMIT"})
    void aTransactionOfTheUserSeesAllRowsAndSoDoesWhatFollows(String end) throws Exception {
        String sql = "BEGIN; " + COUNT + "; " + end + "; " + COUNT + "; " + COUNT;
        assertThat(query(sql).out()).isEqualTo("rows\n9000\n".repeat(3));
        assertThat(query(sql, "--no-cache").out()).isEqualTo("rows\n9000\n".repeat(3));
    }

    @Test
    void theShellShowsTheSameTablesBeforeAndAfterTheyAreLoaded() throws Exception {
        String show = ".tables\n.schema\n.describe tcp\nSHOW TABLES;\n";
        String input = ".mode csv\n" + show + COUNT + ";\nselect count(*) as rows from connection;\n" + show + ".open "
                + segments.get(0) + "\n" + show + COUNT + ";\n";
        Program.Result result = Program.run(program("shell", archive), input);
        assertThat(result.code()).as(result.err()).isZero();
        String[] shown = result.out().split("rows\n\\d+\n", -1);
        assertThat(shown).hasSize(4);
        assertThat(shown[2]).startsWith(shown[0] + shown[0]);
        assertThat(result.out()).contains("rows\n9000\n").endsWith("rows\n3000\n");
    }

    @Test
    void whereNothingCanBeWrittenItWorksWithout() throws Exception {
        Files.createFile(home); // not a folder
        Program.Result result = query(COUNT);
        assertThat(result.code()).isZero();
        assertThat(result.out()).isEqualTo(query(COUNT, "--no-cache").out());
        assertThat(result.err()).startsWith("tcpsnap: no cache: ").hasLineCount(1);
    }
}
