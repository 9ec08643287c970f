package io.tcpsnap.duckdb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One file of the query library: SQL under a header of comment lines.
 *
 * <pre>
 * -- Which connections wait for the peer to open its window?
 * -- needs: tcp, snapshot
 * -- look for: the same connection in many ticks; its peer does not read.
 * -- param: top = 20: how many rows to show
 * SELECT ...
 * </pre>
 *
 * @param area folder of the file in the library
 * @param name file name without {@code .sql}
 * @param question what it answers, one sentence
 * @param needs tables that it reads
 * @param lookFor how to read the answer
 * @param parameters in order of the header
 * @param sql the whole file
 */
public record Query(
        String area,
        String name,
        String question,
        List<String> needs,
        String lookFor,
        List<Parameter> parameters,
        String sql) {
    /**
     * A value that the user may give; the SQL reads it with {@code getvariable('name')}.
     *
     * @param value used where none is given
     */
    public record Parameter(String name, String value, String doc) {}

    /**
     * Reads a file of the library.
     *
     * @throws IllegalArgumentException where the header lacks something; the message completes "FILE: ..."
     */
    static Query parse(String area, String name, String text) {
        List<String> header = text.lines()
                .takeWhile(line -> line.startsWith("--"))
                .map(line -> line.substring(2).strip())
                .toList();
        if (header.isEmpty() || !header.get(0).matches(".*[.?]")) {
            throw new IllegalArgumentException("the first line must be a comment with the question, one sentence");
        }
        List<Parameter> parameters = new ArrayList<>();
        for (String line : values(header, "param:")) {
            int equals = line.indexOf('=');
            int colon = line.indexOf(':', equals);
            if (equals < 0 || colon < 0) {
                throw new IllegalArgumentException("write '-- param: name = value: meaning', not '" + line + "'");
            }
            parameters.add(new Parameter(
                    line.substring(0, equals).strip(),
                    line.substring(equals + 1, colon).strip(),
                    line.substring(colon + 1).strip()));
        }
        return new Query(
                area,
                name,
                header.get(0),
                Arrays.stream(required(header, "needs:").split(",", -1))
                        .map(String::strip)
                        .toList(),
                required(header, "look for:"),
                List.copyOf(parameters),
                text);
    }

    private static String required(List<String> header, String key) {
        List<String> found = values(header, key);
        if (found.isEmpty()) {
            throw new IllegalArgumentException("the header has no line '-- " + key + " ...'");
        }
        return found.stream().collect(Collectors.joining(" "));
    }

    private static List<String> values(List<String> header, String key) {
        return header.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()).strip())
                .toList();
    }
}
