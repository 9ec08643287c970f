package io.tcpsnap.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.Writer;
import java.nio.CharBuffer;
import java.sql.SQLException;

/**
 * An array of objects, or an object on each line; {@link JsonValue} says how values look. Of columns with one name the
 * second is {@code name_1}: an object with a name twice loses one of its values in most readers.
 */
final class JsonPrinter implements ResultPrinter {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private final Appendable out;
    private final boolean lines;

    JsonPrinter(Appendable out, boolean lines) {
        this.out = out;
        this.lines = lines;
    }

    @Override
    public long print(Result rows) throws SQLException, IOException {
        String[] names = rows.distinctNames().toArray(String[]::new);
        Object[] values = new Object[names.length];
        long count = 0;
        // closing writes what is left, and ends no array that an error cut off
        try (JsonGenerator json = FACTORY.createGenerator(new Writing(out))) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
            json.setPrettyPrinter(new MinimalPrettyPrinter(lines ? "\n" : ""));
            if (!lines) {
                json.writeStartArray();
            }
            while (rows.next()) {
                // all of a row or nothing, where one of its values cannot be read
                for (int i = 0; i < names.length; i++) {
                    values[i] = rows.value(i);
                }
                if (!lines) {
                    json.writeRaw(count == 0 ? "\n" : "");
                }
                json.writeStartObject();
                for (int i = 0; i < names.length; i++) {
                    json.writeFieldName(names[i]);
                    value(json, values[i], rows.isJson(i));
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

    private static void value(JsonGenerator json, Object value, boolean isJson) throws SQLException, IOException {
        if (value != null && isJson) {
            // line feeds in JSON stand between its tokens only
            json.writeRawValue(value.toString().replace('\n', ' ').replace('\r', ' '));
        } else {
            JsonValue.write(json, value);
        }
    }

    /** What the generator needs over an Appendable. */
    private static final class Writing extends Writer {
        private final Appendable out;

        Writing(Appendable out) {
            this.out = out;
        }

        @Override
        public void write(char[] text, int from, int length) throws IOException {
            out.append(CharBuffer.wrap(text, from, length));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
