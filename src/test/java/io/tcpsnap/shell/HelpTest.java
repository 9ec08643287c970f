package io.tcpsnap.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcpsnap.duckdb.Database;
import io.tcpsnap.output.Style;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HelpTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private Session session;
    private DotCommands commands;

    @BeforeEach
    void open() throws Exception {
        session = new Session(Database.open(List.of()), out, new PrintStream(out), new Style(true));
        commands = new DotCommands(session);
    }

    @AfterEach
    void close() throws Exception {
        session.close();
    }

    private String says(String line) throws Exception {
        out.reset();
        commands.run(line);
        session.out().flush();
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void everyCommandIsExplainedAndNothingElse() throws Exception {
        assertThat(HelpCommands.sections().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(commands.all().stream().map(DotCommand::name), Stream.of("keys"))
                                .toList());
        for (DotCommand command : commands.all()) {
            assertThat(says(".help " + command.name()))
                    .startsWith(command.name())
                    .contains(command.help());
        }
    }

    @Test
    void aColumnIsExplainedForEachTableThatHasIt() throws Exception {
        assertThat(says(".doc ssthresh")).isEqualTo("""
                        ssthresh  BIGINT, segments  of tcp
                                    Slow start threshold.
                        NULL        a time_wait or request row, which ends before, or of netstat; or a listener; never
                                    reduced, see in_initial_slowstart
                        kernel      tcp_in_initial_slowstart(tp) ? -1 : tp->snd_ssthresh
                        """);
        assertThat(says(".doc state")).contains("values      ", "ESTABLISHED", " of tcp", "connection");
    }

    @Test
    void tablesFunctionsAndOwnNamesAreExplainedToo() throws Exception {
        assertThat(says(".help recording")).startsWith("recording").contains("Columns: ");
        assertThat(says(".doc spark")).contains("spark(x, t)", "eight heights");
        assertThat(says(".doc REGEXP_MATCHES(")).contains("regexp_matches(", "example");
        session.run("CREATE TABLE mine (zebra INTEGER)");
        assertThat(says(".doc zebra")).startsWith("zebra  INTEGER  of mine");
    }
}
