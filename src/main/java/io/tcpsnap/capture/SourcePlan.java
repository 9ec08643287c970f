package io.tcpsnap.capture;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which sources to copy, and how often.
 *
 * @param periods by name, as in {@link Sources#names} and in that order: 1 for each tick, 10 for every tenth
 */
public record SourcePlan(Map<String, Integer> periods) {
    private static final Pattern WORD = Pattern.compile("([+-]?)\\s*([a-z0-9]+)(?:/(\\d{1,6}))?");

    /** Ticks closer than this have no time for a walk of the whole hash table in text. */
    private static final long DENSE_NANOS = 50_000_000L;

    private static final long WALK_NANOS = 2_000_000_000L;

    /**
     * What is copied where nothing is chosen: all at each tick, but /proc/net/tcp and tcp6, whose sockets the dump has too,
     * every two seconds only where ticks are less than 50 ms apart.
     */
    public static SourcePlan byDefault(long intervalNanos) {
        int walks = intervalNanos < DENSE_NANOS ? (int) (WALK_NANOS / intervalNanos) : 1;
        Map<String, Integer> periods = new LinkedHashMap<>();
        Sources.defaults().forEach(name -> periods.put(name, Sources.isWalk(name) ? walks : 1));
        return new SourcePlan(periods);
    }

    /**
     * Reads a choice: names separated by commas are what to take, {@code name/10} at every tenth tick; {@code +name} and
     * {@code -name} change the default.
     *
     * @param intervalNanos distance of ticks, which the default depends on
     * @throws IllegalArgumentException where a word is none of these or nothing is left; the message says so
     */
    public static SourcePlan parse(String choice, long intervalNanos) {
        Map<String, Integer> chosen = new LinkedHashMap<>();
        Set<String> named = new HashSet<>();
        boolean first = true;
        for (String word : choice.split(",", -1)) {
            Matcher m = WORD.matcher(word.strip());
            String name = m.matches() ? m.group(2) : word.strip();
            if (!m.matches() || !Sources.names().contains(name)) {
                throw new IllegalArgumentException(
                        "unknown source '" + name + "': there are " + String.join(", ", Sources.names()));
            }
            if (first && !m.group(1).isEmpty()) {
                chosen.putAll(byDefault(intervalNanos).periods());
            }
            first = false;
            named.add(name);
            if (m.group(1).equals("-")) {
                chosen.remove(name);
            } else {
                chosen.put(name, period(word, m.group(3)));
            }
        }
        if (!chosen.containsKey(Sources.DIAG)) { // nothing else has their sockets
            chosen.replaceAll((name, period) -> Sources.isWalk(name) && !named.contains(name) ? 1 : period);
        }
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("no source is left to record");
        }
        Map<String, Integer> ordered = new LinkedHashMap<>();
        Sources.names().stream().filter(chosen::containsKey).forEach(name -> ordered.put(name, chosen.get(name)));
        return new SourcePlan(ordered);
    }

    private static int period(String word, String number) {
        int period = number == null ? 1 : Integer.parseInt(number);
        if (period == 0) {
            throw new IllegalArgumentException("'" + word.strip() + "': a period is at least 1");
        }
        return period;
    }

    Set<String> names() {
        return periods.keySet();
    }
}
