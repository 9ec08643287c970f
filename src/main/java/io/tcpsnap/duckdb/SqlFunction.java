package io.tcpsnap.duckdb;

import java.util.List;

/**
 * A function or macro that SQL may call, with one of its lists of parameters.
 *
 * @param doc empty where nothing says it
 * @param examples may be empty
 */
public record SqlFunction(String name, List<String> parameters, String doc, List<String> examples) {
    /** {@code name(a, b)}. */
    public String call() {
        return name + "(" + String.join(", ", parameters) + ")";
    }
}
