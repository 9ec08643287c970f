package io.tcpsnap.output;

import java.io.IOException;
import java.sql.SQLException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Values with tabs between them, as PostgreSQL's and MySQL's text format: {@code \N} is NULL, {@code \t \n \\} are escaped. */
final class TsvPrinter implements ResultPrinter {
    private final Appendable out;

    TsvPrinter(Appendable out) {
        this.out = out;
    }

    @Override
    public long print(Result rows) throws SQLException, IOException {
        CSVPrinter tsv = new CSVPrinter(out, CSVFormat.POSTGRESQL_TEXT);
        Object[] record = new Object[rows.count()];
        for (int i = 0; i < record.length; i++) {
            record[i] = rows.name(i);
        }
        tsv.printRecord(record);
        long count = 0;
        for (; rows.next(); count++) {
            for (int i = 0; i < record.length; i++) {
                record[i] = rows.text(i);
            }
            tsv.printRecord(record);
        }
        return count;
    }
}
