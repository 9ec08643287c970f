package io.tcpsnap.shell;

import com.pty4j.PtyProcess;
import com.pty4j.PtyProcessBuilder;
import com.pty4j.WinSize;
import io.tcpsnap.cli.Program;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program on a pseudo-terminal: keys go in, and what it writes is waited for. */
final class Pty implements AutoCloseable {
    /** A bound for what never comes, on the slowest machine. */
    private static final long PATIENCE_S = 60;

    private final PtyProcess process;
    private final StringBuilder screen = new StringBuilder();
    private int seen;
    private boolean ended;

    /** Starts {@code tcpsnap} with its history below {@code home}. */
    Pty(Path home, Map<String, String> environment, Object... args) throws IOException {
        String[] command = Program.builder(args).command().toArray(String[]::new);
        Map<String, String> all = new HashMap<>(System.getenv());
        all.put("JAVA_HOME", System.getProperty("java.home"));
        all.put("HOME", home.toString());
        all.put("XDG_STATE_HOME", home.resolve("state").toString());
        all.put("TERM", "xterm-256color");
        all.put("LC_ALL", "C.UTF-8");
        all.put("XDG_CONFIG_HOME", home.resolve("config").toString());
        all.put("PAGER", "cat");
        all.remove("NO_COLOR");
        all.putAll(environment);
        process = new PtyProcessBuilder(command)
                .setEnvironment(all)
                .setInitialColumns(100)
                .setInitialRows(40)
                .start();
        Thread reading = new Thread(this::read, "screen");
        reading.setDaemon(true);
        reading.start();
    }

    private void read() {
        try (Reader in = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
            char[] buffer = new char[4096];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                synchronized (this) {
                    screen.append(buffer, 0, n);
                    notifyAll();
                }
            }
        } catch (IOException e) {
            // the end of a terminal is an error on Linux
        }
        synchronized (this) {
            ended = true;
            notifyAll();
        }
    }

    /** The process that was started, which the program's Java replaces. */
    long pid() {
        return process.pid();
    }

    /** Presses keys. */
    Pty type(String keys) throws IOException {
        process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        return this;
    }

    /** Presses keys again and again until a text comes: for what gets ready in the background. */
    String typeUntil(String keys, String text) throws IOException, InterruptedException {
        for (int i = 0; i < PATIENCE_S * 4; i++) {
            type(keys);
            Thread.sleep(250);
            synchronized (this) {
                if (plain().indexOf(text, seen) >= 0) {
                    break;
                }
            }
        }
        return await(text);
    }

    /** Waits until a text comes, behind what was waited for before; returns all that came up to its end. */
    synchronized String await(String text) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (true) {
            String plain = plain();
            int at = plain.indexOf(text, seen);
            if (at >= 0) {
                String before = plain.substring(seen, at + text.length());
                seen = at + text.length();
                return before;
            }
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (ended || left <= 0) {
                throw new AssertionError("no '" + text + "' in what came since:\n" + plain.substring(seen));
            }
            wait(left);
        }
    }

    /** What came so far, without escape sequences; one that has not come whole is left out with what follows. */
    private String plain() {
        return screen.toString()
                .replaceAll("\u001b(?:\\[[0-9;?]*)?$", "")
                .replaceAll("\u001b\\[[0-9;?]*[ -/]*[@-~]|\u001b[()].|\u001b[=>]", "")
                .replace("\r", "");
    }

    /** All that came so far. */
    synchronized String raw() {
        return screen.toString();
    }

    /** Gives the terminal another size. */
    void resize(int columns, int rows) {
        process.setWinSize(new WinSize(columns, rows));
    }

    /** Waits for the end; returns the exit code. */
    int end() throws InterruptedException {
        if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
