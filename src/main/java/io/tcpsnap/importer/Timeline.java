package io.tcpsnap.importer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Puts the copies of one host into ticks.
 *
 * <p>A time that a copy has counts: in its content, else in the name of its file or folder, else in the host's date file.
 * Those without one are numbered within their folder, by a folder that is a number, by their place in their file, and by
 * the order of their names; the numbers become times by {@code --at} and {@code --interval}, or by the files' times.
 */
final class Timeline {
    private static final long SECOND = 1_000_000_000L;
    private static final long AGAIN = 1000;

    private final Instant at;
    private final Long interval;
    private final Consumer<String> note;
    private final SortedMap<Long, List<Copy>> ticks = new TreeMap<>();
    private final Map<Taken, Long> jumps = new HashMap<>();

    /** A place that a source has taken already, when looking for a free one in steps. */
    private record Taken(String entry, int families, long step, long place) {}

    /**
     * @param at time of the first tick without one; null for the files' times
     * @param interval distance of ticks without time in nanoseconds; null where not given
     * @param note hears what was assumed
     */
    Timeline(Instant at, Long interval, Consumer<String> note) {
        this.at = at;
        this.interval = interval;
        this.note = note;
    }

    /** Ticks by their time in nanoseconds since the epoch. */
    SortedMap<Long, List<Copy>> of(List<Copy> copies) {
        Map<String, List<Copy>> series = new TreeMap<>();
        for (Copy copy : copies) {
            Instant when = when(copy);
            if (when != null) {
                put(nanos(when), AGAIN, copy);
            } else {
                series.computeIfAbsent(copy.place().series(), name -> new ArrayList<>())
                        .add(copy);
            }
        }
        series.forEach((name, members) -> place(name, slots(members)));
        return ticks;
    }

    private Instant when(Copy copy) {
        if (copy.found().when() != null) {
            return copy.found().when();
        }
        Instant named = copy.place().when();
        Instant first = named == null && at == null ? copy.host().when() : named;
        return first == null
                ? null
                : first.plus(Duration.ofNanos(step()).multipliedBy(copy.found().index()));
    }

    private long step() {
        return interval == null ? SECOND : interval;
    }

    private static long nanos(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), SECOND), time.getNano());
    }

    /** Copies of a series by their number; two of one source cannot have the same. */
    private static List<List<Copy>> slots(List<Copy> members) {
        SortedMap<Long, List<Copy>> slots = new TreeMap<>();
        Map<Taken, Long> jumps = new HashMap<>();
        List<Copy> ordered = new ArrayList<>(members);
        ordered.sort(Comparator.comparingLong((Copy copy) -> copy.place().number())
                .thenComparing(copy -> copy.place().name(), Names.NATURAL)
                .thenComparing(copy -> copy.found().index()));
        Map<String, Long> free = new HashMap<>();
        for (Copy copy : ordered) {
            long slot = (copy.place().number() << 32) + copy.found().index();
            String source = copy.place().number() + copy.found().entry();
            slot = copy.found().isDiag() ? slot : Math.max(slot, free.getOrDefault(source, 0L));
            slot = free(slots, jumps, slot, 1, copy);
            free.put(source, slot + 1);
            slots.computeIfAbsent(slot, number -> new ArrayList<>()).add(copy);
        }
        return List.copyOf(slots.values());
    }

    /**
     * The first of {@code from}, one step behind it, and so on, that has room for the copy. Of thousands of copies of one
     * moment each would look at the places of all before it: {@code jumps} keeps where that led.
     */
    private static long free(
            SortedMap<Long, List<Copy>> places, Map<Taken, Long> jumps, long from, long step, Copy copy) {
        List<Taken> passed = new ArrayList<>();
        long place = from;
        while (excludes(places.get(place), copy)) {
            Taken taken = new Taken(copy.found().entry(), copy.found().families(), step, place);
            passed.add(taken);
            Long next = jumps.get(taken);
            place = next == null ? Math.addExact(place, step) : next;
        }
        for (Taken taken : passed) {
            jumps.put(taken, place);
        }
        return place;
    }

    private static boolean excludes(List<Copy> tick, Copy copy) {
        return tick != null && tick.stream().anyMatch(other -> copy.found().excludes(other.found()));
    }

    private void place(String name, List<List<Copy>> slots) {
        long step = step();
        long[] times = new long[slots.size()];
        boolean rising = interval == null;
        for (int i = 0; i < times.length; i++) {
            times[i] = modified(slots.get(i));
            rising &= i == 0 || times[i] > times[i - 1];
        }
        String where = name.isEmpty() ? "the files" : name;
        if (at == null && rising) {
            note.accept(where + ": time of " + (times.length == 1 ? "the tick" : times.length + " ticks")
                    + " by the files' own (last modification); --at says another");
        } else {
            String start = at == null ? "the last at the files' own time" : "the first at --at";
            if (times.length > 1 || at == null) {
                note.accept(where + ": " + times.length + " ticks without a time, " + start + ", "
                        + (interval == null ? "1 s apart by assumption; --interval says another" : "--interval apart"));
            }
            long first = at == null ? times[times.length - 1] - (times.length - 1) * step : nanos(at);
            for (int i = 0; i < times.length; i++) {
                times[i] = first + i * step;
            }
        }
        for (int i = 0; i < times.length; i++) {
            for (Copy copy : slots.get(i)) {
                put(times[i], at == null ? AGAIN : step, copy);
            }
        }
    }

    private static long modified(List<Copy> slot) {
        return slot.stream()
                .mapToLong(copy ->
                        copy.place().modified() == null ? 0 : nanos(copy.place().modified()))
                .min()
                .orElse(0);
    }

    /** Adds to the tick at this time, or {@code step} later while that one has the source already. */
    private void put(long time, long step, Copy copy) {
        boolean sameMessages = copy.found().isDiag() && copy.found().when() != null;
        long free = sameMessages ? time : free(ticks, jumps, time, step, copy);
        ticks.computeIfAbsent(free, nanos -> new ArrayList<>()).add(copy);
    }
}
