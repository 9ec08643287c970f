package io.tcpsnap.output;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;

/** Comma-separated values by RFC 4180 with a header line and plain line feeds; NULL is an empty field, '' is {@code ""}. */
final class CsvPrinter implements ResultPrinter {
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setRecordSeparator('\n')
            .setNullString("")
            .setQuoteMode(QuoteMode.MINIMAL)
            .get();

    private final Appendable out;

    CsvPrinter(Appendable out) {
        this.out = out;
    }

    @Override
    public long print(ResultSet rows) throws SQLException, IOException {
        CSVPrinter csv = new CSVPrinter(out, FORMAT);
        int columns = rows.getMetaData().getColumnCount();
        Object[] record = new Object[columns];
        for (int i = 0; i < columns; i++) {
            record[i] = rows.getMetaData().getColumnLabel(i + 1);
        }
        csv.printRecord(record);
        long count = 0;
        while (rows.next()) {
            for (int i = 0; i < columns; i++) {
                record[i] = Cell.text(rows, i + 1);
            }
            csv.printRecord(record);
            count++;
        }
        return count;
    }
}
