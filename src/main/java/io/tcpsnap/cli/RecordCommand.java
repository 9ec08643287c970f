package io.tcpsnap.cli;

import io.tcpsnap.capture.Recorder;
import io.tcpsnap.capture.Sources;
import io.tcpsnap.shell.Terminals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tcpsnap record}. */
@Command(
        name = "record",
        description =
                "Record this machine's TCP: raw copies of /proc/net and of the kernel's socket dump. Needs no root.",
        mixinStandardHelpOptions = true)
final class RecordCommand implements Callable<Integer> {
    private static final long MIN_INTERVAL = 10_000_000L;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(names = "-o", required = true, paramLabel = "DIR", description = "Folder for the segment; made if missing.")
    private Path folder;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            description = "Distance of ticks: 10ms, 1s (default), 1m; at least 10ms.")
    private String interval = "1s";

    @Option(names = "--duration", paramLabel = "TIME", description = "Stop after this time: 30s, 10m, 1h.")
    private String duration;

    @Option(names = "--count", paramLabel = "N", description = "Stop after N ticks.")
    private Long count;

    @Option(names = "--once", description = "Take one tick.")
    private boolean once;

    @Option(
            names = "--sources",
            paramLabel = "LIST",
            description = "What to copy, separated by commas; +NAME and -NAME change the default, which is all: "
                    + "tcp, tcp6, dev, snmp, netstat, snmp6, sockstat, sockstat6, softnet, diag.")
    private String sources;

    @Override
    public Integer call() throws IOException {
        Recorder recorder = new Recorder(options(), new Report());
        CountDownLatch closed = new CountDownLatch(1);
        Thread onSignal = new Thread(() -> stop(recorder, closed), "on-signal");
        Runtime.getRuntime().addShutdownHook(onSignal);
        try {
            recorder.run();
        } finally {
            closed.countDown();
        }
        return finish(recorder);
    }

    private volatile int failures;
    private volatile Recorder.Progress last;
    private boolean line;

    /** Runs when a signal ends the program: the tick is finished, the archive closed, and that is success. */
    private void stop(Recorder recorder, CountDownLatch closed) {
        if (closed.getCount() == 0) {
            return;
        }
        recorder.stop();
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        int code = finish(recorder);
        System.err.flush();
        Runtime.getRuntime().halt(code);
    }

    private synchronized int finish(Recorder recorder) {
        if (line) {
            System.err.println();
            line = false;
        }
        if (last != null) {
            System.err.printf(
                    "%s: %d ticks, %d missed, %d bytes%n",
                    recorder.path(), last.ticks(), last.missed(), size(recorder));
            last = null;
        }
        return failures == 0 ? CommandLines.OK : CommandLines.UNREADABLE;
    }

    private static long size(Recorder recorder) {
        return recorder.path().toFile().length();
    }

    private Recorder.Options options() {
        if (once && (count != null || duration != null)) {
            throw usage("--once is one tick: leave --count and --duration out");
        }
        if (count != null && count < 1) {
            throw usage("--count must be at least 1");
        }
        long distance = nanos("--interval", interval);
        if (distance < MIN_INTERVAL) {
            throw usage("--interval must be at least 10ms");
        }
        long ticks = once ? 1 : count == null ? Long.MAX_VALUE : count;
        long span = duration == null ? Long.MAX_VALUE : nanos("--duration", duration);
        return new Recorder.Options(folder, chosen(), distance, span, ticks, CommandLines.tool());
    }

    private Set<String> chosen() {
        try {
            return sources == null ? Sources.names() : Sources.parse(sources);
        } catch (IllegalArgumentException e) {
            throw usage("--sources: " + e.getMessage());
        }
    }

    private long nanos(String option, String text) {
        try {
            return Duration.nanos(text);
        } catch (IllegalArgumentException e) {
            throw usage(option + ": " + e.getMessage());
        }
    }

    private CommandLine.ParameterException usage(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }

    /** Says how it goes: a line on a terminal, and each failure. */
    private final class Report implements Recorder.Listener {
        private long shownAt;

        @Override
        public void ticked(Recorder.Progress progress) {
            last = progress;
            boolean due = System.nanoTime() - shownAt >= 200_000_000L;
            if (Terminals.isError() && due) {
                shownAt = System.nanoTime();
                line = true;
                double cpu = 100.0 * progress.cpuNanos() / Math.max(1, progress.elapsedNanos());
                System.err.printf(
                        "\r%d ticks, %d missed, %d sockets, %,d bytes, %.1f %% CPU\u001b[K",
                        progress.ticks(), progress.missed(), progress.sockets(), progress.bytes(), cpu);
            }
        }

        @Override
        public void failed(IOException reason) {
            if (failures++ == 0) {
                System.err.println((line ? "\n" : "") + "tcpsnap: a tick could not be written, going on: "
                        + CommandLines.reason(reason));
            }
        }
    }
}
