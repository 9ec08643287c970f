package io.tcpsnap.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcpsnap.cli.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell as its user meets it: the whole program on a terminal. */
class ShellIT {
    private static final String CTRL_C = "\u0003";
    private static final String CTRL_D = "\u0004";
    private static final String KILL_LINE = "\u0001\u000b";
    private static final String UP = "\u001bOA";
    private static final String LEFT = "\u001bOD";
    private static final String PROMPT = "tcpsnap> ";
    private static final String ENDLESS = "SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b;\r";

    @TempDir
    private static Path shared;

    private static Path recording;

    @TempDir
    private Path home;

    @BeforeAll
    static void record() throws Exception {
        recording = shared.resolve("rec");
        assertThat(Program.run("record", "-o", recording, "--once").code()).isZero();
    }

    private Pty shell() throws Exception {
        Pty shell = new Pty(home, Map.of(), "shell", recording);
        shell.await(PROMPT);
        return shell;
    }

    @Test
    void aStatementOverSeveralLinesGivesItsResult() throws Exception {
        try (Pty shell = shell()) {
            shell.type("SELECT 40\r").await(";> ");
            shell.type("  + 2 AS answer;\r").await("(1 row)");
            shell.await(PROMPT);
            shell.type("SELECT 'x\r").await("'> ");
            shell.type("y' AS two;\r").await(" x\\ny\n");
            shell.await(PROMPT);
            shell.type(CTRL_D);
            assertThat(shell.end()).isZero();
        }
    }

    @Test
    void anErrorKeepsTheSession() throws Exception {
        try (Pty shell = shell()) {
            String error = shell.type("SELECT * FROM nowhere;\r").await(PROMPT);
            assertThat(error)
                    .contains("Catalog Error: Table with name nowhere does not exist!")
                    .contains("LINE 1: SELECT * FROM nowhere")
                    .contains("^^^^^^^")
                    .doesNotContain("\tat ");
            shell.type("SELECT 6 * 7 AS n;\r").await(" 42\n(1 row)");
            shell.await(PROMPT);
            shell.type(".tabels\r").await("unknown command .tabels: did you mean .tables?");
            shell.await(PROMPT);
            shell.type("\\d tcp\r").await("unknown command \\d: commands begin with a dot");
            shell.await(PROMPT);
        }
    }

    @Test
    void tabCompletesTablesColumnsAndCommands() throws Exception {
        try (Pty shell = shell()) {
            shell.type("SELECT count(*) AS n FROM tcp_i\t").await("tcp_info ");
            shell.type(";\r").await("row)");
            shell.await(PROMPT);
            shell.type("SELECT remote_p").await("remote_p");
            shell.type("\t").await("ort ");
            shell.type(KILL_LINE);
            shell.type("SELECT pmtu, adv FROM tcp_info" + LEFT.repeat(14) + "\t")
                    .await("mss");
            shell.type(KILL_LINE);
            shell.type("CREATE TABLE mine (zebra INTEGER); SELECT 5 AS five;\r").await(" 5\n(1 row)");
            shell.await(PROMPT);
            shell.type("SELECT zeb").typeUntil("\t", "ra");
            shell.type(KILL_LINE);
            shell.type(".desc\t").await("ribe ");
            shell.type(KILL_LINE);
            shell.type(".mode ver\t").await("tical ");
        }
    }

    /** Of aliases, views, functions and the values that the data has. */
    @Test
    void tabKnowsThePlace() throws Exception {
        try (Pty shell = shell()) {
            String from = " FROM connection c";
            shell.type("SELECT c.retransm" + from + LEFT.repeat(from.length())).typeUntil("\t", "its");
            shell.type("\u0003").await(PROMPT);
            shell.type("SELECT approx_q").typeUntil("\t", "approx_quantile(");
            shell.type(KILL_LINE);
            shell.type("FROM tcp WHERE state = 'LI\t").await("'LISTEN'");
            shell.type(KILL_LINE);
            shell.type("CREATE TABLE colours AS SELECT 'mauve' AS hue;\r").await(PROMPT);
            shell.type("FROM colours WHERE hue = 'm").typeUntil("\t", "auve'");
            shell.type(KILL_LINE);
            shell.type("SET memory_l").typeUntil("\t", "imit");
            shell.type(KILL_LINE);
            shell.type(".run retr\t").await("ansmitting ");
            shell.type(KILL_LINE);
            shell.type(".open samples/loss.tar.zst\r").await(PROMPT);
            shell.type("SELECT count(*) AS n FROM tcp;\r").await("(1 row)");
            shell.await(PROMPT);
            shell.type(".conn 10.99.").typeUntil("\t", "10.99.0.2");
        }
    }

    @Test
    void columnsComeWithTheirMeaning() throws Exception {
        try (Pty shell = shell()) {
            shell.type("SELECT * FROM tcp WHERE ssth\t\t").await("ssthresh");
            shell.type(KILL_LINE);
            shell.type("FROM tcp SELECT ato\t").await("(");
        }
    }

