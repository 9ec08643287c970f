package io.tcpsnap.output;

import java.io.IOException;
import java.sql.SQLException;
import java.util.stream.Collectors;

/** An INSERT statement for each row, into a table {@code result}; values as literals that every SQL database reads. */
final class InsertPrinter implements ResultPrinter {
    private final Appendable out;

    InsertPrinter(Appendable out) {
        this.out = out;
    }

    @Override
    public long print(Result rows) throws SQLException, IOException {
        String head = rows.distinctNames().stream()
                .map(name -> '"' + name.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(", ", "INSERT INTO result (", ") VALUES ("));
        long count = 0;
        for (; rows.next(); count++) {
            out.append(head);
            for (int i = 0; i < rows.count(); i++) {
                out.append(i == 0 ? "" : ", ").append(literal(rows, i));
            }
            out.append(");\n");
        }
        return count;
    }

    private static String literal(Result rows, int column) throws SQLException {
        String text = rows.text(column);
        if (text == null) {
            return "NULL";
        }
        // NaN and Infinity are numbers that have no literal
        boolean plain = rows.isNumber(column) && text.matches("[-+.\\dEe]+");
        return plain ? text : "'" + text.replace("'", "''") + "'";
    }
}
