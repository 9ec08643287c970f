package io.tcpsnap.output;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;

/** Writes a value of JDBC as JSON: exact numbers, arrays, objects; NaN, times, blobs and the rest are strings. */
final class JsonValue {
    private JsonValue() {}

    static void write(JsonGenerator json, Object value) throws SQLException, IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Number number) {
            number(json, number);
        } else if (value instanceof Array array) {
            elements(json, (Object[]) array.getArray());
        } else if (value instanceof Struct struct) {
            struct(json, struct);
        } else if (value instanceof Map<?, ?> map) {
            map(json, map);
        } else if (value instanceof Timestamp time) {
            json.writeString(TimeText.of(time.toLocalDateTime()));
        } else {
            json.writeString(Result.text(value));
        }
    }

    private static void number(JsonGenerator json, Number number) throws IOException {
        if (number instanceof BigInteger big) {
            json.writeNumber(big);
        } else if (number instanceof BigDecimal decimal) {
            json.writeNumber(decimal);
        } else if (number instanceof Double real) {
            json.writeNumber(real);
        } else if (number instanceof Float real) {
            json.writeNumber(real);
        } else {
            json.writeNumber(number.longValue());
        }
    }

    private static void elements(JsonGenerator json, Object[] values) throws SQLException, IOException {
        json.writeStartArray();
        for (Object value : values) {
            write(json, value);
        }
        json.writeEndArray();
    }

    private static void struct(JsonGenerator json, Struct struct) throws SQLException, IOException {
        List<String> names = FieldNames.of(struct.getSQLTypeName());
        Object[] values = struct.getAttributes();
        if (names == null) {
            elements(json, values);
            return;
        }
        json.writeStartObject();
        for (int i = 0; i < values.length; i++) {
            json.writeFieldName(names.get(i));
            write(json, values[i]);
        }
        json.writeEndObject();
    }

    private static void map(JsonGenerator json, Map<?, ?> map) throws SQLException, IOException {
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            json.writeFieldName(Result.text(entry.getKey()));
            write(json, entry.getValue());
        }
        json.writeEndObject();
    }
}
