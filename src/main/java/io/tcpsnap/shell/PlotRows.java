package io.tcpsnap.shell;

import io.tcpsnap.output.Result;
import io.tcpsnap.plot.Series;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A result as things to draw: one column of times, columns of numbers, and the columns that tell one series from another.
 * Columns that are the same in all rows tell nothing; numbers that only name things are not drawn.
 */
final class PlotRows {
    static final int MOST = 1_000_000;
    private static final Set<String> NAMING = Set.of(
            "snapshot_id",
            "conn",
            "cookie",
            "inode",
            "uid",
            "pid",
            "family",
            "local_port",
            "remote_port",
            "segment",
            "seq",
            "lone",
            "boot",
            "run",
            "life",
            "ifindex",
            "sl",
            "timer_code",
            "cpu",
            "interval_s",
            "clock_ns");

    /** A row: its time in microseconds, its numbers, and what it is of. */
    private record Row(long time, double[] numbers, String[] keys) {}

    private final List<String> numberNames = new ArrayList<>();
    private final List<Integer> numbers = new ArrayList<>();
    private final List<Integer> keys = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private int time = -1;
    private boolean cut;

    /** @param wanted names of the columns to draw; empty for all */
    PlotRows(Result result, List<String> wanted) throws SQLException {
        for (int i = 0; i < result.count(); i++) {
            String name = result.name(i);
            if (result.isTime(i) && (time < 0 || name.equals("ts"))) {
                time = i;
            } else if (wanted.contains(name) || wanted.isEmpty() && result.isNumber(i) && !NAMING.contains(name)) {
                if (!result.isNumber(i)) {
                    throw new SQLException(name + " is no number: it cannot be drawn");
                }
                numbers.add(i);
                numberNames.add(name);
            } else if (!result.isNumber(i) && !result.isTime(i)
                    || name.equals("local_port")
                    || name.equals("remote_port")
                    || name.equals("cpu")) {
                keys.add(i);
            }
        }
        for (String name : wanted) {
            if (!numberNames.contains(name)) {
                throw new SQLException("the result has no column " + name);
            }
        }
        if (time < 0) {
            throw new SQLException("the result has no column of times: select ts, too");
        }
        if (numbers.isEmpty()) {
            throw new SQLException("the result has no column of numbers");
        }
        read(result);
    }

    private void read(Result result) throws SQLException {
        while (result.next()) {
            if (rows.size() == MOST) {
                cut = true;
                return;
            }
            if (!(result.value(time) instanceof LocalDateTime at)) {
                continue;
            }
            double[] values = new double[numbers.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = result.value(numbers.get(i)) instanceof Number number ? number.doubleValue() : Double.NaN;
            }
            String[] of = new String[keys.size()];
            for (int i = 0; i < of.length; i++) {
                String text = result.text(keys.get(i));
                of[i] = text == null ? null : text.intern();
            }
            rows.add(new Row(ChronoUnit.MICROS.between(EPOCH, at), values, of));
        }
    }

    private static final LocalDateTime EPOCH = LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC);

    static LocalDateTime time(long micros) {
        return EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    static long micros(LocalDateTime time) {
        return ChronoUnit.MICROS.between(EPOCH, time);
    }

    /** Whether there were more than {@value #MOST} rows. */
    boolean cut() {
        return cut;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Names of the columns of numbers. */
    List<String> numberNames() {
        return numberNames;
    }

    /** The series of a column of numbers, by what tells them apart; that is empty where it is one. */
    Map<String, Series> series(int number) {
        Map<String, List<Row>> groups = new LinkedHashMap<>();
        boolean[] tells = telling();
        for (Row row : rows) {
            groups.computeIfAbsent(key(row, tells), key -> new ArrayList<>()).add(row);
        }
        Map<String, Series> series = new LinkedHashMap<>();
        groups.forEach((key, of) -> {
            of.sort(Comparator.comparingLong(Row::time));
            series.put(
                    key,
                    new Series(
                            key,
                            of.stream().mapToLong(Row::time).toArray(),
                            of.stream()
                                    .mapToDouble(row -> row.numbers()[number])
                                    .toArray()));
        });
        return series;
    }

    /** Which of the keys have more than one value. */
    private boolean[] telling() {
        boolean[] tells = new boolean[keys.size()];
        for (int i = 0; i < tells.length; i++) {
            Set<String> seen = new HashSet<>();
            for (Row row : rows) {
                seen.add(row.keys()[i]);
                tells[i] |= seen.size() > 1;
                if (tells[i]) {
                    break;
                }
            }
        }
        return tells;
    }

    private static String key(Row row, boolean[] tells) {
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < tells.length; i++) {
            if (tells[i]) {
                key.append(key.isEmpty() ? "" : " ").append(Objects.requireNonNullElse(row.keys()[i], "NULL"));
            }
        }
        return key.toString();
    }
}
