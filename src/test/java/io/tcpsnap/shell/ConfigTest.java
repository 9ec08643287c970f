package io.tcpsnap.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcpsnap.duckdb.Database;
import io.tcpsnap.output.OutputFormat;
import io.tcpsnap.output.Style;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigTest {
    @TempDir
    private Path folder;

    private Path file;
    private Session session;
    private DotCommands commands;

    @BeforeEach
    void open() throws Exception {
        file = folder.resolve("config");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        session = new Session(Database.open(List.of()), out, new PrintStream(out), new Style(true));
        commands = new DotCommands(session);
    }

    @AfterEach
    void close() throws Exception {
        session.close();
    }

    @Test
    void aLineDoesWhatItsCommandDoes() throws Exception {
        Files.writeString(file, "# mine\n\n  mode = csv \nediting=vi\ntheme = none\ntiming = on\n");
        Config.apply(file, true, commands);
        assertThat(session.format()).isEqualTo(OutputFormat.CSV);
        assertThat(session.timing()).isTrue();
        assertThat(session.editing().isVi()).isTrue();
        assertThat(session.editing().theme()).isEqualTo(Theme.NONE);
        assertThat(session.editing().suggests()).isFalse();
    }

    @Test
    void everyKeyIsACommand() {
        assertThat(Config.KEYS)
                .allSatisfy(key -> assertThat(commands.find("." + key)).isNotNull());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mod = csv | :2: there is no 'mod', did you mean mode?",
                "open = x | :2: there is no 'open', did you mean",
                "mode = cvs | :2: no mode 'cvs'",
                "editing = ed | :2: write .editing and one of: emacs, vi",
                "mode csv | :2: write KEY = VALUE, not 'mode csv'",
                "mode = | :2: 'mode' has no value",
            })
    void whatIsWrongIsNamedWithItsLine(String line, String message) throws Exception {
        Files.writeString(file, "# first\n" + line + "\n");
        assertThatThrownBy(() -> Config.apply(file, false, commands))
                .isInstanceOf(Config.WrongException.class)
                .hasMessageStartingWith(file + message);
    }

    @Test
    void aFileThatNobodyNamedMayBeMissing() throws Exception {
        Config.apply(file, false, commands);
        assertThatThrownBy(() -> Config.apply(file, true, commands)).hasMessage(file + ": no such file");
    }
}
