package io.tcpsnap.importer;

import io.tcpsnap.archive.Manifest;
import io.tcpsnap.archive.Printable;
import io.tcpsnap.archive.SegmentWriter;
import io.tcpsnap.archive.SourceRecord;
import io.tcpsnap.archive.TickRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

/** Makes archives of raw copies: one segment for each host. */
public final class Import {
    /** What is tried on each file, to say where one is nothing of it. */
    public static final String TRIED = Recognition.TRIED;

    /** Stands for standard input among the paths. */
    public static final String STANDARD_INPUT = "-";

    private static final long TICK = Math.min(1L << 30, Runtime.getRuntime().maxMemory() / 8);
    private static final int VOTERS = 50;
    /** That of the recorder, so that equal ticks have equal bytes. */
    private static final Comparator<String> SOURCE_ORDER =
            Comparator.comparingInt(Import::rank).thenComparing(Comparator.naturalOrder());

    /**
     * What to import, and what the user knows of it.
     *
     * @param folder where the segments go
     * @param paths files and folders; {@link #STANDARD_INPUT} for standard input
     * @param at time of the first tick that has none by itself; null for the files' times
     * @param intervalNanos distance of ticks that have no time by themselves; null where not given
     * @param host name of the host; null where not given
     * @param byteOrder of the host; null where it is to be deduced
     * @param clockTick USER_HZ of the host; 0 where unknown
     * @param tool name and version of the program
     */
    public record Options(
            Path folder,
            List<String> paths,
            Instant at,
            Long intervalNanos,
            String host,
            ByteOrder byteOrder,
            int clockTick,
            String tool) {}

    /**
     * What came of it.
     *
     * @param segments the files written
     * @param ticks in all of them
     * @param copies in all ticks
     * @param refused a line for each file that gave nothing: its name and why
     */
    public record Result(List<Path> segments, int ticks, int copies, List<String> refused) {}

    private final Options options;
    private final InputStream standardInput;
    private final Consumer<String> note;
    private int ticks;
    private int copies;

    /** @param note hears, line by line, what was assumed and what was left out */
    public Import(Options options, InputStream standardInput, Consumer<String> note) {
        this.options = options;
        this.standardInput = standardInput;
        this.note = line -> note.accept(Printable.of(line));
    }

    /** A time as {@code --at} takes it; null where the text is none. */
    public static Instant time(String text) {
        return Times.ofLine(text);
    }

    /** @throws IOException where a segment cannot be written */
    public Result run() throws IOException {
        Intake intake = new Intake(note);
        for (String path : options.paths()) {
            if (path.equals(STANDARD_INPUT)) {
                intake.read("standard input", Instant.now(), standardInput);
            } else {
                intake.read(Path.of(path));
            }
        }
        Map<HostFacts, List<Copy>> hosts = new IdentityHashMap<>();
        List<HostFacts> order = new ArrayList<>();
        for (Copy copy : intake.copies()) {
            hosts.computeIfAbsent(copy.host(), host -> {
                        order.add(host);
                        return new ArrayList<>();
                    })
                    .add(copy);
        }
        List<Path> segments = new ArrayList<>();
        for (HostFacts host : order) {
            segments.add(write(host, hosts.get(host)));
        }
        List<String> refused = intake.refused().stream()
                .map(file -> Printable.of(file.name() + ": " + file.reason()))
                .toList();
        return new Result(segments, ticks, copies, refused);
    }

    private Path write(HostFacts host, List<Copy> found) throws IOException {
        SortedMap<Long, List<Copy>> timeline;
        try {
            timeline = new Timeline(options.at(), options.intervalNanos(), note).of(found);
        } catch (ArithmeticException e) {
            throw new IOException("times beyond the year 2262: give a smaller --interval", e);
        }
        ByteOrder order = byteOrder(host, found);
        List<String> sources =
                found.stream().map(copy -> copy.found().entry()).distinct().toList();
        try (SegmentWriter segment =
                SegmentWriter.create(options.folder(), manifest(host, order, sources), timeline.firstKey())) {
            int seq = 0;
            for (Map.Entry<Long, List<Copy>> tick : timeline.entrySet()) {
                segment.begin(tick.getKey());
                List<SourceRecord> records = entries(segment, tick.getValue());
                segment.commit(new TickRecord(seq++, tick.getKey(), -1, -1, -1, -1, -1, -1, records));
            }
            ticks += seq;
            return segment.path();
        }
    }

