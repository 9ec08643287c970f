package io.tcpsnap.pins;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reads a window as people write it: {@code 14:02:10 +30s}, {@code 14:02 14:05}, {@code 2026-11-24T14:02 +1h}, or, counted
 * from the first tick, {@code +12s +5s}.
 */
public final class WindowInput {
    private final LocalDateTime first;
    private final LocalDateTime last;
    private final ZoneId zone;

    /**
     * @param first the first tick, UTC: it gives a time of day its date
     * @param last the last tick
     * @param zone the zone that times are written in
     */
    public WindowInput(LocalDateTime first, LocalDateTime last, ZoneId zone) {
        this.first = first;
        this.last = last;
        this.zone = zone;
    }

    /** @throws IllegalArgumentException with a message for the user */
    public Window parse(String text) {
        List<String> words = new ArrayList<>(Arrays.asList(text.strip().split("\\s+")));
        for (int i = 0; i + 1 < words.size(); i++) {
            if (isDate(words.get(i))) {
                words.set(i, words.get(i) + "T" + words.remove(i + 1));
            }
        }
        if (words.size() != 2) {
            throw new IllegalArgumentException("write START and END, as .window 14:02:10 +30s");
        }
        LocalDateTime from = words.get(0).startsWith("+") ? after(first, words.get(0)) : time(words.get(0));
        LocalDateTime to = words.get(1).startsWith("+") ? after(from, words.get(1)) : end(words.get(1), from);
        return new Window(from, to);
    }

    private static LocalDateTime after(LocalDateTime time, String length) {
        return time.plus(Span.parse(length.substring(1)));
    }

    private LocalDateTime end(String word, LocalDateTime from) {
        if (word.indexOf('T') >= 0) {
            return time(word);
        }
        LocalDateTime start = local(from);
        LocalDateTime same = start.toLocalDate().atTime(timeOfDay(word));
        return utc(same.isAfter(start) ? same : same.plusDays(1));
    }

    private LocalDateTime time(String word) {
        int t = word.indexOf('T');
        try {
            if (t > 0) {
                return utc(LocalDate.parse(word.substring(0, t)).atTime(timeOfDay(word.substring(t + 1))));
            }
        } catch (DateTimeException e) {
            throw wrong(word);
        }
        return onItsDay(word, timeOfDay(word));
    }

    /** A time of day on the one day of the recording that has it. */
    private LocalDateTime onItsDay(String word, LocalTime time) {
        List<LocalDateTime> inside = new ArrayList<>();
        LocalDate lastDay = local(last).toLocalDate();
        for (LocalDate day = local(first).toLocalDate(); !day.isAfter(lastDay); day = day.plusDays(1)) {
            LocalDateTime at = utc(day.atTime(time));
            if (!at.isBefore(first.minusMinutes(1)) && !at.isAfter(last)) {
                inside.add(at);
            }
        }
        if (inside.size() > 1) {
            throw new IllegalArgumentException("the recording has " + word + " on several days, write "
                    + inside.stream()
                            .limit(3)
                            .map(at -> local(at).toLocalDate() + "T" + word)
                            .collect(Collectors.joining(" or ")));
        }
        return inside.isEmpty() ? utc(local(first).toLocalDate().atTime(time)) : inside.get(0);
    }

    private static LocalTime timeOfDay(String word) {
        try {
            return LocalTime.parse(word.length() > 1 && word.charAt(1) == ':' ? "0" + word : word);
        } catch (DateTimeException e) {
            throw wrong(word);
        }
    }

    private static IllegalArgumentException wrong(String word) {
        return new IllegalArgumentException("'" + word + "' is no time: write 14:02:10, 2026-11-24T14:02:10 or +12s");
    }

    private static boolean isDate(String word) {
        return word.matches("\\d{4}-\\d\\d-\\d\\d");
    }

    private LocalDateTime local(LocalDateTime utc) {
        return utc.atOffset(ZoneOffset.UTC).atZoneSameInstant(zone).toLocalDateTime();
    }

    private LocalDateTime utc(LocalDateTime local) {
        return local.atZone(zone).withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime();
    }
}
