package io.tcpsnap.shell;

import io.tcpsnap.complete.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jline.keymap.KeyMap;
import org.jline.reader.Binding;
import org.jline.reader.Buffer;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Reference;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.reader.impl.history.DefaultHistory;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.InfoCmp;
import org.jline.utils.Signals;

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

    private static final String TAKE_SUGGESTION = "take-suggestion";
    private static final String SEARCH = "search-history";

    private Readers() {}

    static Terminal terminal() throws IOException {
        // jline takes one handler away before it sets the next, twice for each line: without one before them, a
        // Ctrl-C at that moment would end the program
        AtomicReference<Terminal> current = new AtomicReference<>();
        Signals.register("INT", () -> interrupt(current.get()));
        Terminal terminal = TerminalBuilder.builder()
                .system(true)
                .providers("jni,exec")
                // its probe at start would swallow what was typed before the prompt came
                .graphemeCluster(false)
                .nativeSignals(true)
                .build();
        current.set(terminal);
        if (terminal.getWidth() <= 0 || terminal.getHeight() <= 0) {
            terminal.setSize(new Size(80, 24)); // a serial line, or a container's, says nothing
        }
        // tmux and screen draw box characters as letters otherwise
        terminal.puts(InfoCmp.Capability.ena_acs);
        return terminal;
    }

    private static void interrupt(Terminal terminal) {
        if (terminal != null) {
            terminal.raise(Terminal.Signal.INT);
        }
    }

    static LineReaderImpl build(Terminal terminal, Names names, DotCommands commands, Editing editing) {
        LineReaderBuilder builder = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("tcpsnap")
                .parser(new ShellParser())
                .completer(new ShellCompleter(names, commands))
                .highlighter(new SqlHighlighter(editing))
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
        LineReaderImpl reader = (LineReaderImpl) builder.build();
        reader.getWidgets().put(TAKE_SUGGESTION, () -> takeSuggestion(reader));
        for (String keys : List.of(LineReader.EMACS, LineReader.VIINS)) {
            KeyMap<Binding> map = reader.getKeyMaps().get(keys);
            map.bind(new Reference(TAKE_SUGGESTION), "\033[C", "\033OC");
            map.bind(new Reference(SEARCH), KeyMap.ctrl('R'));
        }
        return reader;
    }

    /** Right: behind the end of what is typed, takes what is suggested; else goes right. */
    private static boolean takeSuggestion(LineReaderImpl reader) {
        String tail = reader.getTailTip();
        Buffer buffer = reader.getBuffer();
        if (buffer.cursor() < buffer.length() || tail.isEmpty()) {
            reader.callWidget(LineReader.FORWARD_CHAR);
        } else {
            buffer.write(tail);
        }
        return true;
    }

    /** Before each line: what may have been chosen since the last. */
    static void prepare(LineReaderImpl reader, Editing editing, String prompt) {
        String plain = editing.theme() == Theme.NONE ? "fg:default" : null;
        COMPLETION_STYLES.forEach(style -> reader.setVariable(style, plain));
        reader.getKeyMaps()
                .put(LineReader.MAIN, reader.getKeyMaps().get(editing.isVi() ? LineReader.VIINS : LineReader.EMACS));
        reader.setAutosuggestion(
                editing.suggests() ? LineReader.SuggestionType.HISTORY : LineReader.SuggestionType.NONE);
        SearchKey search = new SearchKey(reader, prompt);
        reader.getWidgets().put(SEARCH, search::run);
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
            if (Files.exists(file)) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            } else {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            return file;
        } catch (IOException e) {
            return null;
        }
    }
}
