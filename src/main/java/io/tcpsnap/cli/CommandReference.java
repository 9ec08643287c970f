package io.tcpsnap.cli;

import io.tcpsnap.docs.ManPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Writes what a package installs beside the program: the manual page, and the completion for bash. The build calls it. */
final class CommandReference {
    private CommandReference() {}

    /** @param args the folder to write to */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        CommandLine line = CommandLines.line();
        Files.writeString(folder.resolve("tcpsnap.1"), ManPage.of(line.getCommandSpec(), CommandLines.tool()));
        String completion = AutoComplete.bash("tcpsnap", line).replaceFirst("^#!.*\n", ""); // read by shells, never run
        Files.writeString(folder.resolve("tcpsnap.bash"), completion);
    }
}
