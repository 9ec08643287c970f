package io.tcpsnap.shell;

import io.tcpsnap.duckdb.Query;
import io.tcpsnap.shell.DotCommand.Completes;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** The dot command that says how to read the answer of a query of the library. */
final class PlaybookCommands {
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
        Query query = LibraryCommands.find(name);
        Page page = new Page(session.display().style().width());
        page.part("question", query.question()).part("look for", query.lookFor());
        page.part("reads", String.join(", ", query.needs()));
        for (Query.Parameter parameter : query.parameters()) {
            page.part("parameter", parameter.name() + "=" + parameter.value() + ": " + parameter.doc());
        }
        StringBuilder call = new StringBuilder(".run " + query.name());
        query.parameters()
                .forEach(p -> call.append(' ').append(p.name()).append('=').append(p.value()));
        page.part("run it", call.toString()).line("");
        query.sql().lines().dropWhile(line -> line.startsWith("--")).forEach(page::line);
        session.display().text(page.toString());
    }
}
