package io.tcpsnap.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * An array of objects, or an object on each line. Numbers are exact JSON numbers, times text as in the table, NULL is
 * null.
 */
final class JsonPrinter implements ResultPrinter {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final Appendable out;
    private final boolean lines;

    JsonPrinter(Appendable out, boolean lines) {
        this.out = out;
        this.lines = lines;
    }

    @Override
    public long print(ResultSet rows) throws SQLException, IOException {
        int columns = rows.getMetaData().getColumnCount();
        long count = 0;
        try (JsonGenerator json = FACTORY.createGenerator(new Writing(out))) {
            json.setPrettyPrinter(new MinimalPrettyPrinter(lines ? "\n" : ""));
            if (!lines) {
                json.writeStartArray();
            }
            while (rows.next()) {
                if (!lines) {
                    json.writeRaw(count == 0 ? "\n" : "");
                }
                json.writeStartObject();
                for (int i = 1; i <= columns; i++) {
                    json.writeFieldName(rows.getMetaData().getColumnLabel(i));
                    value(json, rows, i);
                }
                json.writeEndObject();
                if (!lines) {
                    json.writeRaw('\n');
                }
                count++;
            }
            if (!lines) {
                json.writeEndArray();
            }
            if (!lines || count > 0) {
                json.writeRaw('\n');
            }
        }
        return count;
    }

    private static void value(JsonGenerator json, ResultSet rows, int index) throws SQLException, IOException {
        Object value = rows.getObject(index);
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof BigInteger number) {
            json.writeNumber(number);
        } else if (value instanceof BigDecimal number) {
            json.writeNumber(number);
        } else if (value instanceof Double || value instanceof Float) {
            json.writeNumber(((Number) value).doubleValue());
        } else if (value instanceof Number number) {
            json.writeNumber(number.longValue());
        } else {
            json.writeString(Cell.text(rows, index));
        }
    }

    /** What the generator needs over an Appendable; closing it leaves the Appendable open. */
    private static final class Writing extends Writer {
        private final Appendable out;

        Writing(Appendable out) {
            this.out = out;
        }

        @Override
        public void write(char[] text, int from, int length) throws IOException {
            out.append(java.nio.CharBuffer.wrap(text, from, length));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
