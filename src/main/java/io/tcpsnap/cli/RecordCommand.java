package io.tcpsnap.cli;

import io.tcpsnap.archive.FolderLock;
import io.tcpsnap.capture.NamespaceChoice;
import io.tcpsnap.capture.Pacing;
import io.tcpsnap.capture.Recorder;
import io.tcpsnap.capture.SourcePlan;
import io.tcpsnap.capture.StopSignals;
import io.tcpsnap.capture.Storage;
import io.tcpsnap.shell.Terminals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
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
    private static final long MAX_INTERVAL = 86_400_000_000_000L;

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
            description =
                    "What to copy, separated by commas, NAME/10 at every tenth tick; +NAME and -NAME change the default: "
                            + "tcp, tcp6, dev, snmp, netstat, snmp6, sockstat, sockstat6, diag, destroy, softnet. "
                            + "Not in the default: owner (which process holds which socket), sockopt (the options of each socket),"
                            + " mptcp (MPTCP connections). Where --interval is below 50ms, the default has tcp and tcp6, whose"
                            + " sockets diag has too, every two seconds.")
    private String sources;

    @CommandLine.Mixin
    private PaceOptions pace;

    @Option(
            names = "--netns",
            paramLabel = "LIST",
            description =
                    "Network namespaces to record, separated by commas, instead of the one that this runs in: all, self, "
                            + "a name as in 'ip netns', the number of a process, or an inode. Needs root.")
    private String namespaces;

    @Option(
            names = "--accept-fds",
            paramLabel = "PATH",
            description =
                    "Listen on a Unix socket, mode 0600, where programs hand their TCP sockets over (SCM_RIGHTS); "
                            + "their options are recorded, as by the source sockopt but without privilege.")
    private Path acceptFds;

    @CommandLine.Mixin
    private StorageOptions storage;

    private volatile int failures;
    private volatile Recorder.Progress last;
    private boolean line;

    @Override
    public Integer call() throws IOException {
        Recorder recorder = new Recorder(options(), storage(), new Report());
        warnOfOpenFolder();
        StopSignals.handle(recorder::stop, this::stopAtOnce);
        StopSignals.onUser(() -> recorder.dump("SIGUSR1"));
        if (!Terminals.isError()) { // else a hangup says that the terminal is gone
            StopSignals.onHangup(recorder::reopen);
        }
        try {
            recorder.run();
        } finally {
            endLine();
            if (recorder.path() != null) {
                summarise(recorder.path());
            }
        }
        return failures == 0 ? CommandLines.OK : CommandLines.UNREADABLE;
    }

    /** A second signal: the first one waits for a source or a disk that does not answer. */
    private void stopAtOnce() {
        System.err.println("tcpsnap: stopped at once: the archive has all whole ticks, but not its end");
        Runtime.getRuntime().halt(CommandLines.INTERRUPTED);
    }

    private void endLine() {
        if (line) {
            System.err.println();
            line = false;
        }
    }

    private void summarise(Path segment) {
        long ticks = last == null ? 0 : last.ticks();
        long missed = last == null ? 0 : last.missed();
        long size = segment.toFile().length();
        System.err.printf("%s: %d ticks, %d missed, %d bytes%n", segment, ticks, missed, size);
    }

    private Recorder.Options options() throws IOException {
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
        if (distance > MAX_INTERVAL) {
            throw usage("--interval must be at most 1d");
        }
        long ticks = once ? 1 : count == null ? Long.MAX_VALUE : count;
        long span = duration == null ? Long.MAX_VALUE : nanos("--duration", duration);
        if (span == 0) {
            throw usage("--duration must be longer than nothing");
        }
        SourcePlan plan = chosen(distance);
        return new Recorder.Options(
                folder, plan, namespaces(), acceptFds, pacing(distance, plan), span, ticks, CommandLines.tool());
    }

    private Storage storage() {
        try {
            return storage.storage();
        } catch (IllegalArgumentException e) {
            throw usage(e.getMessage());
        }
    }

    private void warnOfOpenFolder() throws IOException {
        if (Files.isDirectory(folder) && FolderLock.isOpenToOthers(folder)) {
            System.err.println("tcpsnap: " + folder
                    + ": other users may look into this folder; the segments themselves are for its owner only");
        }
    }

    private Pacing pacing(long interval, SourcePlan plan) {
        try {
            return pace.pacing(interval, MIN_INTERVAL, plan);
        } catch (IllegalArgumentException e) {
            throw usage(e.getMessage());
        }
    }

    private SourcePlan chosen(long interval) {
        try {
            return sources == null ? SourcePlan.byDefault(interval) : SourcePlan.parse(sources, interval);
        } catch (IllegalArgumentException e) {
            throw usage("--sources: " + e.getMessage());
        }
    }

    private NamespaceChoice namespaces() throws IOException {
        try {
            return namespaces == null ? NamespaceChoice.OWN : NamespaceChoice.parse(namespaces);
        } catch (IllegalArgumentException e) {
            throw usage("--netns: " + e.getMessage());
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
        public void refused(String source, String reason) {
            if (sources != null) { // by default, what can be had is recorded
                System.err.println("tcpsnap: " + source + ": not recorded: " + reason);
            }
        }

        @Override
        public void failed(IOException reason) {
            if (failures++ == 0) {
                endLine();
                System.err.println("tcpsnap: " + CommandLines.reason(reason)
                        + ": going on without what cannot be written: ticks missed are counted");
            }
        }
    }
}
