package io.tcpsnap.importer;

import io.tcpsnap.archive.ArchiveSet;
import io.tcpsnap.archive.Damage;
import io.tcpsnap.archive.Entry;
import io.tcpsnap.archive.Frame;
import io.tcpsnap.archive.Manifest;
import io.tcpsnap.archive.Segment;
import io.tcpsnap.archive.Tick;
import io.tcpsnap.archive.TickReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs an import and reads what it wrote. */
final class Imported {
    final Import.Result result;
    final List<String> notes = new ArrayList<>();
    /** Ticks of all segments by their name: path to content. */
    final Map<String, Map<String, byte[]>> ticks = new LinkedHashMap<>();

    Manifest manifest;

    private Imported(Import.Options options, byte[] input) throws IOException {
        result = new Import(options, new ByteArrayInputStream(input), notes::add).run();
        for (Path path : result.segments()) {
            for (Segment segment : ArchiveSet.open(List.of(path.toString())).segments()) {
                manifest = segment.manifest();
                for (Frame frame : segment.frames()) {
                    read(segment, frame);
                }
            }
        }
    }

    private void read(Segment segment, Frame frame) throws IOException {
        List<Damage> damage = new ArrayList<>();
        try (TickReader reader = segment.read(frame, damage::add)) {
            for (Tick tick = reader.next(); tick != null; tick = reader.next()) {
                Map<String, byte[]> entries = new LinkedHashMap<>();
                for (Entry entry : tick.entries()) {
                    entries.put(entry.path(), Arrays.copyOf(entry.bytes(), entry.length()));
                }
                ticks.put(tick.name(), entries);
            }
        }
        if (!damage.isEmpty()) {
            throw new AssertionError(damage);
        }
    }

    /** With nothing said but the time of what has none. */
    static Imported of(Path out, String at, Path... paths) throws IOException {
        return of(out, at, null, paths);
    }

    static Imported of(Path out, String at, ByteOrder order, Path... paths) throws IOException {
        Instant time = at == null ? null : Instant.parse(at);
        List<String> names = Arrays.stream(paths).map(Path::toString).toList();
        return new Imported(new Import.Options(out, names, time, null, null, order, 0, "test"), new byte[0]);
    }

    static Imported ofInput(Path out, String at, byte[] input) throws IOException {
        return new Imported(
                new Import.Options(out, List.of("-"), Instant.parse(at), null, "pasted", null, 100, "test"), input);
    }

    /** Tick names without the date and the fraction, and their entries: {@code 074200 proc/net/tcp ss/tcp}. */
    List<String> outline() {
        List<String> lines = new ArrayList<>();
        ticks.forEach((name, entries) -> lines.add(name.substring(9, 15) + " " + String.join(" ", entries.keySet())));
        return lines;
    }

    /** The content of a source of the tick with this number. */
    String text(int tick, String entry) {
        return new String(bytes(tick, entry), StandardCharsets.ISO_8859_1);
    }

    byte[] bytes(int tick, String entry) {
        return List.copyOf(ticks.values()).get(tick).get(entry);
    }

    static byte[] resource(String name) throws IOException {
        try (InputStream in = Imported.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    static String states(String file) throws IOException {
        return new String(resource("/proc/6.18/states/net/" + file), StandardCharsets.ISO_8859_1);
    }

    static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
