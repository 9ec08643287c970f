package io.tcpsnap.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tcpsnap.archive.ArchiveSet;
import io.tcpsnap.duckdb.Verification;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Locale;

/** What verify found, for programs: an object with the places, as they are found, and the totals. */
final class VerificationJson {
    private VerificationJson() {}

    /** Verifies, and prints while it does. */
    static Verification print(ArchiveSet archives, PrintStream out) throws IOException {
        try (JsonGenerator json = new JsonFactory()
                .createGenerator(out)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .enable(JsonGenerator.Feature.ESCAPE_NON_ASCII) // a terminal obeys some of them
                .useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeArrayFieldStart("places");
            Verification verification = new Verification(place -> place(json, place));
            verification.run(archives);
            json.writeEndArray();
            json.writeBooleanField("sound", verification.isSound());
            json.writeNumberField("ticks", verification.ticks());
            json.writeNumberField("damaged", verification.damaged());
            json.writeNumberField("not_closed", verification.open());
            json.writeNumberField("problems", verification.problems());
            json.writeEndObject();
            json.writeRaw('\n');
            return verification;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void place(JsonGenerator json, Verification.Place place) {
        try {
            json.writeStartObject();
            json.writeStringField("kind", place.kind().name().toLowerCase(Locale.ROOT));
            json.writeStringField("file", place.file().toString());
            json.writeStringField("tick", place.tick());
            json.writeStringField("source", place.source());
            if (place.offset() >= 0) {
                json.writeNumberField("offset", place.offset());
            }
            json.writeStringField("reason", place.reason());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
