package io.tcpsnap.duckdb;

/** Ends a statement from inside a table function; DuckDB shows {@link #toString}, so it is the message alone. */
final class ScanFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    ScanFailure(String message) {
        super(message, null, false, false);
    }

    @Override
    public String toString() {
        return getMessage();
    }
}
