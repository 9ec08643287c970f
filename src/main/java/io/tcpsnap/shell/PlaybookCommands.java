package io.tcpsnap.shell;

import io.tcpsnap.duckdb.Query;
import io.tcpsnap.duckdb.QueryLibrary;
import io.tcpsnap.output.Prose;
import io.tcpsnap.shell.DotCommand.Completes;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** The dot command that says how to read the answer of a query of the library. */
final class PlaybookCommands {
    private static final int LABEL = 12;
    private static final int LINE = 100;

    private final Session session;

    PlaybookCommands(Session session) {
        this.session = session;
    }

    List<DotCommand> all() {
        return List.of(DotCommand.of(
                ".explain",
                "NAME",
                "Say how to read the answer of a query; show its SQL.",
                Completes.QUERY,
                this::explain));
    }

    private void explain(String name) throws SQLException, IOException {
        if (name.isEmpty()) {
            throw new SQLException("say which query: .queries lists them");
        }
        Query query = QueryLibrary.installed()
                .find(name)
                .orElseThrow(() -> new SQLException("no query '" + name + "': .queries lists them"));
        StringBuilder text = new StringBuilder();
        int width = session.display().style().width();
        int wrap = (width == 0 ? LINE : Math.min(width, LINE)) - LABEL;
        part(text, "question", query.question(), wrap);
        part(text, "look for", query.lookFor(), wrap);
        part(text, "reads", String.join(", ", query.needs()), wrap);
        for (Query.Parameter parameter : query.parameters()) {
            part(text, "parameter", parameter.name() + "=" + parameter.value() + ": " + parameter.doc(), wrap);
        }
        StringBuilder call = new StringBuilder(".run " + query.name());
        query.parameters()
                .forEach(p -> call.append(' ').append(p.name()).append('=').append(p.value()));
        part(text, "run it", call.toString(), wrap);
        text.append('\n');
        query.sql()
                .lines()
                .dropWhile(line -> line.startsWith("--"))
                .forEach(line -> text.append(line).append('\n'));
        session.display().text(text.toString());
    }

    private static void part(StringBuilder text, String label, String content, int width) {
        String head = label;
        for (String line : Prose.wrap(content, width)) {
            text.append(head)
                    .append(" ".repeat(LABEL - head.length()))
                    .append(line)
                    .append('\n');
            head = "";
        }
    }
}
