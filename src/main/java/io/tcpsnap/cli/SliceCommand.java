package io.tcpsnap.cli;

import io.tcpsnap.archive.ArchiveSet;
import io.tcpsnap.archive.ArchiveWriter;
import io.tcpsnap.kernel.TcpState;
import io.tcpsnap.kernel.TextAddress;
import io.tcpsnap.slice.Connection;
import io.tcpsnap.slice.Slicing;
import io.tcpsnap.slice.Wanted;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tcpsnap slice}: a part of a recording. */
@Command(
        name = "slice",
        description = "Cut a part out of recordings of one host: a span of time, a namespace, or single connections.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "All conditions must hold; of one that is given several times, one. A connection that meets them at any tick of",
            "the span is there at all ticks of it. Frames that are wanted whole are copied as they are; what was left out,",
            "the last tcpsnap.json says."
        })
final class SliceCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Parameters(paramLabel = "ARCHIVE", arity = "1..*", description = "Files, folders of segments, or globs.")
    private List<String> archives;

    @Option(names = "-o", required = true, paramLabel = "OUT", description = "The file to write: .tar.zst, or .tgz.")
    private Path out;

    @Option(names = "--from", paramLabel = "TIME", description = "First tick, UTC: 2026-11-22T07:42:00Z.")
    private String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Last tick.")
    private String to;

    @Option(names = "--host", paramLabel = "NAME", description = "Recordings of this host only.")
    private String host;

    @Option(
            names = "--netns",
            paramLabel = "NAME",
            description =
                    "Copies of this network namespace only, as the column netns has it; self is the recorder's own.")
    private String netns;

    @Option(names = "--address", paramLabel = "ADDR", description = "Connections with this address at either end.")
    private List<String> addresses = List.of();

    @Option(names = "--port", paramLabel = "N", description = "Connections with this port at either end.")
    private List<Integer> ports = List.of();

    @Option(names = "--local", paramLabel = "ADDR:PORT", description = "Connections with this local end.")
    private String local;

    @Option(names = "--remote", paramLabel = "ADDR:PORT", description = "Connections with this remote end.")
    private String remote;

    @Option(names = "--state", paramLabel = "STATE", description = "Connections that were in this state: CLOSE_WAIT.")
    private List<String> states = List.of();

    @Option(names = "--pid", paramLabel = "N", description = "Connections of this process, where owners were recorded.")
    private List<Integer> pids = List.of();

    @Option(
            names = "--where",
            paramLabel = "SQL",
            description = "Connections that meet this condition on columns of the view connection: 'retransmits > 3'.")
    private String where;

    @Option(
            names = "--max-size",
            paramLabel = "SIZE",
            description = "Leave out ticks at the beginning until the file is no larger: 25MB.")
    private String maxSize;

    @Override
    public Integer call() throws IOException, SQLException {
        if (!ArchiveWriter.isFile(out)) {
            throw usage("-o: '" + out + "' is no name of an archive: it ends in .tar.zst or .tgz");
        }
        Map<String, String> words = new LinkedHashMap<>();
        Set<String> conditions = conditions(words);
        long first = time("from", from, words, 0);
        long last = time("to", to, words, Long.MAX_VALUE);
        long size = size();
        if (host != null) {
            words.put("host", host);
        }
        if (netns != null) {
            words.put("netns", netns);
        }
        Set<Connection> connections = null;
        if (!conditions.isEmpty()) {
            if (RecorderImage.IS_THIS) {
                return RecorderImage.refuse("slice' by connections: '" + String.join(" ", words.keySet()));
            }
            connections = ConnectionChoice.of(archives, conditions, first, last, isByTuple());
        }
        Wanted wanted = new Wanted(first, last, host == null ? null : Set.of(host), netns, connections, words);
        ArchiveSet set = ArchiveSet.open(archives);
        Slicing.Result result =
                new Slicing(CommandLines.tool(), damage -> say(damage.toString())).run(set, wanted, out, size);
        System.out.println(out);
        say(result.ticks() + " ticks, " + result.copiedFrames() + " frames as they were"
                + (connections == null ? "" : ", " + connections.size() + " connections"));
        if (result.dropped() > 0) {
            say("left out for --max-size: the first " + result.dropped() + " ticks");
        }
        return CommandLines.OK;
    }

    private static void say(String line) {
        System.err.println("tcpsnap: " + line);
    }

    /** Whether only ends were asked for, which closed connections have too. */
    private boolean isByTuple() {
        return where == null && states.isEmpty() && pids.isEmpty();
    }

    private Set<String> conditions(Map<String, String> words) {
        Set<String> conditions = new HashSet<>();
        if (!addresses.isEmpty()) {
            List<String> quoted = addresses.stream().map(this::address).toList();
            String in = "IN ('" + String.join("', '", quoted) + "')";
            conditions.add("local_addr " + in + " OR remote_addr " + in);
            words.put("address", String.join(" ", addresses));
        }
        if (!ports.isEmpty()) {
            String in = "IN (" + joined(ports) + ")";
            conditions.add("local_port " + in + " OR remote_port " + in);
            words.put("port", joined(ports));
        }
        end("local", local, conditions, words);
        end("remote", remote, conditions, words);
        if (!states.isEmpty()) {
            String names = states.stream().map(this::state).collect(Collectors.joining("', '"));
            conditions.add("state::VARCHAR IN ('" + names + "')");
            words.put("state", String.join(" ", states));
        }
        if (!pids.isEmpty()) {
            conditions.add("pid IN (" + joined(pids) + ")");
            words.put("pid", joined(pids));
        }
        if (where != null) {
            conditions.add(where);
            words.put("where", where);
        }
        return conditions;
    }

    private static String joined(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private void end(String side, String word, Set<String> conditions, Map<String, String> words) {
        if (word == null) {
            return;
        }
        int colon = word.lastIndexOf(':');
        String port = word.substring(colon + 1);
        if (colon < 1 || !port.matches("\\d{1,5}")) {
            throw usage("--" + side + ": '" + word + "' is no end: write 10.0.0.1:443 or [fd99::1]:443");
        }
        String address = word.substring(0, colon).replaceAll("^\\[(.*)\\]$", "$1");
        conditions.add(side + "_addr = '" + address(address) + "' AND " + side + "_port = " + port);
        words.put(side, word);
    }

    private String address(String word) {
        byte[] address = TextAddress.parse(word);
        if (address == null) {
            throw usage("'" + word + "' is no address");
        }
        return TextAddress.format(address);
    }

    private String state(String word) {
        String name = word.toUpperCase(Locale.ROOT).replace('-', '_');
        if (Arrays.stream(TcpState.values()).noneMatch(state -> state.name().equals(name))) {
            throw usage("--state: '" + word + "' is none of "
                    + Arrays.stream(TcpState.values()).map(Enum::name).collect(Collectors.joining(", ")));
        }
        return name;
    }

    private long time(String option, String word, Map<String, String> words, long missing) {
        if (word == null) {
            return missing;
        }
        words.put(option, word);
        String iso = word.strip().replace(' ', 'T');
        try {
            Instant time = OffsetDateTime.parse(iso.matches(".*(?:Z|[+-]\\d\\d:\\d\\d)") ? iso : iso + "Z")
                    .toInstant();
            return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
        } catch (DateTimeException | ArithmeticException e) {
            throw usage("--" + option + ": '" + word + "' is no time: write 2026-11-22T07:42:00Z");
        }
    }

    private long size() {
        try {
            return maxSize == null ? Long.MAX_VALUE : Size.bytes(maxSize);
        } catch (IllegalArgumentException e) {
            throw usage("--max-size: " + e.getMessage());
        }
    }

    private CommandLine.ParameterException usage(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }
}
