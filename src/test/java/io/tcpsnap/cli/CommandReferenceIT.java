package io.tcpsnap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcpsnap.archive.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The documents that a package installs. */
class CommandReferenceIT {
    @TempDir
    private Path folder;

    @Test
    void pageHasEveryCommandAndOption() throws Exception {
        CommandReference.main(new String[] {folder.toString()});
        String page = Files.readString(folder.resolve("tcpsnap.1")).replace("\\-", "-");
        for (CommandLine command : CommandLines.line().getSubcommands().values()) {
            assertThat(page).contains("\n.SS " + command.getCommandName() + "\n");
            command.getCommandSpec().options().stream()
                    .filter(option -> !option.hidden())
                    .forEach(option -> assertThat(page).contains("\\fB" + option.longestName() + "\\fR"));
        }
    }

    @ParameterizedTest
    @CsvSource({"rec, record", "record --netn, --netns", "query --form, --format"})
    void bashCompletes(String typed, String word) throws Exception {
        CommandReference.main(new String[] {folder.toString()});
        String completed = Shell.run(
                "bash",
                "-c",
                "compopt() { :; }; . \"$0\"; COMP_WORDS=(tcpsnap $1); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _complete_tcpsnap;"
                        + " echo \"${COMPREPLY[@]}\"",
                folder.resolve("tcpsnap.bash"),
                typed);
        assertThat(completed.strip()).isEqualTo(word);
    }
}
