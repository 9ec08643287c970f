package io.tcpsnap.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelVersionTest {
    @ParameterizedTest
    @CsvSource({
        "2.4.22, 0x020416",
        "2.6.32-431.el6.x86_64, 0x020620",
        "3.10.0-1160.el7.x86_64, 0x030a00",
        "6.18.44-fc-v669, 0x06122c",
        "7.0-rc3, 0x070000",
        "4.19.325, 0x0413ff",
        "unknown, 0",
        ", 0",
    })
    void releasesCompareAsTheirNumbers(String release, String code) {
        assertThat(KernelVersion.of(release)).isEqualTo(Integer.decode(code));
    }
}
