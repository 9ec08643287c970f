package io.tcpsnap.capture;

import io.tcpsnap.archive.OwnSegments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Drops older segments of a folder, whole ones, oldest first. Never the one being written, and no file that is not a segment
 * of this host by name and content. On one thread.
 */
final class Keeping {
    private static final long NANOS_IN_MILLI = 1_000_000L;

    private final OwnSegments segments;
    private final Storage.Limit limit;
    private final BiConsumer<String, String> events;
    /** Segments that this recorder ended, in order, and when, by {@link #now}. */
    private final Map<Path, Long> ended = new LinkedHashMap<>();

    /** Files of others by name, and whether they are segments. */
    private final Map<Path, Boolean> found = new HashMap<>();

    private final long startWall = Libc.clock(Libc.CLOCK_REALTIME);
    private final long startBoot = Libc.clock(Libc.CLOCK_BOOTTIME);

    /** @param events hears kind and detail */
    Keeping(OwnSegments segments, Storage.Limit limit, BiConsumer<String, String> events) {
        this.segments = segments;
        this.limit = limit;
        this.events = events;
    }

    /** The wall clock as it would be had nobody set it since the start: setting it must not make all segments old. */
    private long now() {
        return startWall + Libc.clock(Libc.CLOCK_BOOTTIME) - startBoot;
    }

    /** The segments of this recorder that are closed and still there, oldest first. */
    List<Path> ended() {
        return ended.keySet().stream().filter(Files::exists).toList();
    }

    void ended(Path segment) {
        ended.put(segment, now());
    }

    /** Drops what is beyond the limits. */
    void enforce(Path current) throws IOException {
        if (limit.equals(Storage.Limit.NONE)) {
            return;
        }
        List<Path> older = older(current);
        long size = size(current);
        for (Path segment : older) {
            size += size(segment);
        }
        for (Path segment : older) {
            long bytes = size(segment);
            if ((size > limit.bytes() || age(segment) > limit.nanos()) && drop(segment, "beyond what is to be kept")) {
                size -= bytes;
            }
        }
    }

    /** Drops the oldest segment to make room on the disk; false where there is none. */
    boolean dropOldest(Path current) throws IOException {
        for (Path segment : older(current)) {
            if (drop(segment, "for want of room on the disk")) {
                return true;
            }
        }
        return false;
    }

    /** Oldest first: those of earlier recorders by name, then our own in the order of writing. */
    private List<Path> older(Path current) throws IOException {
        List<Path> older = new ArrayList<>(segments.list());
        older.remove(current);
        older.removeAll(ended.keySet());
        older.removeIf(file -> !found.computeIfAbsent(file, OwnSegments::isSegment));
        older.addAll(ended.keySet());
        return older;
    }

    private long age(Path segment) throws IOException {
        Long end = ended.get(segment);
        return now() - (end == null ? Files.getLastModifiedTime(segment).toMillis() * NANOS_IN_MILLI : end);
    }

    private static long size(Path segment) {
        return segment.toFile().length();
    }

    private boolean drop(Path segment, String reason) throws IOException {
        if (!OwnSegments.isSegment(segment)) {
            ended.remove(segment);
            return false;
        }
        long bytes = size(segment);
        try {
            Files.delete(segment);
        } catch (NoSuchFileException e) {
            return false;
        } finally {
            ended.remove(segment);
        }
        events.accept("dropped_segment", segment.getFileName() + ", " + bytes + " bytes: " + reason);
        return true;
    }
}
