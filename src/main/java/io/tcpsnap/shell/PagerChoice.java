package io.tcpsnap.shell;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Which pager long results go through. */
final class PagerChoice {
    private String command = fromEnvironment();
    private boolean on = command != null;

    /** {@code $PAGER}, else less where there is one; null for none. */
    private static String fromEnvironment() {
        String pager = System.getenv("PAGER");
        if (pager != null && !pager.isBlank()) {
            return pager.equals("cat") ? null : pager;
        }
        String path = System.getenv().getOrDefault("PATH", "");
        boolean less = Arrays.stream(path.split(":"))
                .anyMatch(folder -> !folder.isEmpty() && Files.isExecutable(Path.of(folder, "less")));
        return less ? "less" : null;
    }

    /** The command, null where there is no paging. */
    String command() {
        return on ? command : null;
    }

    /** Takes {@code on}, {@code off}, or a command. */
    void choose(String word) {
        on = !word.equals("off");
        if (on && !word.equals("on")) {
            command = word;
        } else if (on && command == null) {
            command = "less";
        }
    }

    @Override
    public String toString() {
        return command() == null ? "off" : command;
    }
}
