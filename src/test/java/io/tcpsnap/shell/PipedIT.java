package io.tcpsnap.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcpsnap.cli.Program;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program between pipes. */
class PipedIT {
    @TempDir
    private static Path shared;

    private static Path recording;

    @BeforeAll
    static void record() throws Exception {
        recording = shared.resolve("rec");
        assertThat(Program.run("record", "-o", recording, "--once").code()).isZero();
    }

    @Test
    void commandsAndStatementsMix() throws Exception {
        Program.Result result = Program.runWithInput(
                ".mode csv\n-- a comment\nselect /* ; */ 1 as a; select 2 as b;\n.mode jsonl\nselect\n '\n.quit\n' as c;\n"
                        + ".timing on\nselect 3 as d",
                "shell",
                recording);
        assertThat(result.out()).isEqualTo("a\n1\nb\n2\n{\"c\":\"\\n.quit\\n\"}\n{\"d\":3}\n");
        assertThat(result.err()).matches("Time: \\d+\\.\\d+ s\n");
        assertThat(result.code()).isZero();
    }

    @Test
    void theFirstErrorEndsIt() throws Exception {
        Program.Result result =
                Program.runWithInput(".mode csv\nselect 1 as a;\n\n.tabels\nselect 2 as b;\n", "shell", recording);
        assertThat(result.out()).isEqualTo("a\n1\n");
        assertThat(result.err())
                .isEqualTo("tcpsnap: standard input:4: unknown command .tabels: did you mean .tables?,"
                        + " .help lists all\n");
        assertThat(result.code()).isEqualTo(1);
    }

    @Test
    void anErrorInTheMiddleOfRowsSaysWhatAndWhere() throws Exception {
        Program.Result result = Program.run(
                "query",
                recording,
                "-c",
                "select\n 1, (case when range = 9000 then 'x' else '1' end)::int from range(10000)");
        assertThat(result.err())
                .isEqualTo(
                        "tcpsnap: Conversion Error: Could not convert string 'x' to INT32 (line 2 of the statement)\n");
        assertThat(result.code()).isEqualTo(1);
        Program.Result hostile = Program.run("query", recording, "-c", "select error('a' || chr(27) || '[31m')");
        assertThat(hostile.err()).isEqualTo("tcpsnap: Invalid Input Error: a\\e[31m\n");
    }

    @Test
    void quitEndsItWell() throws Exception {
        Program.Result result = Program.runWithInput(".mode csv\nselect 1 as a;\n.quit\nnonsense;\n", "shell");
        assertThat(result.out()).isEqualTo("a\n1\n");
        assertThat(result.code()).isZero();
    }

    @Test
    void anAnswerComesBeforeTheInputEnds() throws Exception {
        Process shell = Program.builder("shell", recording).start();
        shell.getOutputStream().write(".mode csv\nselect 1 as a;\n".getBytes(StandardCharsets.UTF_8));
        shell.getOutputStream().flush();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(shell.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(out.readLine()).isEqualTo("a");
            assertThat(out.readLine()).isEqualTo("1");
            shell.getOutputStream().close();
            assertThat(shell.waitFor()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"table", "vertical", "csv", "tsv", "json", "jsonl", "markdown", "html", "insert"})
    void aClosedPipeEndsItQuietly(String format) throws Exception {
        Process query = Program.builder("query", recording, "--format", format, "-c", "from range(1000000000000)")
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(query.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(out.readLine()).isNotEmpty();
        }
        String err = new String(query.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(query.waitFor()).isZero();
        assertThat(err).isEmpty();
    }

    @Test
    void aFullDiskIsAFailure() throws Exception {
        Process query = Program.builder("query", recording, "-c", "select 1")
                .redirectOutput(Path.of("/dev/full").toFile())
                .start();
        String err = new String(query.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(err).isEqualTo("tcpsnap: standard output: No space left on device\n");
        assertThat(query.waitFor()).isNotZero();
    }
}
