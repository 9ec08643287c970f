package io.tcpsnap.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistorySearchTest {
    private static final HistorySearch SEARCH = new HistorySearch(List.of(
            "SELECT count(*) FROM tcp;",
            "FROM tcp_info WHERE cong = 'bbr';",
            ".conn 10.0.0.5:443",
            "SELECT 1;",
            "SELECT count(*) FROM tcp;"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "count | SELECT count(*) FROM tcp;",
                "cnt | SELECT count(*) FROM tcp;",
                "tcp | SELECT count(*) FROM tcp; / FROM tcp_info WHERE cong = 'bbr';",
                "con | .conn 10.0.0.5:443 / FROM tcp_info WHERE cong = 'bbr'; / SELECT count(*) FROM tcp;",
                "info bbr | FROM tcp_info WHERE cong = 'bbr';",
                "BBR Info | FROM tcp_info WHERE cong = 'bbr';",
                "443 | .conn 10.0.0.5:443",
                "zebra | ``",
                "tcp zebra | ``",
            })
    void lettersFindStatements(String term, String expected) {
        assertThat(String.join(" / ", SEARCH.find(term))).isEqualTo(expected.replace("`", ""));
    }

    @ParameterizedTest
    @CsvSource({"''", "' '"})
    void withoutLettersTheNewestComesFirstAndEachOnce(String term) {
        assertThat(SEARCH.find(term))
                .containsExactly(
                        "SELECT count(*) FROM tcp;",
                        "SELECT 1;",
                        ".conn 10.0.0.5:443",
                        "FROM tcp_info WHERE cong = 'bbr';");
    }
}
