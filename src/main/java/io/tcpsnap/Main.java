package io.tcpsnap;

import io.tcpsnap.cli.CommandLines;

/** Entry point of the program. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(CommandLines.run(args));
    }
}
