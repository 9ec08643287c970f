package io.tcpsnap.shell;

import io.tcpsnap.sql.EditDistance;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;

/**
 * The shell's configuration file: lines of {@code KEY = VALUE}, each of which does what the dot command {@code .KEY VALUE}
 * does, and comments behind {@code #} at the begin of a line.
 */
public final class Config {
    /** Commands that set something for the session. */
    static final List<String> KEYS =
            List.of("mode", "units", "time", "pager", "timing", "charts", "theme", "editing", "suggestions");

    private Config() {}

    /** Where the file is if nobody says where. */
    public static Path byDefault() {
        String xdg = System.getenv("XDG_CONFIG_HOME");
        Path home = xdg != null && !xdg.isEmpty() ? Path.of(xdg) : Path.of(System.getProperty("user.home"), ".config");
        return home.resolve("tcpsnap").resolve("config");
    }

    /** A line of the file is wrong. */
    public static final class WrongException extends Exception {
        private static final long serialVersionUID = 1;

        WrongException(String message) {
            super(message);
        }
    }

    /**
     * Applies a file.
     *
     * @param needed whether it must exist
     * @throws WrongException with file and line
     */
    static void apply(Path file, boolean needed, DotCommands commands) throws WrongException, IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            if (needed) {
                throw new WrongException(file + ": no such file");
            }
            return;
        } catch (CharacterCodingException e) {
            throw new WrongException(file + ": is no UTF-8 text");
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                try {
                    apply(line, commands);
                } catch (SQLException e) {
                    throw new WrongException(file + ":" + (i + 1) + ": " + e.getMessage());
                }
            }
        }
    }

    private static void apply(String line, DotCommands commands) throws SQLException, IOException {
        int equals = line.indexOf('=');
        if (equals < 0) {
            throw new SQLException("write KEY = VALUE, not '" + line + "'");
        }
        String key = line.substring(0, equals).strip();
        String value = line.substring(equals + 1).strip();
        if (!KEYS.contains(key)) {
            String nearest = KEYS.stream()
                    .min(Comparator.comparingInt(known -> EditDistance.of(known, key)))
                    .orElseThrow();
            throw new SQLException(
                    "there is no '" + key + "', did you mean " + nearest + "? There are " + String.join(", ", KEYS));
        }
        if (value.isEmpty()) {
            throw new SQLException("'" + key + "' has no value");
        }
        commands.run("." + key + " " + value);
    }
}
