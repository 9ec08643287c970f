package io.tcpsnap.slice;

import io.tcpsnap.archive.ArchiveSet;
import io.tcpsnap.archive.ArchiveWriter;
import io.tcpsnap.archive.Damage;
import io.tcpsnap.archive.Entry;
import io.tcpsnap.archive.Frame;
import io.tcpsnap.archive.Manifest;
import io.tcpsnap.archive.Segment;
import io.tcpsnap.archive.Tick;
import io.tcpsnap.archive.TickReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Writes an archive of a part of others. */
public final class Slicing {
    private final String tool;
    private final Consumer<Damage> damage;
    /** Of the ticks that are written, in order. */
    private List<Long> times = new ArrayList<>();

    private int copiedFrames;

    /**
     * What came of it.
     *
     * @param ticks that were written
     * @param copiedFrames frames that were copied as they are
     * @param dropped ticks left out at the beginning, for the size
     */
    public record Result(int ticks, int copiedFrames, int dropped) {}

    /**
     * @param tool name and version of the program
     * @param damage hears of what could not be read, and so is not in the result
     */
    public Slicing(String tool, Consumer<Damage> damage) {
        this.tool = tool;
        this.damage = damage;
    }

    /**
     * Writes a file.
     *
     * @param maxBytes the newest ticks that fit into so much are written
     * @throws IOException where no tick is wanted, or none fits; there is no file then
     */
    public Result run(ArchiveSet archives, Wanted wanted, Path out, long maxBytes) throws IOException {
        List<Segment> segments = archives.segments().stream()
                .filter(segment -> wanted.hasHost(segment.manifest().host()))
                .toList();
        long hosts = segments.stream()
                .map(segment -> segment.manifest().host())
                .distinct()
                .count();
        if (hosts > 1) {
            throw new IOException(
                    "these are recordings of " + hosts + " hosts, and one file is of one host: choose one");
        }
        Wanted now = wanted;
        int all = 0;
        while (true) {
            long size = write(segments, now, out, all);
            all = Math.max(all, times.size());
            if (size <= maxBytes) {
                return new Result(times.size(), copiedFrames, all - times.size());
            }
            Files.delete(out);
            int keep = (int) Math.min(times.size() - 1L, (long) (0.97 * times.size() * maxBytes / size));
            if (keep < 1) {
                throw new IOException("not even one tick fits into " + maxBytes + " bytes: one has " + size);
            }
            now = wanted.from(times.get(times.size() - keep));
        }
    }

    private long write(List<Segment> segments, Wanted wanted, Path out, int all) throws IOException {
        times = new ArrayList<>();
        copiedFrames = 0;
        try (ArchiveWriter writer = ArchiveWriter.create(out)) {
            Manifest last = null;
            TickFilter filter = new TickFilter(wanted);
            for (Segment segment : segments) {
                for (Frame frame : segment.frames()) {
                    last = frame(segment, frame, filter, writer, last);
                }
            }
            if (times.isEmpty()) {
                throw new IOException("the archives have no such tick");
            }
            writer.manifest(last.edited(edit(wanted, all)));
            writer.finish();
            return writer.size();
        }
    }

    /** What was done, and what is not there. */
    private Map<String, String> edit(Wanted wanted, int all) {
        Map<String, String> edit = new LinkedHashMap<>();
        edit.put("did", "slice");
        edit.put("tool", tool);
        edit.putAll(wanted.words());
        if (wanted.connections() != null) {
            edit.put("connections", String.valueOf(wanted.connections().size()));
            edit.put("left out", "rows of other connections, copies that name none, copies of unknown sources");
        }
        if (all > times.size()) {
            edit.put("ticks left out for the size", String.valueOf(all - times.size()));
        }
        return edit;
    }

    private Manifest frame(Segment segment, Frame frame, TickFilter filter, ArchiveWriter writer, Manifest last)
            throws IOException {
        Wanted wanted = filter.wanted();
        if (wanted.isWhole() && writer.canCopy(segment, frame)) {
            Look look = look(segment, frame, wanted);
            if (look.outside() && look.sound()) {
                return last;
            }
            if (look.whole()) {
                writer.manifest(look.manifest());
                writer.copy(segment, frame);
                copiedFrames++;
                times.addAll(look.times());
                return look.manifest();
            }
        }
        return ticks(segment, frame, filter, writer, last);
    }

    /** What a frame has. */
    private record Look(List<Long> times, Manifest manifest, boolean sound, boolean outside, boolean whole) {}

    private static Look look(Segment segment, Frame frame, Wanted wanted) throws IOException {
        List<Long> times = new ArrayList<>();
        List<Damage> found = new ArrayList<>();
        Manifest manifest = segment.manifest();
        try (TickReader reader = segment.read(frame, found::add)) {
            for (Tick tick = reader.next(); tick != null; tick = reader.next()) {
                times.add(tick.record().realtimeNanos());
                manifest = tick.manifest();
            }
        }
        boolean all = !times.isEmpty() && times.stream().allMatch(wanted::hasTime);
        boolean none = times.stream().noneMatch(wanted::hasTime);
        return new Look(times, manifest, found.isEmpty(), none, found.isEmpty() && all);
    }

    private Manifest ticks(Segment segment, Frame frame, TickFilter filter, ArchiveWriter writer, Manifest last)
            throws IOException {
        Wanted wanted = filter.wanted();
        Manifest manifest = last;
        try (TickReader reader = segment.read(frame, damage)) {
            for (Tick tick = reader.next(); tick != null; tick = reader.next()) {
                if (wanted.hasTime(tick.record().realtimeNanos())) {
                    manifest = tick.manifest();
                    writer.manifest(wanted.isWhole() ? manifest : manifest.edited(edit(wanted, 0)));
                    List<Entry> entries = filter.entries(tick);
                    writer.tick(tick.name(), filter.record(tick, entries), entries);
                    times.add(tick.record().realtimeNanos());
                }
            }
        }
        return manifest;
    }
}
