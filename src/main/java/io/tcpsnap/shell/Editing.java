package io.tcpsnap.shell;

import io.tcpsnap.shell.DotCommand.Completes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;

/** How lines are edited: keys, colours, suggestions, and the editor that takes a statement. */
final class Editing {
    private static final List<String> MODES = List.of("emacs", "vi");

    private final Session session;
    private Theme theme = Theme.byDefault();
    private boolean vi;
    private boolean suggestions = true;
    private String last = "";
    private String next = "";

    Editing(Session session) {
        this.session = session;
    }

    List<DotCommand> all() {
        return List.of(
                DotCommand.of(
                        ".edit", "", "Edit the last statement in $VISUAL or $EDITOR.", Completes.NOTHING, this::edit),
                DotCommand.choice(".editing", "Choose the keys of the line editor.", MODES, this::mode),
                DotCommand.choice(".theme", "Choose colours for a background, or none.", Theme.labels(), this::theme),
                DotCommand.choice(
                        ".suggestions",
                        "Show how the history goes on; Right takes it.",
                        List.of("on", "off"),
                        this::suggestions));
    }

    Theme theme() {
        return theme;
    }

    boolean isVi() {
        return vi;
    }

    /** Without colours one could not tell them from what is typed. */
    boolean suggests() {
        return suggestions && theme != Theme.NONE;
    }

    /** Something was typed and ran. */
    void ran(String text) {
        if (!DotCommands.isCommand(text)) {
            last = text;
        }
    }

    /** What the next line begins with. */
    String takeNext() {
        String text = next;
        next = "";
        return text;
    }

    private void mode(String word) throws SQLException, IOException {
        if (shows(".editing", word, vi ? "vi" : "emacs")) {
            return;
        }
        vi = chosen(".editing", word, MODES).equals("vi");
    }

    private void theme(String word) throws SQLException, IOException {
        if (shows(".theme", word, theme.label())) {
            return;
        }
        theme = Theme.of(chosen(".theme", word, Theme.labels()));
    }

    private void suggestions(String word) throws SQLException, IOException {
        if (shows(".suggestions", word, suggestions ? "on" : "off")) {
            return;
        }
        suggestions = chosen(".suggestions", word, List.of("on", "off")).equals("on");
    }

    /** Without a word, says what is chosen. */
    private boolean shows(String command, String word, String value) throws IOException {
        if (word.isEmpty()) {
            session.out().println(command + " " + value);
        }
        return word.isEmpty();
    }

    private static String chosen(String command, String word, List<String> words) throws SQLException {
        if (!words.contains(word)) {
            throw new SQLException("write " + command + " and one of: " + String.join(", ", words));
        }
        return word;
    }

    private void edit(String none) throws SQLException, IOException {
        if (!Terminals.isInput() || !Terminals.isOutput()) {
            throw new SQLException(".edit needs a terminal");
        }
        Path file = Files.createTempFile(
                "tcpsnap", ".sql", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(file, last.isEmpty() ? "\n" : last + "\n");
            Process editor = new ProcessBuilder("/bin/sh", "-c", editor() + " \"$1\"", "sh", file.toString())
                    .inheritIO()
                    .start();
            int code = editor.waitFor();
            if (code != 0) {
                throw new SQLException("the editor ended with " + code + ": nothing was taken");
            }
            next = Files.readString(file).strip();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static String editor() {
        for (String name : List.of("VISUAL", "EDITOR")) {
            String command = System.getenv(name);
            if (command != null && !command.isBlank()) {
                return command;
            }
        }
        return "vi";
    }
}