    private Manifest manifest(HostFacts host, ByteOrder order, List<String> sources) {
        String name = options.host() != null ? options.host() : host.host();
        return new Manifest(
                Manifest.FORMAT,
                options.tool(),
                UUID.randomUUID().toString(),
                name == null ? "unknown" : name,
                host.kernel(),
                host.kernelVersion(),
                host.machine(),
                order,
                options.clockTick() > 0 ? options.clockTick() : host.clockTick(),
                host.bootId(),
                host.netns(),
                options.intervalNanos() == null ? 0 : options.intervalNanos(),
                sources,
                order == null ? null : options.byteOrder() != null ? "given" : "deduced",
                List.of());
    }

    /** As given, else as deduced; what it was deduced from is said. */
    private ByteOrder byteOrder(HostFacts host, List<Copy> found) {
        if (options.byteOrder() != null) {
            if (found.stream().anyMatch(copy -> copy.order() != null && copy.order() != options.byteOrder())) {
                note.accept("messages are in the other byte order than --byte-order says: they will not decode");
            }
            return options.byteOrder();
        }
        if (host.byteOrder() != null) {
            return said(host.byteOrder(), "machine " + host.machine());
        }
        for (Copy copy : found) {
            if (copy.order() != null) {
                return said(copy.order(), "the messages");
            }
        }
        AddressVotes votes = new AddressVotes();
        found.stream()
                .filter(copy -> copy.found().entry().matches(".*proc/net/tcp6?"))
                .limit(VOTERS)
                .forEach(copy -> count(votes, copy));
        if (votes.order() == null
                && found.stream().anyMatch(copy -> copy.found().entry().matches(".*proc/net/tcp6?"))) {
            note.accept("byte order of the addresses is unknown and taken for little; --byte-order says another");
        }
        return votes.order() == null ? null : said(votes.order(), "the addresses");
    }

    private ByteOrder said(ByteOrder order, String from) {
        note.accept("byte order " + (order == ByteOrder.BIG_ENDIAN ? "big" : "little") + ", deduced from " + from);
        return order;
    }

    private static void count(AddressVotes votes, Copy copy) {
        try {
            votes.count(copy.found().content().bytes());
        } catch (IOException e) {
            // it is said when the copy is to be written
        }
    }

    private static int rank(String entry) {
        TextKind kind = TextKind.ofEntry(entry);
        return kind == null ? TextKind.values().length : kind.ordinal();
    }

    /** Writes the copies of a tick; those of one sock_diag source are one entry. */
    private List<SourceRecord> entries(SegmentWriter segment, List<Copy> tick) {
        Map<String, List<Copy>> entries = new TreeMap<>(SOURCE_ORDER);
        tick.forEach(copy -> entries.computeIfAbsent(copy.found().entry(), entry -> new ArrayList<>())
                .add(copy));
        List<SourceRecord> records = new ArrayList<>();
        long size = 0;
        for (Map.Entry<String, List<Copy>> entry : entries.entrySet()) {
            try {
                byte[] bytes = content(entry.getValue());
                size += bytes.length;
                if (size > TICK) {
                    throw new IOException("the tick is larger than " + TICK + " bytes, an eighth of the memory");
                }
                long crc = segment.entry(entry.getKey(), bytes, 0, bytes.length);
                records.add(new SourceRecord(entry.getKey(), -1, -1, bytes.length, crc, null));
                copies++;
            } catch (IOException e) {
                note.accept(entry.getValue().get(0).place().name() + ": left out: " + e.getMessage());
                records.add(new SourceRecord(entry.getKey(), -1, -1, 0, 0, e.getMessage()));
            }
        }
        return records;
    }

    /** Dumps that were cut short come last, and without NLMSG_DONE, so that the reader says so. */
    private static byte[] content(List<Copy> parts) throws IOException {
        if (!parts.get(0).found().isDiag()) {
            return parts.get(0).found().content().bytes();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] done = parts.get(0).found().done();
        for (Copy part : parts) {
            out.writeBytes(part.found().content().bytes());
            done = part.found().done() == null ? null : done;
        }
        out.writeBytes(done == null ? new byte[0] : done);
        return out.toByteArray();
    }
}
