package io.tcpsnap.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Names over time, as states: each stands where it begins, with a line as long as it holds.
 *
 * @param times microseconds, ascending
 * @param labels null where there is none
 * @param quiet a label that is nothing to look at, as that of no timer; null for none
 */
public record BandLane(String title, long[] times, String[] labels, String quiet) implements Lane {
    @Override
    public List<Row> draw(TimeAxis axis, Glyphs glyphs) {
        char[] line = new char[axis.columns()];
        Arrays.fill(line, ' ');
        List<Integer> starts = new ArrayList<>();
        List<String> names = new ArrayList<>();
        long gap = Series.gap(times);
        boolean broken = true;
        for (int i = 0; i < times.length; i++) {
            if (!axis.has(times[i]) || labels[i] == null) {
                broken = true;
                continue;
            }
            int from = axis.column(times[i], line.length);
            boolean held = i + 1 < times.length && axis.has(times[i + 1]) && times[i + 1] - times[i] <= gap;
            int to = held ? axis.column(times[i + 1], line.length) : from;
            boolean isQuiet = labels[i].equals(quiet);
            Arrays.fill(line, from, to + 1, isQuiet ? ' ' : glyphs.isUnicode() ? '─' : '-');
            if (!isQuiet && (broken || !Objects.equals(labels[i], labels[i - 1]))) {
                starts.add(from);
                names.add(labels[i]);
            }
            broken = !held;
        }
        write(line, starts, names, glyphs);
        return List.of(new Row(title, new String(line)));
    }

    /** Writes each name at its start, cut where the next one begins. */
    private static void write(char[] line, List<Integer> starts, List<String> names, Glyphs glyphs) {
        for (int i = 0; i < starts.size(); i++) {
            int from = starts.get(i);
            int end = i + 1 < starts.size() ? starts.get(i + 1) : line.length;
            if (end <= from) {
                continue; // another began in the same column
            }
            line[from] = glyphs.isUnicode() ? '├' : '|';
            String name = names.get(i);
            for (int k = 0; k < name.length() && from + 1 + k < end; k++) {
                line[from + 1 + k] = name.charAt(k);
            }
        }
    }
}
