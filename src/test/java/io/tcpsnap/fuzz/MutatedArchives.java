package io.tcpsnap.fuzz;

import io.tcpsnap.archive.ArchiveBytes;
import io.tcpsnap.archive.ArchiveSet;
import io.tcpsnap.archive.ArchiveWriter;
import io.tcpsnap.archive.Entry;
import io.tcpsnap.archive.Frame;
import io.tcpsnap.archive.Segment;
import io.tcpsnap.archive.Tick;
import io.tcpsnap.archive.TickReader;
import io.tcpsnap.redact.Key;
import io.tcpsnap.redact.Policy;
import io.tcpsnap.redact.Redaction;
import io.tcpsnap.slice.Connection;
import io.tcpsnap.slice.Slicing;
import io.tcpsnap.slice.Wanted;
import io.tcpsnap.table.Mutation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Opens, redacts and slices mutated archives, a long run by hand: in turn the file's bytes are mutated, those of its tar, and
 * those of its copies, under sums that match.
 *
 * <pre>
 * java -Xmx256m -cp target/test-classes:target/classes:... io.tcpsnap.fuzz.MutatedArchives 100000 1 ARCHIVE
 * </pre>
 */
final class MutatedArchives {
    private final Path folder = Files.createTempDirectory("mutated");
    private final Path in = folder.resolve("in");
    private final Path out = folder.resolve("out");
    private long longest;
    private int refused;
    private int written;

    private MutatedArchives() throws IOException {}

    public static void main(String[] args) throws IOException {
        new MutatedArchives().run(Integer.parseInt(args[0]), Long.parseLong(args[1]), Path.of(args[2]));
    }

    private void run(int count, long seed, Path archive) throws IOException {
        byte[] file = Files.readAllBytes(archive);
        byte[] tar = ArchiveBytes.open(archive).readAllBytes();
        Files.createDirectories(in);
        Files.createDirectories(out);
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            Mutation mutation = new Mutation(seed * 1_000_000_007L + i);
            Path mutated = in.resolve("m" + i % 3 + (i % 3 == 2 ? ".tar.zst" : ".tar"));
            Files.deleteIfExists(mutated);
            if (i % 3 == 2) {
                copies(archive, mutated, mutation);
            } else {
                Files.write(mutated, mutation.of(i % 3 == 0 ? file : tar));
            }
            long before = System.nanoTime();
            try {
                share(mutated);
                written++;
            } catch (IOException e) {
                refused++;
            } catch (RuntimeException | Error e) {
                Files.copy(mutated, Path.of("mutated-" + seed + "-" + i + ".tar"));
                throw e;
            }
            longest = Math.max(longest, System.nanoTime() - before);
            clear();
        }
        System.out.printf(
                "%d archives: %d written, %d refused; %.1f s in all, longest %.3f s; heap at most %d MiB%n",
                count,
                written,
                refused,
                (System.nanoTime() - start) / 1e9,
                longest / 1e9,
                Runtime.getRuntime().maxMemory() >> 20);
    }

    private static void copies(Path archive, Path mutated, Mutation mutation) throws IOException {
        try (ArchiveWriter writer = ArchiveWriter.create(mutated)) {
            for (Segment segment : ArchiveSet.open(List.of(archive.toString())).segments()) {
                writer.manifest(segment.manifest());
                for (Frame frame : segment.frames()) {
                    try (TickReader reader = segment.read(frame, damage -> {})) {
                        for (Tick tick = reader.next(); tick != null; tick = reader.next()) {
                            List<Entry> entries = new ArrayList<>();
                            for (Entry entry : tick.entries()) {
                                byte[] bytes = mutation.of(Arrays.copyOf(entry.bytes(), entry.length()));
                                entries.add(new Entry(entry.path(), bytes, bytes.length));
                            }
                            writer.tick(tick.name(), tick.record(), entries);
                        }
                    }
                }
            }
            writer.finish();
        }
    }

    private void share(Path mutated) throws IOException {
        ArchiveSet set = ArchiveSet.open(List.of(mutated.toString()));
        new Redaction(Key.fresh(), Policy.byDefault(), "test", damage -> {}).run(set, out);
        Set<Connection> one = Set.of(new Connection("lab-a", null, "10.99.0.1", 1, "10.99.0.2", 2));
        new Slicing("test", damage -> {})
                .run(set, new Wanted(0, Long.MAX_VALUE, null, null, one, Map.of()), out.resolve("s.tar.zst"), 1 << 20);
    }

    /** Nothing is anywhere but in the output's folder, and that has archives only. */
    private void clear() throws IOException {
        try (Stream<Path> tree = Files.walk(folder).sorted(Comparator.reverseOrder())) {
            for (Path path : tree.toList()) {
                boolean ours = path.equals(folder) || path.equals(in) || path.equals(out) || path.startsWith(in);
                if (!ours && (!path.getParent().equals(out) || !path.toString().endsWith(".tar.zst"))) {
                    throw new IllegalStateException("a file outside: " + path);
                }
                if (path.startsWith(out) && !path.equals(out)) {
                    Files.delete(path);
                }
            }
        }
    }
}
