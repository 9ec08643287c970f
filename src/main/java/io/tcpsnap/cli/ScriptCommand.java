package io.tcpsnap.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code tcpsnap script}: a recorder in shell. */
@Command(
        name = "script",
        description = {
            "Print a recorder as a POSIX shell program, for hosts where nothing may be installed:",
            "'tcpsnap script > record.sh', there 'sh record.sh --help'."
        },
        mixinStandardHelpOptions = true)
final class ScriptCommand implements Callable<Integer> {
    @Override
    public Integer call() throws IOException {
        try (InputStream script = ScriptCommand.class.getResourceAsStream("record.sh")) {
            String text = new String(script.readAllBytes(), StandardCharsets.UTF_8);
            System.out.print(text.replace("@TOOL@", CommandLines.tool()));
        }
        return CommandLines.OK;
    }
}
