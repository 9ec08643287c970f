package io.tcpsnap.cli;

/** The program as a production host gets it: without DuckDB, so it records but does not ask. */
final class RecorderImage {
    /** Whether this is it. */
    static final boolean IS_THIS = RecorderImage.class.getResource("/org/duckdb/DuckDBDriver.class") == null;

    private RecorderImage() {}

    /** Says where a command that asks is to be found; returns the exit code. */
    static int refuse(String command) {
        return CommandLines.error(
                "'" + command + "' needs DuckDB, and this image only records: copy the archive to a host with the full"
                        + " tool, tcpsnap-linux-x64.tar.zst of the same release",
                CommandLines.USAGE);
    }
}
