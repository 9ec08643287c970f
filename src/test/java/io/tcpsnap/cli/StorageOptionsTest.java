package io.tcpsnap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcpsnap.capture.Storage;
import io.tcpsnap.capture.Storage.Floor;
import io.tcpsnap.capture.Storage.Limit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What times, sizes and shares on the command line mean, and what is said where they mean nothing. */
class StorageOptionsTest {
    private static final long MINUTE = 60_000_000_000L;

    @CommandLine.Command
    private static final class Words {
        @CommandLine.Mixin
        private StorageOptions storage;
    }

    private static Storage storage(String... words) {
        Words parsed = new Words();
        new CommandLine(parsed).parseArgs(words);
        return parsed.storage.storage();
    }

    @Test
    void nothingSaidIsAnHourOrSoMuchAndNothingIsDeleted() {
        assertThat(storage()).isEqualTo(Storage.DEFAULTS);
        assertThat(storage().drops()).isFalse();
        assertThat(storage().keep()).isEqualTo(Limit.NONE);
    }

    @Test
    void timesAndSizesInAnyOrder() {
        assertThat(storage("--rotate", "10m").rotate()).isEqualTo(new Limit(10 * MINUTE, Long.MAX_VALUE));
        assertThat(storage("--rotate", "64MB|10m").rotate()).isEqualTo(new Limit(10 * MINUTE, 64_000_000));
        assertThat(storage("--rotate", "10m,1.5MiB").rotate()).isEqualTo(new Limit(10 * MINUTE, 3 << 19));
    }

    @Test
    void aSegmentIsATenthOfWhatIsKept() {
        Storage storage = storage("--keep", "100m,1GB");
        assertThat(storage.rotate()).isEqualTo(new Limit(10 * MINUTE, 100_000_000));
        assertThat(storage.drops()).isTrue();
    }

    @Test
    void spaceIsAShareOrASize() {
        assertThat(storage("--min-free", "5%").floor()).isEqualTo(new Floor(0.05, Long.MAX_VALUE));
        assertThat(storage("--min-free", "500MB").floor()).isEqualTo(new Floor(1, 500_000_000));
        assertThat(storage("--min-free", "5%").drops()).isTrue();
    }

    @Test
    void noDistanceOfSyncsIsEachTick() {
        assertThat(storage("--sync", "0").syncNanos()).isZero();
        assertThat(storage("--sync", "1m").syncNanos()).isEqualTo(MINUTE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "--rotate; 10; '10' is no time",
                "--rotate; 10M; (sizes end in B)",
                "--rotate; 0s; must be more than nothing",
                "--keep; 1h,; '' is no time",
                "--min-free; 100%; is no space",
                "--sync; soon; 'soon' is no time",
            })
    void whatMeansNothingIsSaid(String option, String value, String message) {
        assertThatThrownBy(() -> storage(option, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(option)
                .hasMessageContaining(message);
    }

    @Test
    void aSegmentLargerThanAllIsRefused() {
        assertThatThrownBy(() -> storage("--keep", "1h", "--rotate", "2h")).hasMessageContaining("--keep");
    }
}
