package io.tcpsnap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read without the parser means what the parser says, or is left to it. */
class PlainWordsTest {
    private static final List<String> WORDS = List.of(
            "a.tar.zst",
            "b",
            "dir/*",
            "-c",
            "-f",
            "-n",
            "-c",
            "select 1",
            "-- x\nselect 1",
            "-",
            "--",
            "--format",
            "--format=csv",
            "csv",
            "json",
            "--no-cache",
            "--unsafe",
            "-p",
            "a=b",
            "@file",
            "\"quoted\"",
            "'one'",
            "",
            "--help",
            "-h",
            "-csql",
            "--form",
            "query",
            "a,b",
            "x=y",
            "${user.home}");

    private static Object parsed(String... words) {
        return CommandLines.line().parseArgs(words).subcommand().commandSpec().userObject();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "query a -c select",
                "query --format csv a b --no-cache -c select -n sockets -f file --unsafe",
                "query a",
                "shell",
                "shell a b.tar.zst",
            })
    void plainOnesAreRead(String line) {
        same(line.split(" ", -1));
    }

    private static void same(String... words) {
        assertThat(PlainWords.read(words))
                .as(Arrays.toString(words))
                .usingRecursiveComparison()
                .ignoringFields("spec")
                .isEqualTo(parsed(words));
    }

    @Test
    void whatIsReadIsWhatTheParserSays() {
        Random random = new Random(20261125);
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            List<String> words = new ArrayList<>(List.of(random.nextInt(9) == 0 ? "shell" : "query"));
            for (int n = random.nextInt(7); n >= 0; n--) {
                words.add(WORDS.get(random.nextInt(WORDS.size())));
            }
            String[] args = words.toArray(String[]::new);
            if (PlainWords.read(args) != null) {
                same(args);
                read++;
            }
        }
        assertThat(read).isGreaterThan(500);
    }

    @Test
    void mistakesAreLeftToTheParser() {
        for (String line : List.of(
                "query",
                "query -c select",
                "query a -c",
                "query a --format",
                "query a --formt csv",
                "shell -c select",
                "info a")) {
            assertThat(PlainWords.read(line.split(" ", -1))).as(line).isNull();
        }
        assertThat(PlainWords.read()).isNull();
    }
}
