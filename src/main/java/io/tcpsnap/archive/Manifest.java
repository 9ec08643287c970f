package io.tcpsnap.archive;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code tcpsnap.json}: what a segment is, first entry of each frame.
 *
 * @param format version of the archive format
 * @param tool name and version of the program that wrote it
 * @param recording identifies one run of the recorder over all its segments; the host where the writer gave none
 * @param host name of the host
 * @param kernel release, {@code 6.18.44}
 * @param kernelVersion build, {@code #1 SMP ...}
 * @param machine {@code x86_64}
 * @param byteOrder of the host; null where unknown
 * @param clockTick USER_HZ; 0 where unknown
 * @param bootId boot of the host; null where unknown
 * @param netns the recorder's network namespace, {@code net:[4026531840]}; null where unknown
 * @param intervalNanos asked distance of ticks; 0 for a single one
 * @param sources paths of the sources that were asked for
 * @param byteOrderFrom how an importer knows the byte order, {@code given} or {@code deduced}; null where the recorder ran
 *     on the host itself
 * @param edits what was done to it after it was recorded, oldest first: names and texts, {@code did} the first
 */
public record Manifest(
        int format,
        String tool,
        String recording,
        String host,
        String kernel,
        String kernelVersion,
        String machine,
        ByteOrder byteOrder,
        int clockTick,
        String bootId,
        String netns,
        long intervalNanos,
        List<String> sources,
        String byteOrderFrom,
        List<Map<String, String>> edits) {
    /** A manifest of a recorder, which knows its byte order; nobody has edited it yet. */
    public Manifest(
            int format,
            String tool,
            String recording,
            String host,
            String kernel,
            String kernelVersion,
            String machine,
            ByteOrder byteOrder,
            int clockTick,
            String bootId,
            String netns,
            long intervalNanos,
            List<String> sources) {
        this(
                format,
                tool,
                recording,
                host,
                kernel,
                kernelVersion,
                machine,
                byteOrder,
                clockTick,
                bootId,
                netns,
                intervalNanos,
                sources,
                null,
                List.of());
    }

    /** The format that this program writes, and the newest that it reads. */
    public static final int FORMAT = 1;

    public static final String ENTRY = "tcpsnap.json";

    /** A larger one is none. */
    static final int MAX_BYTES = 1 << 20;

    byte[] toJson() {
        return Json.seal(json -> {
            json.writeNumberField("format", format);
            json.writeStringField("tool", tool);
            json.writeStringField("recording", recording);
            json.writeStringField("host", host);
            json.writeStringField("kernel", kernel);
            json.writeStringField("kernel_version", kernelVersion);
            json.writeStringField("machine", machine);
            json.writeStringField("byte_order", name(byteOrder));
            if (byteOrderFrom != null) {
                json.writeStringField("byte_order_from", byteOrderFrom);
            }
            json.writeNumberField("clk_tck", clockTick);
            json.writeStringField("boot_id", bootId);
            json.writeStringField("netns", netns);
            json.writeNumberField("interval_ns", intervalNanos);
            json.writeArrayFieldStart("sources");
            for (String source : sources) {
                json.writeString(source);
            }
            json.writeEndArray();
            if (!edits.isEmpty()) {
                writeEdits(json);
            }
        });
    }

    private void writeEdits(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("edits");
        for (Map<String, String> edit : edits) {
            json.writeStartObject();
            for (Map.Entry<String, String> member : edit.entrySet()) {
                json.writeStringField(member.getKey(), member.getValue());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** The same with one more edit. */
    public Manifest edited(Map<String, String> edit) {
        List<Map<String, String>> all = new ArrayList<>(edits);
        all.add(edit);
        return new Manifest(
                format,
                tool,
                recording,
                host,
                kernel,
                kernelVersion,
                machine,
                byteOrder,
                clockTick,
                bootId,
                netns,
                intervalNanos,
                sources,
                byteOrderFrom,
                List.copyOf(all));
    }

    /** An archive of a later version: nothing is wrong with it, so there is no use in looking further. */
    static final class NewerFormatException extends IOException {
        private static final long serialVersionUID = 1;

        private NewerFormatException(String message) {
            super(message);
        }
    }

    /** Reads it; the exception's message completes "tcpsnap.json: ...". */
    public static Manifest parse(byte[] bytes, int length) throws IOException {
        Map<String, Object> json = Json.read(bytes, length);
        long format = Json.number(json, "format", 0);
        if (format < 1) {
            throw new IOException("\"format\" is missing: this is no manifest of an archive");
        }
        if (format > FORMAT) {
            throw new NewerFormatException(
                    "format " + format + " is newer than this program reads (" + FORMAT + "): use a newer tcpsnap");
        }
        Json.checkSeal(json, bytes, length);
        String host = Json.text(json, "host");
        String recording = Json.text(json, "recording");
        return new Manifest(
                (int) format,
                Json.text(json, "tool"),
                recording == null ? String.valueOf(host) : recording,
                host == null ? "unknown" : host,
                Json.text(json, "kernel"),
                Json.text(json, "kernel_version"),
                Json.text(json, "machine"),
                order(Json.text(json, "byte_order")),
                clockTick(Json.number(json, "clk_tck", 0)),
                Json.text(json, "boot_id"),
                Json.text(json, "netns"),
                Json.number(json, "interval_ns", 0),
                Json.list(json, "sources").stream().map(String::valueOf).toList(),
                Json.text(json, "byte_order_from"),
                edits(Json.list(json, "edits")));
    }

    private static List<Map<String, String>> edits(List<?> items) {
        List<Map<String, String>> edits = new ArrayList<>();
        for (Object item : items) {
            Map<String, String> edit = new LinkedHashMap<>();
            if (item instanceof Map<?, ?> members) {
                members.forEach((name, value) -> edit.put(String.valueOf(name), String.valueOf(value)));
            }
            edits.add(edit);
        }
        return List.copyOf(edits);
    }

    private static int clockTick(long value) throws IOException {
        if (value < 0 || value > 1_000_000) {
            throw new IOException("\"clk_tck\" is " + value + ", which no kernel has");
        }
        return (int) value;
    }

    private static String name(ByteOrder order) {
        if (order == null) {
            return null;
        }
        return order == ByteOrder.BIG_ENDIAN ? "big" : "little";
    }

    private static ByteOrder order(String name) throws IOException {
        if (name == null) {
            return null;
        }
        return switch (name) {
            case "little" -> ByteOrder.LITTLE_ENDIAN;
            case "big" -> ByteOrder.BIG_ENDIAN;
            default -> throw new IOException("\"byte_order\" is neither little nor big");
        };
    }
}
