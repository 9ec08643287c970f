package io.tcpsnap.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A span of wall clock time, and which frames may have ticks in it: told from the name of each frame's first tick, for which
 * the first kilobytes of a frame are unpacked.
 *
 * @param since microseconds since the epoch, the first in it
 * @param until the first behind it
 */
public record TimeWindow(long since, long until) {
    public static final TimeWindow ALL = new TimeWindow(Long.MIN_VALUE, Long.MAX_VALUE);

    private static final long UNKNOWN = Long.MIN_VALUE;

    public boolean isAll() {
        return equals(ALL);
    }

    public boolean contains(long micros) {
        return micros >= since && micros < until;
    }

    /** For each segment of an opened set, the frames to read. */
    public List<List<Frame>> frames(List<Segment> segments) throws IOException {
        List<List<Frame>> frames = new ArrayList<>();
        segments.forEach(segment -> frames.add(isAll() ? segment.frames() : List.of()));
        if (isAll()) {
            return frames;
        }
        Map<String, List<Segment>> recordings = new LinkedHashMap<>();
        for (Segment segment : segments) {
            recordings
                    .computeIfAbsent(segment.manifest().recording(), recording -> new ArrayList<>())
                    .add(segment);
        }
        for (List<Segment> recording : recordings.values()) {
            long[] starts = recording.stream()
                    .mapToLong(segment -> micros(segment.firstTick()))
                    .toArray();
            boolean[] may = mayHold(starts, UNKNOWN);
            for (int i = 0; i < starts.length; i++) {
                if (may[i]) {
                    Segment segment = recording.get(i);
                    frames.set(segment.index(), frames(segment, i + 1 < starts.length ? starts[i + 1] : UNKNOWN));
                }
            }
        }
        return frames;
    }

    private List<Frame> frames(Segment segment, long behind) throws IOException {
        List<Frame> all = segment.frames();
        long[] starts = new long[all.size()];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = micros(segment.firstTickOf(all.get(i)));
        }
        boolean[] may = mayHold(starts, behind);
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < starts.length; i++) {
            if (may[i]) {
                frames.add(all.get(i));
            }
        }
        return frames;
    }

    /**
     * Which parts of a recording may have ticks of the window. A part goes from its start to that of the next, but where the
     * clock was set back in between, ticks are earlier than its start or later than the next: by less than a part is long,
     * or the next starts earlier than it. So there is room at both ends, and what cannot be told is read. Only a clock that is
     * set back by more than a part is long, and forth again in the same part, hides ticks.
     *
     * @param starts time of the first tick of each part
     * @param behind that of what follows the last one
     */
    private boolean[] mayHold(long[] starts, long behind) {
        long[] bounds = Arrays.copyOf(starts, starts.length + 1);
        bounds[starts.length] = behind;
        long longest = 0;
        for (int i = 0; i < starts.length; i++) {
            if (isForward(bounds, i)) {
                longest = Math.max(longest, bounds[i + 1] - bounds[i]);
            }
        }
        boolean[] may = new boolean[starts.length];
        for (int i = 0; i < starts.length; i++) {
            may[i] = !isForward(bounds, i) || bounds[i] - longest < until && bounds[i + 1] + longest >= since;
        }
        return may;
    }

    private static boolean isForward(long[] bounds, int i) {
        return bounds[i] != UNKNOWN && bounds[i + 1] != UNKNOWN && bounds[i] <= bounds[i + 1];
    }

    private static long micros(String tick) {
        try {
            return Math.floorDiv(TickName.parse(tick), 1000L);
        } catch (IOException e) {
            return UNKNOWN; // none, or no time: to be read
        }
    }
}
