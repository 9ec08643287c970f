package io.tcpsnap.shell;

import io.tcpsnap.duckdb.Query;
import io.tcpsnap.duckdb.QueryLibrary;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The dot commands for the query library. */
final class LibraryCommands {
    private final Session session;

    LibraryCommands(Session session) {
        this.session = session;
    }

    void list(String none) throws IOException {
        QueryLibrary library = QueryLibrary.installed();
        List<Query> queries = library.queries();
        int width = queries.stream().mapToInt(q -> q.name().length()).max().orElse(0);
        for (Query query : queries) {
            session.out().println(query.name() + " ".repeat(width - query.name().length()) + "  " + query.question());
        }
        for (String message : library.broken()) {
            session.error("left out: " + message);
        }
    }

    /** Runs {@code NAME KEY=VALUE...}. */
    void run(String argument) throws IOException, SQLException {
        if (argument.isEmpty()) {
            throw new SQLException("say which query: .queries lists them");
        }
        String[] words = argument.split("\\s+", -1);
        Query query = find(words[0]);
        try {
            session.run(query, values(query, Arrays.asList(words).subList(1, words.length)));
        } catch (ScriptException e) {
            String message = query.name() + ":" + e.line() + ": " + e.getMessage();
            throw e.cancelled() ? new SQLTimeoutException(message, e) : new SQLException(message, e);
        }
    }

    /** @throws SQLException where there is no such query */
    static Query find(String name) throws IOException, SQLException {
        QueryLibrary library = QueryLibrary.installed();
        return library.find(name)
                .orElseThrow(() -> new SQLException(library.missing(name) + "; .queries lists those there are"));
    }

    private static Map<String, String> values(Query query, List<String> words) throws SQLException {
        List<String> known =
                query.parameters().stream().map(Query.Parameter::name).toList();
        Map<String, String> values = new LinkedHashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 0) {
                throw new SQLException("write KEY=VALUE, not '" + word + "'");
            }
            String key = word.substring(0, equals);
            if (!known.contains(key)) {
                throw new SQLException("query '" + query.name() + "' has no parameter '" + key + "'"
                        + (known.isEmpty() ? "" : ": there are " + String.join(", ", known)));
            }
            values.put(key, word.substring(equals + 1));
        }
        return values;
    }
}