    @Test
    void historySurvivesWithItsLines() throws Exception {
        try (Pty shell = shell()) {
            shell.type("SELECT 11\r").await(";> ");
            shell.type("  * 11 AS square;\r").await("(1 row)");
            shell.await(PROMPT);
            shell.type(".quit\r");
            assertThat(shell.end()).isZero();
        }
        assertThat(home.resolve("state/tcpsnap/history")).exists();
        try (Pty shell = shell()) {
            shell.type(UP).await(".quit");
            shell.type(UP).await("* 11 AS square;");
            shell.type("\r").await(" 121\n(1 row)");
        }
    }

    @Test
    void controlCEndsTheStatementAndNotTheSession() throws Exception {
        try (Pty shell = shell()) {
            shell.type(ENDLESS).await("running");
            shell.type(CTRL_C).await("cancelled");
            shell.await(PROMPT);
            shell.type("SELECT 6 * 7 AS n;\r").await(" 42\n(1 row)");
            shell.await(PROMPT);
            shell.type("FROM range(100000000000);\r").await(" 2000\n");
            shell.type(CTRL_C).await("cancelled");
            shell.await(PROMPT);
            shell.type("SELECT 7 * 7 AS n;\r").await(" 49\n(1 row)");
            shell.await(PROMPT);
            shell.type("SELECT 'half").await("half");
            shell.type(CTRL_C).await("\n" + PROMPT);
            shell.type("SELECT 8 * 8 AS n;\r").await(" 64\n(1 row)");
            shell.await(PROMPT);
            shell.type(CTRL_D);
            assertThat(shell.end()).isZero();
        }
    }

    @Test
    void commandsChangeWhatIsShown() throws Exception {
        try (Pty shell = shell()) {
            shell.type(".mode csv\r").await(PROMPT);
            shell.type("SELECT 1 AS a, NULL AS b, '' AS c;\r").await("a,b,c\n\"1\",,\"\"\n");
            shell.await(PROMPT);
            shell.type(".mode\r").await("\n.mode csv\n");
            shell.await(PROMPT);
            shell.type("SELECT 'a' || chr(27) || '[31m' AS x;\r").await("a\\e[31m\n");
            shell.await(PROMPT);
            shell.type(".mode table\r").await(PROMPT);
            shell.type(".timing on\r").await(PROMPT);
            shell.type("SELECT 1 AS a;\r").await("Time: ");
            shell.await(PROMPT);
            shell.type(".timing off\r").await(PROMPT);
            shell.type(".tables\r").await(" snapshot ");
            shell.await(PROMPT);
            shell.type(".describe snapshot\r").await(" snapshot_id ");
            shell.await(PROMPT);
            shell.type(".schema snapshot\r").await("CREATE TABLE snapshot (\n    \"snapshot_id\" ");
            shell.await("\n);\n");
            shell.await(PROMPT);
            shell.type(".help\r").await(".describe TABLE ");
            shell.await(PROMPT);
            shell.type("exit\r");
            assertThat(shell.end()).isZero();
        }
    }

    @Test
    void scriptsAndArchivesOpenInTheSession() throws Exception {
        Path script = Files.writeString(
                home.resolve("s.sql"), ".mode csv\nSELECT 2 AS two;\n\nSELECT\n 3 AS three;\nSELECT x;\n");
        Path other = home.resolve("other");
        assertThat(Program.run("record", "-o", other, "--interval", "10ms", "--count", 3)
                        .code())
                .isZero();
        try (Pty shell = shell()) {
            shell.type(".read " + script + "\r").await("two\n2\nthree\n3\n");
            shell.await(script + ":6: Binder Error: Referenced column \"x\" was not found");
            shell.await(PROMPT);
            shell.type("SELECT count(*) AS n FROM snapshot;\r").await("n\n1\n");
            shell.await(PROMPT);
            shell.type(".open " + other + "\r").await("Linux ");
            shell.await(PROMPT);
            shell.type("SELECT count(*) AS n FROM snapshot;\r").await("n\n3\n");
            shell.await(PROMPT);
            shell.type(".open /no/such\r").await("/no/such: no such file or folder");
            shell.await(PROMPT);
            shell.type(".read /no/such\r").await("/no/such: no such file");
            shell.await(PROMPT);
            shell.type("SELECT count(*) AS n FROM snapshot;\r").await("n\n3\n");
        }
    }

    @Test
    void aRowTooWideForTheTerminalIsPrintedVertically() throws Exception {
        try (Pty shell = shell()) {
            shell.type("FROM snapshot;\r").await("-[ row 1 ]\nsnapshot_id ");
        }
    }

    @Test
    void aDumbTerminalHasPromptsToo() throws Exception {
        try (Pty shell = new Pty(home, Map.of("TERM", "dumb", "LC_ALL", "C"), "shell", recording)) {
            shell.await(PROMPT);
            shell.type("SELECT 1 AS a,\n").await(";> ");
            shell.type("2 AS b;\n").await(" 1 | 2\n(1 row)");
            shell.await(PROMPT);
            shell.type(ENDLESS.replace('\r', '\n')).await("b;");
            shell.await("running");
            shell.type(CTRL_C).await("cancelled");
            shell.await(PROMPT);
            shell.type("nonsense;\n").await("Parser Error");
            shell.await(PROMPT);
            shell.type(CTRL_D);
            assertThat(shell.end()).isZero();
        }
    }
}
