package io.tcpsnap.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcpsnap.cli.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The line editor on a real terminal. */
class EditingIT {
    private static final String PROMPT = "tcpsnap> ";
    private static final String CTRL_C = "\u0003";
    private static final String CTRL_G = "\u0007";
    private static final String CTRL_R = "\u0012";
    private static final String KILL_LINE = "\u0015";
    private static final String RIGHT = "\u001b[C";
    private static final String LEFT = "\u001b[D";
    private static final String ESCAPE = "\u001b";

    @TempDir
    private Path home;

    private Pty shell(Map<String, String> environment, Object... more) throws Exception {
        Object[] args = new Object[more.length + 1];
        args[0] = "shell";
        System.arraycopy(more, 0, args, 1, more.length);
        Pty shell = new Pty(home, environment, args);
        shell.await(PROMPT);
        return shell;
    }

    @Test
    void theHistorySuggestsAndIsSearched() throws Exception {
        try (Pty shell = shell(Map.of())) {
            shell.type("SELECT 41 + 1 AS answer;\r").await(" 42\n");
            shell.await(PROMPT);
            shell.type("SELECT 'other' AS word;\r").await(" other\n");
            shell.await(PROMPT);
            shell.type("SELECT 41").await(" + 1 AS answer;");
            shell.type(RIGHT + "\r").await(" 42\n");
            shell.await(PROMPT);
            shell.type("SELECT 41").await(" + 1 AS answer;");
            shell.type(LEFT + RIGHT + KILL_LINE);
            shell.type(CTRL_R).await("search : ");
            shell.type("seloth").await("AS word");
            shell.type("\r").await(" other\n");
            shell.await(PROMPT);
            shell.type(CTRL_R + "zebra").await("nothing has z");
            shell.type(CTRL_G + KILL_LINE + "SELECT 5 * 5 AS n;\r").await(" 25\n");
            shell.await(PROMPT);
            shell.type(".suggestions off\r").await(PROMPT);
            shell.type("SELECT 41\r").await(";> ");
            shell.type(";\r").await(" 41\n");
        }
    }

    @Test
    void theHistoryIsItsOwnersAlone() throws Exception {
        Path history = home.resolve("state/tcpsnap/history");
        Files.createDirectories(history.getParent());
        Files.writeString(history, "1700000000000:SELECT 'before' AS word;\n");
        Files.setPosixFilePermissions(history, PosixFilePermissions.fromString("rw-r--r--"));
        try (Pty one = shell(Map.of());
                Pty two = shell(Map.of())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history)))
                    .isEqualTo("rw-------");
            one.type("SELECT 1 AS first;\r").await("(1 row)");
            two.type("SELECT 2 AS second;\r").await("(1 row)");
            one.await(PROMPT);
            two.await(PROMPT);
            one.type(".quit\r");
            two.type(".quit\r");
            assertThat(one.end() + two.end()).isZero();
        }
        assertThat(Files.readString(history)).contains("before", "first;", "second;");
    }

    @Test
    void theLastStatementGoesThroughAnEditor() throws Exception {
        try (Pty shell = shell(Map.of("EDITOR", "sed -i s/apples/pears/", "VISUAL", ""))) {
            shell.type("SELECT 'apples' AS fruit;\r").await(" apples\n");
            shell.await(PROMPT);
            shell.type(".edit\r").await("SELECT 'pears' AS fruit;");
            shell.type("\r").await(" pears\n");
        }
        try (Pty shell = shell(Map.of("VISUAL", "false"))) {
            shell.type(".edit\r").await("the editor ended with 1: nothing was taken");
        }
    }

    @Test
    void keysAreThoseOfTheChosenEditor() throws Exception {
        try (Pty shell = shell(Map.of())) {
            shell.type(".editing vi\r").await(PROMPT);
            shell.type("SELECT 16 AS n;").await("n;");
            shell.type(ESCAPE);
            Thread.sleep(1000); // else it begins the sequence of another key
            shell.type("0wr2").await("2");
            shell.type("\r").await(" 26\n");
            shell.await(PROMPT);
            shell.type(".editing\r").await(".editing vi\n");
        }
    }

    @Test
    void aConfigurationFileIsReadAndAWrongOneRefused() throws Exception {
        Path config = home.resolve("config/tcpsnap/config");
        Files.createDirectories(config.getParent());
        Files.writeString(config, "mode = vertical\n");
        try (Pty shell = shell(Map.of())) {
            shell.type("SELECT 7 AS n;\r").await("-[ row 1 ]\nn | 7\n");
        }
        try (Pty shell = shell(Map.of(), "--no-config")) {
            shell.type("SELECT 7 AS n;\r").await("───\n 7\n");
        }
        Files.writeString(config, "colour = red\n");
        try (Pty shell = new Pty(home, Map.of(), "shell")) {
            assertThat(shell.end()).isEqualTo(2);
            shell.await(config + ":1: there is no 'colour', did you mean mode?");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xterm-256color", "tmux-256color"})
    void twoHundredPastedLinesRunOneAfterTheOther(String term) throws Exception {
        String lines = IntStream.rangeClosed(1, 100)
                .mapToObj(i -> "SELECT " + i + " AS n,\n  'line " + i + "' AS text;")
                .collect(Collectors.joining("\n"));
        try (Pty shell = shell(Map.of("TERM", term))) {
            shell.type("\u001b[200~" + lines + "\u001b[201~").await("AS text;");
            shell.type("\r");
            for (int i = 1; i <= 100; i++) {
                shell.await(" " + i + " │ line " + i + "\n(1 row)\n");
            }
            shell.await(PROMPT);
        }
    }

    @Test
    void aTerminalMayChangeItsSize() throws Exception {
        try (Pty shell = shell(Map.of())) {
            shell.type("SELECT 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' AS a, ").await("AS a, ");
            shell.resize(30, 20);
            shell.type("'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb' AS b;").await("S b;");
            shell.type("\r").await("-[ row 1 ]\na | aaaa"); // it no longer fits
            shell.await(PROMPT);
            shell.resize(120, 40);
            shell.type("SELECT 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' AS a, 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb' AS b;\r")
                    .await("aaa │ bbb");
        }
    }

    @Test
    void withoutColoursThereAreNoneAndNoSuggestions() throws Exception {
        try (Pty shell = shell(Map.of("NO_COLOR", "1", "LC_ALL", "C"))) {
            shell.type("SELECT 'x' AS a, 1 AS b;\r").await("(1 row)\n");
            shell.await(PROMPT);
            shell.type("SELECT 'x'").await("SELECT 'x'");
            shell.type(CTRL_C).await(PROMPT);
            assertThat(shell.raw()).doesNotContainPattern("\u001b\\[[0-9;]*[1-9][0-9;]*m");
        }
    }

    @Test
    void textOfTheCommandLineRunsAndEnds() throws Exception {
        Program.Result run = Program.run("shell", "-c", ".mode csv\nSELECT 1 AS one; SELECT 'x' AS two");
        assertThat(run).isEqualTo(new Program.Result(0, "one\n1\ntwo\nx\n", ""));
        Path script = Files.writeString(home.resolve("s.sql"), "SELECT 1;\n\nSELECT nothing;\n");
        Program.Result failed = Program.run("shell", "-f", script);
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.err()).startsWith("tcpsnap: " + script + ":3: Binder Error");
        assertThat(Program.run("shell", "-c", "SELECT 1", "-f", script).code()).isEqualTo(2);
    }
}
