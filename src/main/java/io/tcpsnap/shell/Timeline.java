package io.tcpsnap.shell;

import io.tcpsnap.plot.BandLane;
import io.tcpsnap.plot.Lane;
import io.tcpsnap.plot.LineLane;
import io.tcpsnap.plot.MarkLane;
import io.tcpsnap.plot.Series;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** What a timeline shows of one connection, read from the view {@code connection}. */
final class Timeline {
    private static final String[] CA_STATES = {"open", "disorder", "CWR", "recovery", "loss"};

    /** A tick that shows it. */
    private record Sample(
            long time,
            double[] values,
            Long totalRetrans,
            Long timeouts,
            String state,
            String timer,
            String caState,
            String cookie) {}

    /** What is drawn as a line: its title, its place among the values, its unit. */
    private record Line(String title, int value, int dashed, String unit) {}

    private static final List<Line> LINES = List.of(
            new Line("srtt", 0, -1, "us"),
            new Line("cwnd", 1, 2, null),
            new Line("in flight", 3, -1, null),
            new Line("tx_queue", 4, -1, "bytes"),
            new Line("rx_queue", 5, -1, "bytes"));

    private final List<Sample> samples = new ArrayList<>();

    /** The statement whose rows it reads. In flight is the kernel's tcp_packets_in_flight(). */
    static String sql(String conn) {
        return "SELECT ts, nullif(rtt, 0)::DOUBLE, snd_cwnd::DOUBLE, snd_ssthresh::DOUBLE,"
                + " (unacked::BIGINT - sacked - lost + retrans)::DOUBLE, tx_queue::DOUBLE, rx_queue::DOUBLE,"
                + " total_retrans::BIGINT, retransmits::BIGINT, state::VARCHAR, timer::VARCHAR, ca_state, cookie::VARCHAR"
                + " FROM connection WHERE conn = " + conn + "::UBIGINT ORDER BY ts";
    }

    Timeline(ResultSet rows) throws SQLException {
        while (rows.next()) {
            double[] values = new double[6];
            for (int i = 0; i < values.length; i++) {
                values[i] = rows.getObject(i + 2) instanceof Number number ? number.doubleValue() : Double.NaN;
            }
            Number ca = (Number) rows.getObject(12);
            samples.add(new Sample(
                    PlotRows.micros(rows.getObject(1, LocalDateTime.class)),
                    values,
                    (Long) rows.getObject(8),
                    (Long) rows.getObject(9),
                    rows.getString(10),
                    rows.getString(11),
                    ca == null || ca.intValue() >= CA_STATES.length ? null : CA_STATES[ca.intValue()],
                    rows.getString(13)));
        }
    }

    int size() {
        return samples.size();
    }

    long first() {
        return samples.get(0).time();
    }

    long last() {
        return samples.get(samples.size() - 1).time();
    }

    private long[] times() {
        return samples.stream().mapToLong(Sample::time).toArray();
    }

    private Series series(String name, int value) {
        return new Series(
                name,
                times(),
                samples.stream().mapToDouble(sample -> sample.values()[value]).toArray());
    }

    private boolean has(int value) {
        return samples.stream().anyMatch(sample -> !Double.isNaN(sample.values()[value]));
    }

    /** How many lines there are to draw: those that move. */
    int drawn() {
        return (int) LINES.stream().filter(line -> moves(line.value())).count();
    }

    private boolean moves(int value) {
        return samples.stream()
                        .mapToDouble(sample -> sample.values()[value])
                        .filter(one -> !Double.isNaN(one))
                        .distinct()
                        .limit(2)
                        .count()
                > 1;
    }

    /** @param height lines of a lane that is drawn as a line */
    List<Lane> lanes(int height) {
        List<Lane> lanes = new ArrayList<>();
        for (Line line : LINES) {
            if (has(line.value())) {
                Series dashed = line.dashed() < 0 ? null : series("ssthresh", line.dashed());
                lanes.add(new LineLane(
                        line.title(),
                        series(line.title(), line.value()),
                        dashed,
                        height,
                        Pictures.number(line.unit())));
            }
        }
        marks(lanes, "retrans", samples.stream().map(Sample::totalRetrans).toList());
        marks(lanes, "time-outs", samples.stream().map(Sample::timeouts).toList());
        band(lanes, "state", samples.stream().map(Sample::state).toArray(String[]::new), null);
        band(lanes, "timer", samples.stream().map(Sample::timer).toArray(String[]::new), "none");
        band(lanes, "ca_state", samples.stream().map(Sample::caState).toArray(String[]::new), "open");
        return lanes;
    }

    /** By how much a count grew at each tick; where it fell it began anew. */
    private void marks(List<Lane> lanes, String title, List<Long> counts) {
        if (counts.stream().allMatch(Objects::isNull)) {
            return;
        }
        long[] grown = new long[counts.size()];
        for (int i = 1; i < grown.length; i++) {
            boolean both = counts.get(i) != null && counts.get(i - 1) != null;
            grown[i] = both ? Math.max(0, counts.get(i) - counts.get(i - 1)) : 0;
        }
        lanes.add(new MarkLane(title, times(), grown));
    }

    private void band(List<Lane> lanes, String title, String[] labels, String quiet) {
        if (Arrays.stream(labels).anyMatch(Objects::nonNull)) {
            lanes.add(new BandLane(title, times(), labels, quiet));
        }
    }

    /** What is to be known beside the picture. */
    String remarks() {
        List<String> missing = LINES.stream()
                .filter(line -> !has(line.value()))
                .map(Line::title)
                .toList();
        long sockets = samples.stream()
                .map(Sample::cookie)
                .filter(Objects::nonNull)
                .distinct()
                .count();
        return (missing.isEmpty() ? "" : "; not recorded: " + String.join(", ", missing))
                + (sockets > 1 ? "; the 4-tuple was used by " + sockets + " sockets" : "");
    }
}
