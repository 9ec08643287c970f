package io.tcpsnap.archive;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Makes segments of ticks whose content a test can tell from their number. */
public final class Recordings {
    public static final long START = 1_795_000_000_123_456_789L;
    private static final String[] PATHS = {"proc/net/tcp", "proc/net/dev", "sock_diag/tcp"};

    private Recordings() {}

    public static Manifest manifest(String host) {
        return new Manifest(
                Manifest.FORMAT,
                "test",
                "11111111-2222-3333-4444-555555555555",
                host,
                "6.18.0",
                "#1 SMP",
                "x86_64",
                ByteOrder.LITTLE_ENDIAN,
                100,
                "boot",
                "net:[4026531840]",
                1_000_000_000L,
                List.of(PATHS));
    }

    /** Content of a source in a tick: compressible, different in each. */
    static byte[] content(int tick, int source, int size) {
        StringBuilder text = new StringBuilder();
        Random random = new Random(source);
        while (text.length() < size) {
            text.append(Long.toHexString(random.nextLong()))
                    .append(' ')
                    .append(tick)
                    .append('\n');
        }
        return text.substring(0, size).getBytes(StandardCharsets.US_ASCII);
    }

    /** Writes {@code ticks} ticks; returns the file's size after each. */
    static List<Long> write(SegmentWriter writer, int from, int ticks, int size) throws IOException {
        List<Long> sizes = new ArrayList<>();
        for (int i = from; i < from + ticks; i++) {
            long time = START + i * 1_000_000_000L;
            writer.begin(time);
            List<SourceRecord> sources = new ArrayList<>();
            for (int s = 0; s < PATHS.length; s++) {
                byte[] bytes = content(i, s, size + s);
                long crc = writer.entry(PATHS[s], bytes, 0, bytes.length);
                sources.add(new SourceRecord(PATHS[s], s, 1, bytes.length, crc, null));
            }
            sources.add(new SourceRecord("proc/net/snmp6", 9, 1, 0, 0, "ENOENT"));
            writer.commit(new TickRecord(i, time, i, i, 10, 5, 0, 1_000_000_000L, sources));
            sizes.add(writer.size());
        }
        return sizes;
    }

    /** The segments that are in a folder. */
    public static Stream<Path> segments(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".tar.zst")).sorted().toList().stream();
        }
    }

    /** A closed segment. */
    public static Path segment(Path folder, int ticks, int size) throws IOException {
        try (SegmentWriter writer = SegmentWriter.create(folder, manifest("lab"), START)) {
            write(writer, 0, ticks, size);
            return writer.path();
        }
    }

    /** Reads every tick of archives and checks its content against its number; returns the numbers. */
    static List<Integer> read(List<Damage> damage, int size, Path... paths) throws IOException {
        List<Integer> seen = new ArrayList<>();
        List<String> names = List.of(paths).stream().map(Path::toString).toList();
        for (Segment segment : ArchiveSet.open(names).segments()) {
            for (Frame frame : segment.frames()) {
                try (TickReader reader = segment.read(frame, damage::add)) {
                    for (Tick tick = reader.next(); tick != null; tick = reader.next()) {
                        seen.add(check(tick, size));
                    }
                }
            }
        }
        return seen;
    }

    /** The number of a tick, after comparing its content with it. */
    static int check(Tick tick, int size) {
        int number = (int) tick.record().seq();
        for (int s = 0; s < PATHS.length; s++) {
            Entry entry = tick.entry(PATHS[s]);
            byte[] expected = content(number, s, size + s);
            if (!java.util.Arrays.equals(entry.bytes(), 0, entry.length(), expected, 0, expected.length)) {
                throw new AssertionError("tick " + number + " has a wrong " + PATHS[s]);
            }
        }
        return number;
    }
}
