package io.tcpsnap.plot;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcpsnap.Golden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole pictures, in full; time is in seconds from 0. */
class PicturesTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/plot");
    private static final long S = 1_000_000;

    private static String label(long micros) {
        return micros / S + "s";
    }

    private static Series series(String name, double... values) {
        return new Series(
                name, IntStream.range(0, values.length).mapToLong(i -> i * S).toArray(), values);
    }

    /** A saw with a gap of five ticks, a missing value, and a second line. */
    private static List<Lane> lanes() {
        int[] seconds = IntStream.range(0, 40).filter(i -> i < 14 || i > 18).toArray();
        long[] times = Arrays.stream(seconds).mapToLong(i -> i * S).toArray();
        double[] saw = Arrays.stream(seconds)
                .mapToDouble(i -> i == 30 ? Double.NaN : 2 + i % 8)
                .toArray();
        double[] threshold =
                Arrays.stream(seconds).mapToDouble(i -> i < 20 ? Double.NaN : 5).toArray();
        String[] states = Arrays.stream(seconds)
                .mapToObj(i -> i < 3 ? "SYN_SENT" : i < 35 ? "ESTABLISHED" : "FIN_WAIT1")
                .toArray(String[]::new);
        long[] events = Arrays.stream(seconds)
                .mapToLong(i -> i == 10 ? 3 : i == 25 ? 12 : 0)
                .toArray();
        return List.of(
                new LineLane(
                        "cwnd",
                        new Series("cwnd", times, saw),
                        new Series("ssthresh", times, threshold),
                        4,
                        value -> "%.0f".formatted(value)),
                new MarkLane("retrans", times, events),
                new BandLane("state", times, states, null));
    }

    @ParameterizedTest
    @EnumSource(Glyphs.class)
    void lanesShareAnAxisAndGapsStayOpen(Glyphs glyphs) throws IOException {
        List<String> lines = new Chart(glyphs, 72, PicturesTest::label, 0).draw(lanes(), 0, 39 * S);
        assertThat(lines).allMatch(line -> line.length() <= 72);
        Golden.check(GOLDEN.resolve("lanes-" + glyphs.label() + ".txt"), String.join("\n", lines) + "\n");
    }

    @Test
    void asciiIsAscii() {
        List<String> lines = new Chart(Glyphs.ASCII, 72, PicturesTest::label, 0).draw(lanes(), 0, 39 * S);
        assertThat(String.join("\n", lines)).matches("[\\x20-\\x7e\\n]*");
    }

    @Test
    void oneTickAndNoValueDraw() {
        LineLane one = new LineLane("x", series("x", 5), null, 2, value -> "" + (long) value);
        LineLane none = new LineLane("y", series("y", Double.NaN), null, 2, value -> "" + (long) value);
        assertThat(new Chart(Glyphs.BRAILLE, 40, PicturesTest::label, 0).draw(List.of(one, none), 0, 0))
                .hasSize(4)
                .contains("x always 5", "y no value");
    }

    @Test
    void shadesTellZeroFromNoValue() throws IOException {
        List<Series> rows = List.of(
                series("busy", 1, 2, 4, 8, 16, 16, 8, 4, 2, 1),
                series("quiet", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                new Series("late", new long[] {5 * S, 6 * S, 9 * S}, new double[] {3, 5, 16}));
        StringBuilder both = new StringBuilder();
        for (boolean unicode : new boolean[] {true, false}) {
            HeatMap map = new HeatMap(unicode, 60, PicturesTest::label, 0, value -> "%.1f".formatted(value));
            both.append(String.join("\n", map.draw(rows))).append('\n');
        }
        List<Series> wide = List.of(series("wide", 1, 3, 10, 30, 100, 300, 1000));
        HeatMap map = new HeatMap(true, 60, PicturesTest::label, 0, value -> "%.1f".formatted(value));
        both.append(String.join("\n", map.draw(wide))).append('\n');
        Golden.check(GOLDEN.resolve("heat.txt"), both.toString());
    }

    @Test
    void aHundredThousandSamplesKeepTheirExtremes() {
        double[] values = new double[100_000];
        values[54_321] = 1000;
        LineLane lane = new LineLane("x", series("x", values), null, 3, value -> "" + (long) value);
        List<String> lines = new Chart(Glyphs.ASCII, 60, PicturesTest::label, 0).draw(List.of(lane), 0, 99_999 * S);
        assertThat(lines.get(1)).matches("1000 +:");
        assertThat(lines.get(3)).matches(" +0 \\.+:\\.+");
    }
}
