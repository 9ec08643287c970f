package io.tcpsnap.output;

import java.io.IOException;
import java.sql.SQLException;
import java.util.regex.Pattern;
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

    /** What OWASP's "CSV Injection" names, with the wide forms that spreadsheets take for these. */
    private static final String FORMULA = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";

    private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?");

    private final Appendable out;
    private final boolean safe;

    /** @param safe whether a quote is put before what a spreadsheet would take for a formula */
    CsvPrinter(Appendable out, boolean safe) {
        this.out = out;
        this.safe = safe;
    }

    /** Numbers, also negative ones, stay numbers. */
    private String cell(String text) {
        boolean formula = safe && text != null && !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
        return formula && !NUMBER.matcher(text).matches() ? "'" + text : text;
    }

    @Override
    public long print(Result rows) throws SQLException, IOException {
        CSVPrinter plain = new CSVPrinter(out, PLAIN);
        CSVPrinter quoted = new CSVPrinter(out, QUOTED);
        Object[] record = new Object[rows.count()];
        for (int i = 0; i < record.length; i++) {
            record[i] = cell(rows.name(i));
        }
        plain.printRecord(record);
        long count = 0;
        while (rows.next()) {
            boolean empty = false;
            for (int i = 0; i < record.length; i++) {
                record[i] = cell(rows.text(i));
                empty |= "".equals(record[i]);
            }
            (empty ? quoted : plain).printRecord(record);
            count++;
        }
        return count;
    }
}
