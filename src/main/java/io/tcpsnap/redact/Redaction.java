package io.tcpsnap.redact;

import io.tcpsnap.archive.ArchiveSet;
import io.tcpsnap.archive.ArchiveWriter;
import io.tcpsnap.archive.Damage;
import io.tcpsnap.archive.Frame;
import io.tcpsnap.archive.Manifest;
import io.tcpsnap.archive.Segment;
import io.tcpsnap.archive.Tick;
import io.tcpsnap.archive.TickReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Writes archives that say of traffic what others say, and not whose it is. */
public final class Redaction {
    private final Renaming renaming;
    private final Account account = new Account();
    private final TickRedaction ticks;
    private final Map<String, String> edit = new LinkedHashMap<>();
    private final Consumer<Damage> damage;
    private final List<Path> written = new ArrayList<>();

    /**
     * @param tool name and version of the program
     * @param damage hears of what could not be read, and so is not in the result
     */
    public Redaction(Key key, Policy policy, String tool, Consumer<Damage> damage) {
        this.renaming = new Renaming(key, policy);
        this.ticks = new TickRedaction(renaming, account);
        this.damage = damage;
        edit.put("did", "redact");
        edit.put("tool", tool);
        edit.put("key", key.fingerprint());
        edit.putAll(policy.described());
    }

    /**
     * Redacts.
     *
     * @param out a file by its name ({@code .tar.zst}, {@code .tgz}), for the segments of one host; or a folder, which is made where
     *     it is missing and gets a file for each segment
     * @return the files written
     * @throws IOException where one cannot be written: what is written before it stays
     */
    public List<Path> run(ArchiveSet archives, Path out) throws IOException {
        if (ArchiveWriter.isFile(out)) {
            checkOneHost(archives);
            try (ArchiveWriter writer = ArchiveWriter.create(out)) {
                Manifest last = null;
                for (Segment segment : archives.segments()) {
                    last = segment.manifest();
                    writer.manifest(safe(last));
                    copy(segment, writer);
                }
                finish(writer, last);
            }
            return written;
        }
        Files.createDirectories(
                out, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        for (Segment segment : archives.segments()) {
            Manifest manifest = safe(segment.manifest());
            Path path = ArchiveWriter.nameIn(out, manifest.host(), ticks.time(start(segment)));
            try (ArchiveWriter writer = ArchiveWriter.create(path)) {
                writer.manifest(manifest);
                copy(segment, writer);
                finish(writer, segment.manifest());
            }
        }
        return written;
    }

    private static void checkOneHost(ArchiveSet archives) throws IOException {
        long hosts = archives.segments().stream()
                .map(segment -> segment.manifest().host())
                .distinct()
                .count();
        if (hosts > 1) {
            throw new IOException("archives of " + hosts + " hosts do not go into one file: name a folder");
        }
    }

    /** Time of the first tick that can be read; 0 without one. */
    private static long start(Segment segment) throws IOException {
        for (Frame frame : segment.frames()) {
            try (TickReader reader = segment.read(frame, found -> {})) {
                Tick tick = reader.next();
                if (tick != null) {
                    return tick.record().realtimeNanos();
                }
            }
        }
        return 0;
    }

    private Manifest safe(Manifest manifest) {
        return ticks.manifest(manifest).edited(edit);
    }

    private void copy(Segment segment, ArchiveWriter writer) throws IOException {
        for (Frame frame : segment.frames()) {
            try (TickReader reader = segment.read(frame, damage)) {
                for (Tick tick = reader.next(); tick != null; tick = reader.next()) {
                    writer.manifest(safe(tick.manifest()));
                    String name = renaming.shift() == 0
                            ? tick.name()
                            : ArchiveWriter.tickName(ticks.time(tick.record().realtimeNanos()));
                    writer.tick(name, ticks.record(tick.record()), ticks.entries(tick));
                }
            }
        }
    }

    /** The last manifest also says how much was left out, which is known only now. */
    private void finish(ArchiveWriter writer, Manifest manifest) throws IOException {
        Map<String, String> counted = new LinkedHashMap<>(edit);
        account.counts().forEach((what, count) -> counted.put("left out " + what, String.valueOf(count)));
        if (!account.counts().isEmpty() && manifest != null) {
            writer.manifest(ticks.manifest(manifest).edited(counted));
        }
        writer.finish();
        written.add(writer.path());
    }

    /** What was left out. */
    public Account account() {
        return account;
    }
}
