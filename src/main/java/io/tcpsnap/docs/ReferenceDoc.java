package io.tcpsnap.docs;

import io.tcpsnap.duckdb.Query;
import io.tcpsnap.duckdb.ViewReference;
import io.tcpsnap.table.Column;
import io.tcpsnap.table.Table;
import java.util.List;
import java.util.stream.Collectors;

/** Markdown of the reference: tables and views with their columns, and the query library. */
public final class ReferenceDoc {
    private ReferenceDoc() {}

    /** A section for each table: what a row is, and its columns folded away. */
    public static String tables(List<Table<?>> tables) {
        return tables.stream().map(ReferenceDoc::table).collect(Collectors.joining("\n"));
    }

    private static String table(Table<?> table) {
        return section(
                table.name(),
                table.doc(),
                table.columns().stream().map(ReferenceDoc::column).collect(Collectors.joining()));
    }

    /** A section for each view, in the same form. */
    public static String views(List<ViewReference> views) {
        return views.stream().map(ReferenceDoc::view).collect(Collectors.joining("\n"));
    }

    private static String view(ViewReference view) {
        return section(
                view.name(),
                (view.doc() + " " + view.remark()).strip(),
                view.columns().stream()
                        .map(c -> row(c.name(), c.type(), c.unit(), c.doc()))
                        .collect(Collectors.joining()));
    }

    private static String section(String name, String doc, String columns) {
        return """
                <details>
                <summary><b>%s</b>: %s</summary>

                | column | type | unit | meaning |
                |---|---|---|---|
                %s
                </details>
                """.formatted(name, doc, columns);
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
        return row(column.name(), column.type().name(), unit, meaning.toString());
    }

    private static String row(String name, String type, String unit, String meaning) {
        return "| `%s` | %s | %s | %s |%n".formatted(name, type, unit, cell(meaning));
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
