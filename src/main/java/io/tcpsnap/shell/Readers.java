package io.tcpsnap.shell;

import io.tcpsnap.complete.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.impl.history.DefaultHistory;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.InfoCmp;

/** Makes the terminal and the line reader: the only place that knows how jline is set up. */
final class Readers {
    private static final List<String> COMPLETION_STYLES = List.of(
            LineReader.COMPLETION_STYLE_STARTING,
            LineReader.COMPLETION_STYLE_DESCRIPTION,
            LineReader.COMPLETION_STYLE_GROUP,
            LineReader.COMPLETION_STYLE_BACKGROUND,
            LineReader.COMPLETION_STYLE_LIST_STARTING,
            LineReader.COMPLETION_STYLE_LIST_DESCRIPTION,
            LineReader.COMPLETION_STYLE_LIST_GROUP,
            LineReader.COMPLETION_STYLE_LIST_BACKGROUND);

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

    static LineReader build(Terminal terminal, Names names, DotCommands commands) {
        boolean plain = System.getenv().getOrDefault("NO_COLOR", "").length() > 0;
        LineReaderBuilder builder = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("tcpsnap")
                .parser(new ShellParser())
                .completer(new ShellCompleter(names, commands))
                .history(new DefaultHistory())
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.HISTORY_INCREMENTAL, true)
                .option(LineReader.Option.CASE_INSENSITIVE, true)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "      %M> ")
                // it takes any word for any other
                .option(LineReader.Option.COMPLETE_MATCHER_TYPO, false)
                .variable(LineReader.HISTORY_SIZE, 10_000)
                .variable(LineReader.HISTORY_FILE_SIZE, 10_000)
                .variable(LineReader.LIST_MAX, 200);
        Path history = history();
        if (history != null) {
            builder.variable(LineReader.HISTORY_FILE, history);
        }
        if (plain) {
            COMPLETION_STYLES.forEach(style -> builder.variable(style, "fg:default"));
        } else {
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
