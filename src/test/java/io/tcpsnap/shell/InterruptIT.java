package io.tcpsnap.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C at random moments ends what runs, and never the shell; {@code -Dinterrupt.rounds=1000} presses it more often. */
class InterruptIT {
    private static final String PROMPT = "tcpsnap> ";
    private static final String CTRL_C = "\u0003";
    private static final String KILL_LINE = "\u0015";
    private static final int ROUNDS = Integer.getInteger("interrupt.rounds", 100);

    private static final Path ARCHIVE = Path.of("samples/loss.tar.zst").toAbsolutePath();

    private static final List<String> WORK = List.of(
            ".open " + ARCHIVE + "\rSELECT count(*) FROM tcp_info JOIN tcp USING (snapshot_id, conn);\r",
            "SELECT count(*) FROM range(3000000) a, range(30) b WHERE a.range % 7 = b.range;\r",
            "FROM range(200000) r;\r",
            ".plot SELECT ts, cwnd, rtt FROM tcp_info;\r");

    @TempDir
    private Path home;

    @Test
    void atAnyMomentTheShellLives() throws Exception {
        long seed = System.nanoTime();
        System.err.println("InterruptIT: seed " + seed);
        Random random = new Random(seed);
        try (Pty shell = new Pty(home, Map.of("PAGER", "less"), "shell", "--no-cache", ARCHIVE)) {
            shell.await(PROMPT);
            for (int i = 0; i < ROUNDS; i++) {
                shell.type(WORK.get(i % WORK.size()));
                Thread.sleep(random.nextInt(400));
                shell.type(CTRL_C);
                Thread.sleep(100); // the terminal throws away what comes with it
                shell.type("q"); // leaves a pager
                Thread.sleep(100);
                shell.type(
                        ";\r"); // else, typed ahead as the terminal changes its mode, it would be part of what follows
                shell.type(KILL_LINE + "SELECT " + i + " * 1000 + 7 AS n;\r")
                        .await("\n " + (i * 1000 + 7) + "\n(1 row)");
                shell.await(PROMPT);
            }
            shell.type("SELECT count(*) * 0 + count(DISTINCT conn) AS n FROM tcp_info;\r")
                    .await("(1 row)");
            shell.await(PROMPT);
            shell.type(".quit\r");
            assertThat(shell.end()).isZero();
        }
    }

    /** Between a line and the next jline changes what a signal does. */
    @Test
    void signalsBetweenLinesDoNotEndIt() throws Exception {
        try (Pty shell = new Pty(home, Map.of(), "shell", "--no-cache")) {
            shell.await(PROMPT);
            String flood = "i=0; while [ $i -lt 1000 ]; do kill -INT " + shell.pid()
                    + " || exit 1; sleep 0.003; i=$((i + 1)); done";
            Process signals = new ProcessBuilder("sh", "-c", flood).inheritIO().start();
            while (signals.isAlive()) {
                shell.type(".mode table\r");
                Thread.sleep(20);
            }
            assertThat(signals.exitValue()).isZero();
            Thread.sleep(500); // the last of them
            shell.type(KILL_LINE + "SELECT 6 * 7 AS answer;\r").await(" 42\n(1 row)");
        }
    }
}
