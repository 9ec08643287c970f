package io.tcpsnap.duckdb;

import io.tcpsnap.table.Column;
import io.tcpsnap.table.SqlType;
import io.tcpsnap.table.Table;
import java.util.List;
import java.util.stream.Collectors;

/** SQL text that derives from the declarations: types, tables, comments, and the {@code read_} macros. */
final class Ddl {
    private Ddl() {}

    /** {@code CREATE TYPE} for an enumeration. */
    static String create(SqlType type) {
        return "CREATE TYPE " + type.name() + " AS ENUM (" + labels(type) + ");\n";
    }

    static String create(Table<?> table) {
        return table.columns().stream()
                .map(column -> "  " + name(column) + " " + column.type().name())
                .collect(Collectors.joining(",\n", "CREATE TABLE " + table.name() + " (\n", "\n);\n"));
    }

    /** {@code FROM lines_<table>()}: its rows with their number, {@code line}, in the order of a tick's copy. */
    static String lines(Table<?> table, String rows) {
        return "CREATE OR REPLACE MACRO lines_" + table.name() + "() AS TABLE " + rows + ";\n";
    }

    /** @param kind TABLE or VIEW */
    static String comments(Table<?> table, String kind) {
        StringBuilder sql = new StringBuilder();
        sql.append("COMMENT ON ").append(kind).append(' ').append(table.name());
        sql.append(" IS ").append(literal(table.doc())).append(";\n");
        for (Column<?> column : table.columns()) {
            sql.append("COMMENT ON COLUMN ").append(table.name()).append('.').append(name(column));
            sql.append(" IS ").append(literal(column.comment())).append(";\n");
        }
        return sql.toString();
    }

    /** Comments of a view whose columns are known; a column of unknown meaning gets none. */
    static String comments(View view, List<ViewReference.Column> columns) {
        StringBuilder sql = new StringBuilder();
        sql.append("COMMENT ON VIEW ").append(view.name());
        sql.append(" IS ")
                .append(literal((view.doc() + " " + view.remark()).strip()))
                .append(";\n");
        for (ViewReference.Column column : columns) {
            View.Meaning meaning = view.meaning(column.name());
            if (meaning != null) {
                sql.append("COMMENT ON COLUMN ")
                        .append(view.name())
                        .append(".\"")
                        .append(column.name());
                sql.append("\" IS ").append(literal(meaning.comment())).append(";\n");
            }
        }
        return sql.toString();
    }

    /** The name of a type that DuckDB describes: for an enumeration that it spells out, the one with the same labels. */
    static String typeName(String described) {
        if (!described.startsWith("ENUM")) {
            return described;
        }
        return ScanTable.all()
                .flatMap(table -> table.declaration().columns().stream())
                .map(Column::type)
                .filter(type -> type.isEnum() && described.equals("ENUM(" + labels(type) + ")"))
                .map(SqlType::name)
                .findFirst()
                .orElse(described);
    }

    /**
     * {@code read_<table>(path, since, until)}: the rows of an archive without loading it; without a path those of the opened
     * ones, with times those of the ticks from {@code since} on and before {@code until}. It wraps the function {@code scan_<table>}, since a Java table function can write neither enumerations nor blobs.
     */
    static String macro(Table<?> table) {
        boolean timed = ScanTable.isTimed(table);
        return "CREATE MACRO read_" + table.name()
                + (timed ? "(path := '', since := NULL, until := NULL)" : "(path := '')") + " AS TABLE SELECT "
                + table.columns().stream().map(Ddl::expression).collect(Collectors.joining(", "))
                + " FROM scan_" + table.name() + (timed ? "(path, since, until);\n" : "(path);\n");
    }

    private static String expression(Column<?> column) {
        String name = name(column);
        SqlType type = column.type();
        if (type.isEnum()) {
            return "([" + labels(type) + "]::" + type.name() + "[])[" + name + " + 1] AS " + name;
        }
        if (type.equals(SqlType.BLOB)) {
            return "unhex(" + name + ") AS " + name;
        }
        return name;
    }

    private static String labels(SqlType type) {
        return type.labels().stream().map(Ddl::literal).collect(Collectors.joining(", "));
    }

    static String name(Column<?> column) {
        return '"' + column.name() + '"';
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
