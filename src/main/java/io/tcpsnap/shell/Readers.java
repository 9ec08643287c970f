package io.tcpsnap.shell;

import io.tcpsnap.duckdb.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.impl.history.DefaultHistory;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.InfoCmp;

/** Makes the terminal and the line reader: the only place that knows how jline is set up. */
final class Readers {
    private Readers() {}

    static Terminal terminal() throws IOException {
        Terminal terminal = TerminalBuilder.builder()
                .system(true)
                .providers("jni,exec")
                // its probe at start would swallow what was typed before the prompt came
                .graphemeCluster(false)
                .nativeSignals(true)
                .build();
        // tmux and screen draw box characters as letters otherwise
        terminal.puts(InfoCmp.Capability.ena_acs);
        return terminal;
    }

    static LineReader build(Terminal terminal, Database database, DotCommands commands) {
        boolean plain = System.getenv("NO_COLOR") != null;
        LineReaderBuilder builder = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("tcpsnap")
                .parser(new ShellParser())
                .completer(new ShellCompleter(database, commands))
                .history(new DefaultHistory())
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.HISTORY_INCREMENTAL, true)
                .option(LineReader.Option.CASE_INSENSITIVE, true)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "      %M> ")
                .variable(LineReader.LIST_MAX, 200);
        Path history = history();
        if (history != null) {
            builder.variable(LineReader.HISTORY_FILE, history);
        }
        if (!plain) {
            builder.highlighter(new SqlHighlighter());
        }
        return builder.build();
    }

    /** The history file, in a folder of the user's alone; null where none can be made: the shell works without. */
    private static Path history() {
        String state = System.getenv("XDG_STATE_HOME");
        Path home = state != null && !state.isEmpty()
                ? Path.of(state)
                : Path.of(System.getProperty("user.home"), ".local", "state");
        Path file = home.resolve("tcpsnap").resolve("history");
        try {
            Files.createDirectories(
                    file.getParent(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            if (!Files.exists(file)) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            return file;
        } catch (IOException e) {
            return null;
        }
    }
}
