package io.tcpsnap.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/** The two JSON documents of an archive, read into maps, lists, strings, longs and booleans. */
final class Json {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(16).build())
            .build();

    /** Writes the members of an object. */
    @FunctionalInterface
    interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    /**
     * Last member of a document: CRC32 of all bytes before its name. The documents say what the copies are worth and have no
     * CRC elsewhere, and zstd gives out much of a damaged frame before it sees the frame's checksum.
     */
    private static final String SEAL = "crc32";

    /** Those of a tick of 100,000 sources; values of two bytes take a hundred in memory. */
    private static final int MAX_VALUES = 1 << 20;

    private Json() {}

    /** An indented object and a line feed; its last member is the {@link #SEAL}. */
    static byte[] seal(Body body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            body.write(json);
            json.writeFieldName(SEAL);
            json.flush();
            byte[] written = out.toByteArray();
            json.writeNumber(crc32(written, sealStart(written, written.length)));
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory", e);
        }
        return out.toByteArray();
    }

    /** Throws IOException where the document has a {@link #SEAL} that does not match: a document by hand has none. */
    static void checkSeal(Map<String, Object> object, byte[] bytes, int length) throws IOException {
        long seal = number(object, SEAL, -1);
        if (seal != -1 && seal != crc32(bytes, sealStart(bytes, length))) {
            throw new IOException("it does not match its own \"" + SEAL + "\"");
        }
    }

    private static long crc32(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return crc.getValue();
    }

    /** Where the last {@code "crc32"} of a document begins. */
    private static int sealStart(byte[] bytes, int length) {
        byte[] key = ('"' + SEAL + '"').getBytes(StandardCharsets.US_ASCII);
        for (int at = length - key.length; at >= 0; at--) {
            if (Arrays.equals(bytes, at, at + key.length, key, 0, key.length)) {
                return at;
            }
        }
        return 0;
    }

    /** Reads an object; throws IOException with a one-line reason where it is none. */
    static Map<String, Object> read(byte[] bytes, int length) throws IOException {
        try (JsonParser parser = FACTORY.createParser(bytes, 0, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("it does not begin with {");
            }
            return new Values(parser).object();
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation(); // none where a limit of the parser is passed
            throw new IOException(e.getOriginalMessage() + (at == null ? "" : " at byte " + at.getByteOffset()), e);
        }
    }

    /** Reads the values of one document. */
    private static final class Values {
        private final JsonParser parser;
        private int count;

        Values(JsonParser parser) {
            this.parser = parser;
        }

        Map<String, Object> object() throws IOException {
            Map<String, Object> members = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                members.put(name, value());
            }
            return members;
        }

        private Object value() throws IOException {
            if (++count > MAX_VALUES) {
                throw new IOException("more than " + MAX_VALUES + " values");
            }
            return switch (parser.currentToken()) {
                case START_OBJECT -> object();
                case START_ARRAY -> array();
                case VALUE_STRING -> parser.getText();
                case VALUE_NUMBER_INT -> parser.getLongValue();
                case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
                case VALUE_TRUE -> Boolean.TRUE;
                case VALUE_FALSE -> Boolean.FALSE;
                default -> null;
            };
        }

        private List<Object> array() throws IOException {
            List<Object> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(value());
            }
            return items;
        }
    }

    /** The member as a whole number, or {@code missing} where it is absent or null. */
    static long number(Map<String, Object> object, String name, long missing) throws IOException {
        Object value = object.get(name);
        if (value == null) {
            return missing;
        }
        if (value instanceof Long number) {
            return number;
        }
        throw new IOException("\"" + name + "\" is no whole number");
    }

    /** The member as text, or null where it is absent or null. */
    static String text(Map<String, Object> object, String name) throws IOException {
        Object value = object.get(name);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw new IOException("\"" + name + "\" is no text");
    }

    /** The member as a list, empty where it is absent or null. */
    static List<?> list(Map<String, Object> object, String name) throws IOException {
        Object value = object.get(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        throw new IOException("\"" + name + "\" is no list");
    }
}
