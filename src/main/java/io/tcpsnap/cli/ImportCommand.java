package io.tcpsnap.cli;

import io.tcpsnap.importer.Import;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tcpsnap import}: an archive out of raw copies that somebody else took. */
@Command(
        name = "import",
        description = "Make an archive out of raw copies that somebody else took.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "PATH is a file, a folder, or '-' for standard input; packed with gzip, zstd or xz, in a tar, or not.",
            "Each file is recognised by its content, and by its name where that says nothing:",
            "  text      /proc/net/{tcp,tcp6,dev,snmp,snmp6,netstat,sockstat,sockstat6,softnet_stat}, also as pasted",
            "            into a report or many ticks in one file; output of ss and netstat (kept as text)",
            "  netlink   'ss -D FILE'; pcap and pcapng of an nlmon device",
            "  tcp-info  .jsonl.zst of M-Lab",
            "  sos       a report, extracted or as .tar.xz: host, kernel and time come from its own files",
            "",
            "A tick's time is the one in the text ('=== 1700000000' or what date prints, between copies), in the packet",
            "or snapshot, else in the name of the file or folder (20261122T074200Z, 2026-11-22_07-42-00, 1700000000),",
            "else by --at and --interval, else the file's own time. Times without a zone are UTC. What was assumed is",
            "said. TCP-MD5 keys are left out.",
            "",
            "Exit codes: 0 something was imported, 2 usage, 3 nothing was."
        })
final class ImportCommand implements Callable<Integer> {
    private static final int NAMED = 20;
    private static final long LONGEST = 86_400_000_000_000L;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(names = "-o", required = true, paramLabel = "OUT", description = "Folder for the segment; made if missing.")
    private Path folder;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "Time of the first tick that has none by itself: 2026-11-22T07:42:00Z.")
    private String at;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            description = "Distance of ticks that have no time by themselves: 1s, 5m, at most 1d.")
    private String interval;

    @Option(names = "--host", paramLabel = "NAME", description = "Name of the host.")
    private String host;

    @Option(
            names = "--byte-order",
            paramLabel = "ORDER",
            description = "Byte order of the host, little or big; deduced where it is not given.")
    private String byteOrder;

    @Option(
            names = "--clk-tck",
            paramLabel = "N",
            description = "USER_HZ of the host, 100 nearly everywhere: timers in /proc/net/tcp stay NULL without it.")
    private int clockTick;

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "What to import.")
    private List<String> paths;

    @Override
    public Integer call() throws IOException {
        Import.Result result = new Import(options(), System.in, ImportCommand::say).run();
        List<String> refused = result.refused();
        refused.stream().limit(NAMED).forEach(ImportCommand::say);
        if (refused.size() > NAMED) {
            say("and " + (refused.size() - NAMED) + " more");
        }
        if (!refused.isEmpty()) {
            say(refused.size() + (refused.size() == 1 ? " file" : " files") + " not imported; " + Import.TRIED);
        }
        result.segments().forEach(System.out::println);
        if (result.segments().isEmpty()) {
            return CommandLines.error("nothing was imported", CommandLines.UNREADABLE);
        }
        say(result.ticks()
                + (result.ticks() == 1 ? " tick, " : " ticks, ")
                + result.copies()
                + (result.copies() == 1 ? " copy" : " copies"));
        return CommandLines.OK;
    }

    private static void say(String line) {
        System.err.println("tcpsnap: " + line);
    }

    private Import.Options options() {
        if (clockTick < 0 || clockTick > 1_000_000) {
            throw usage("--clk-tck: no kernel has " + clockTick);
        }
        if (host != null && !host.matches("[\\w.-]{1,200}")) {
            throw usage("--host: '" + host + "' is no name of a host");
        }
        return new Import.Options(folder, paths, time(), distance(), host, order(), clockTick, CommandLines.tool());
    }

    private Instant time() {
        Instant time = at == null ? null : Import.time(at);
        if (at != null && time == null) {
            throw usage("--at: '" + at + "' is no time: write 2026-11-22T07:42:00Z");
        }
        return time;
    }

    private Long distance() {
        if (interval == null) {
            return null;
        }
        try {
            long nanos = Duration.nanos(interval);
            if (nanos < 1000 || nanos > LONGEST) {
                throw usage("--interval must be at most 1d, and not 0");
            }
            return nanos;
        } catch (IllegalArgumentException e) {
            throw usage("--interval: " + e.getMessage());
        }
    }

    private ByteOrder order() {
        if (byteOrder == null) {
            return null;
        }
        return switch (byteOrder) {
            case "little" -> ByteOrder.LITTLE_ENDIAN;
            case "big" -> ByteOrder.BIG_ENDIAN;
            default -> throw usage("--byte-order: '" + byteOrder + "' is neither little nor big");
        };
    }

    private CommandLine.ParameterException usage(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }
}
