package io.tcpsnap.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {
    @ParameterizedTest
    @CsvSource({
        "0, us, 0 s",
        "53, us, 53 us",
        "999, us, 999 us",
        "999.99, us, 1 ms",
        "204000, us, 204 ms",
        "13050, ms, 13.05 s",
        "599999, ms, 600 s",
        "900, s, 15 min",
        "172800000, ms, 2 d",
        "-250, ms, -250 ms",
        "0.25, ns, 0.25 ns",
        "0, bytes, 0 B",
        "1023, bytes, 1023 B",
        "1024, bytes, 1 KiB",
        "1048575, bytes, 1 MiB",
        "1240000, bytes, 1.183 MiB",
        "18446744073709551615, bytes, 16 EiB",
        "11675000, bytes/s, 93.4 Mbit/s",
        "125, bytes/s, 1 kbit/s",
    })
    void scales(double value, String unit, String text) {
        assertThat(Quantity.of(value, unit)).isEqualTo(text);
    }

    @Test
    void aCountIsBestAsItIs() {
        assertThat(Quantity.of(12345, "segments")).isNull();
        assertThat(Quantity.of(Double.NaN, "us")).isNull();
        assertThat(Quantity.of(Double.POSITIVE_INFINITY, "bytes")).isNull();
    }
}
