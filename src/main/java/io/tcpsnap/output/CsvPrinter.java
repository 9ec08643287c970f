package io.tcpsnap.output;

import java.io.IOException;
import java.sql.SQLException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;

/** Comma-separated values by RFC 4180 with a header line and plain line feeds; NULL is an empty field, '' is {@code ""}. */
final class CsvPrinter implements ResultPrinter {
    private static final CSVFormat PLAIN = CSVFormat.RFC4180
            .builder()
            .setRecordSeparator('\n')
            .setNullString("")
            .setQuoteMode(QuoteMode.MINIMAL)
            .get();
    /** For a record with an empty string: minimal quoting would quote it in the first column only. */
    private static final CSVFormat QUOTED =
            PLAIN.builder().setQuoteMode(QuoteMode.ALL_NON_NULL).get();

    private final Appendable out;

    CsvPrinter(Appendable out) {
        this.out = out;
    }

    @Override
    public long print(Result rows) throws SQLException, IOException {
        CSVPrinter plain = new CSVPrinter(out, PLAIN);
        CSVPrinter quoted = new CSVPrinter(out, QUOTED);
        Object[] record = new Object[rows.count()];
        for (int i = 0; i < record.length; i++) {
            record[i] = rows.name(i);
        }
        plain.printRecord(record);
        long count = 0;
        while (rows.next()) {
            boolean empty = false;
            for (int i = 0; i < record.length; i++) {
                record[i] = rows.text(i);
                empty |= "".equals(record[i]);
            }
            (empty ? quoted : plain).printRecord(record);
            count++;
        }
        return count;
    }
}
