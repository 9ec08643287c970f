package io.tcpsnap.pins;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a connection is pinned by, and the sockets that this found.
 *
 * @param text as the user named it
 * @param conns values of {@code conn}, unsigned
 * @param cookies values of {@code cookie}, unsigned, for sockets that lost their 4-tuple when they closed
 */
public record Connection(String text, Set<String> conns, Set<String> cookies) {
    String contains(Set<String> columns) {
        String conn = "conn IN (" + list(conns) + ")";
        return columns.contains("cookie") && columns.contains("remote_port") && !cookies.isEmpty()
                ? "(" + conn + " OR (remote_port = 0 AND cookie IN (" + list(cookies) + ")))"
                : conn;
    }

    private static String list(Set<String> numbers) {
        return numbers.stream().sorted().map(number -> number + "::UBIGINT").collect(Collectors.joining(", "));
    }
}
