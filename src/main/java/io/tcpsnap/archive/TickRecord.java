package io.tcpsnap.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code tick.json}: the commit mark of a tick, its last entry. Archives that this program did not write may lack any
 * number but the first two: -1 then.
 *
 * @param seq number of the tick in its recording, from 0, over all segments; where the writer gave none, the time in
 *     microseconds
 * @param realtimeNanos CLOCK_REALTIME at the start of the tick
 * @param monotonicNanos CLOCK_MONOTONIC at the same moment
 * @param boottimeNanos CLOCK_BOOTTIME at the same moment
 * @param durationNanos from the start to the end of the last source
 * @param cpuNanos CPU time that the recorder used since the previous tick
 * @param missed scheduled ticks between the previous tick and this one that were not taken
 * @param intervalNanos the distance to the next tick that the writer aims at, which may change while it records
 * @param sources one for each source, in the order of reading
 */
public record TickRecord(
        long seq,
        long realtimeNanos,
        long monotonicNanos,
        long boottimeNanos,
        long durationNanos,
        long cpuNanos,
        long missed,
        long intervalNanos,
        List<SourceRecord> sources) {
    public static final String ENTRY = "tick.json";

    /** A larger one is none: it holds some 150 bytes for each source. */
    static final int MAX_BYTES = 16 << 20;

    /** The same tick with one more source, behind the others. */
    public TickRecord with(SourceRecord source) {
        List<SourceRecord> more = new ArrayList<>(sources);
        more.add(source);
        return withSources(more);
    }

    /** The same tick with other sources. */
    public TickRecord withSources(List<SourceRecord> others) {
        return new TickRecord(
                seq,
                realtimeNanos,
                monotonicNanos,
                boottimeNanos,
                durationNanos,
                cpuNanos,
                missed,
                intervalNanos,
                List.copyOf(others));
    }

    byte[] toJson() {
        return Json.seal(json -> {
            json.writeNumberField("seq", seq);
            json.writeNumberField("realtime_ns", realtimeNanos);
            json.writeNumberField("monotonic_ns", monotonicNanos);
            json.writeNumberField("boottime_ns", boottimeNanos);
            json.writeNumberField("duration_ns", durationNanos);
            json.writeNumberField("cpu_ns", cpuNanos);
            json.writeNumberField("missed", missed);
            if (intervalNanos >= 0) {
                json.writeNumberField("interval_ns", intervalNanos);
            }
            json.writeArrayFieldStart("sources");
            for (SourceRecord source : sources) {
                json.writeStartObject();
                json.writeStringField("path", source.path());
                json.writeNumberField("offset_ns", source.offsetNanos());
                json.writeNumberField("duration_ns", source.durationNanos());
                json.writeNumberField("length", source.length());
                json.writeNumberField("crc32", source.crc32());
                if (source.error() != null) {
                    json.writeStringField("error", source.error());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /**
     * Reads it; the exception's message completes "tick.json: ...".
     *
     * @param nominalNanos time of the tick by its folder's name, where the record says none
     */
    static TickRecord parse(byte[] bytes, int length, long nominalNanos) throws IOException {
        Map<String, Object> json = Json.read(bytes, length);
        Json.checkSeal(json, bytes, length);
        List<SourceRecord> sources = new ArrayList<>();
        for (Object item : Json.list(json, "sources")) {
            if (!(item instanceof Map<?, ?>)) {
                throw new IOException("an item of \"sources\" is no object");
            }
            @SuppressWarnings("unchecked") // Json.read makes no other maps
            Map<String, Object> source = (Map<String, Object>) item;
            sources.add(source(source));
        }
        long realtime = Json.number(json, "realtime_ns", nominalNanos);
        return new TickRecord(
                Json.number(json, "seq", Math.floorDiv(realtime, 1000L)),
                realtime,
                Json.number(json, "monotonic_ns", -1),
                Json.number(json, "boottime_ns", -1),
                Json.number(json, "duration_ns", -1),
                Json.number(json, "cpu_ns", -1),
                Json.number(json, "missed", -1),
                Json.number(json, "interval_ns", -1),
                List.copyOf(sources));
    }

    private static SourceRecord source(Map<String, Object> json) throws IOException {
        String path = Json.text(json, "path");
        if (path == null) {
            throw new IOException("an item of \"sources\" has no \"path\"");
        }
        return new SourceRecord(
                path,
                Json.number(json, "offset_ns", -1),
                Json.number(json, "duration_ns", -1),
                Json.number(json, "length", -1),
                Json.number(json, "crc32", -1),
                Json.text(json, "error"));
    }
}
