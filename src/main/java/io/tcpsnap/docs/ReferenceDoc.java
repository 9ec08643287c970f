package io.tcpsnap.docs;

import io.tcpsnap.duckdb.Query;
import io.tcpsnap.table.Column;
import io.tcpsnap.table.Table;
import java.util.List;
import java.util.stream.Collectors;

/** Markdown of the reference: tables with their columns, and the query library. */
public final class ReferenceDoc {
    private ReferenceDoc() {}

    /** A section for each table: what a row is, and its columns folded away. */
    public static String tables(List<Table<?>> tables) {
        return tables.stream().map(ReferenceDoc::table).collect(Collectors.joining("\n"));
    }

    private static String table(Table<?> table) {
        String columns = table.columns().stream().map(ReferenceDoc::column).collect(Collectors.joining());
        return """
                <details>
                <summary><b>%s</b>: %s</summary>

                | column | type | unit | meaning |
                |---|---|---|---|
                %s
                </details>
                """.formatted(table.name(), table.doc(), columns);
    }

    private static String column(Column<?> column) {
        StringBuilder meaning = new StringBuilder(column.doc());
        if (!column.nulls().isEmpty()) {
            meaning.append(" NULL: ").append(String.join("; ", column.nulls())).append('.');
        }
        if (column.kernel() != null) {
            meaning.append(" `").append(column.kernel()).append('`');
        }
        if (column.since() != null) {
            meaning.append(" (").append(column.since()).append(')');
        }
        String unit = column.unit() == null ? "" : column.unit();
        return "| `%s` | %s | %s | %s |%n"
                .formatted(column.name(), column.type().name(), unit, cell(meaning.toString()));
    }

    /** A line for each query: how to run it and what it answers. */
    public static String queries(List<Query> queries) {
        return queries.stream()
                .map(query ->
                        "| `%s` | %s | %s |%n".formatted(query.name(), cell(query.question()), cell(query.lookFor())))
                .collect(Collectors.joining("", "| query | question | look for |\n|---|---|---|\n", ""));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}
