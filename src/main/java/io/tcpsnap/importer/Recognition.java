package io.tcpsnap.importer;

import io.tcpsnap.kernel.ControlForm;
import io.tcpsnap.kernel.HexLine;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a file holds.
 *
 * @param copies of sources, in the order of the file
 * @param order byte order that its messages have; null where it has none
 * @param host name of the host by the file's content; null where it does not say
 */
record Recognition(List<Found> copies, ByteOrder order, String host) {
    /** What is tried, for the message about a file that is nothing of it. */
    static final String TRIED = "tried the headers and rows of /proc/net files, ss and netstat text, a netlink dump"
            + " (ss -D), an nlmon capture, tcp-info JSON lines, control"
            + " messages with TCP statistics";
    /** Lines at the beginning of a text of which one must be a message in hexadecimal. */
    private static final int HEX_LINES = 20;

    /**
     * Recognises the content of a file, unpacked.
     *
     * @param content gives {@code bytes} again
     * @param warning hears what is left out of the file
     * @return null where it is nothing that we know
     */
    static Recognition of(Place place, byte[] bytes, Content content, Consumer<String> warning) {
        if (PacketFile.isOne(bytes)) {
            return some(NlmonCapture.copies(bytes, warning), NlmonCapture.order(bytes), null);
        }
        ByteOrder order = NetlinkDump.order(bytes);
        if (order != null) {
            String entry = place.prefix() + place.dump();
            return some(List.of(NetlinkDump.copy(bytes, order, entry, warning)), order, null);
        }
        if (bytes.length > 0 && bytes[0] == '{') {
            return lines(bytes, warning);
        }
        Recognition control = control(place, bytes, content);
        if (control != null) {
            return control;
        }
        boolean text = place.entry() != null && isText(bytes);
        TextKind byName = text ? TextKind.ofEntry(place.entry()) : null;
        return some(new TextCut(bytes, content, byName, place.prefix()).copies(), null, null);
    }

    private static Recognition some(List<Found> copies, ByteOrder order, String host) {
        return copies.isEmpty() ? null : new Recognition(copies, order, host);
    }

    /** Control messages with statistics of SCM_TIMESTAMPING_OPT_STATS, or their payloads, as bytes or in hexadecimal. */
    private static Recognition control(Place place, byte[] bytes, Content content) {
        ControlForm form = ControlForm.of(bytes, bytes.length);
        if (form != null) {
            return control(place, form.header() == 0 ? "nla" : "cmsg", content, null, form.order());
        }
        if (!isText(bytes)) {
            return null;
        }
        List<String> lines = new BufferedReader(
                        new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.ISO_8859_1))
                .lines()
                .limit(HEX_LINES)
                .toList();
        for (String text : lines) {
            HexLine line = HexLine.of(text);
            form = line == null ? null : ControlForm.of(line.bytes(), line.bytes().length);
            if (form != null) {
                return control(place, "hex", content, line.when(), form.order());
            }
        }
        return null;
    }

    private static Recognition control(Place place, String name, Content content, Instant when, ByteOrder order) {
        Found found = Found.text(place.prefix() + "opt_stats/" + name, content, 0, when);
        return new Recognition(List.of(found), order, null);
    }

    private static Recognition lines(byte[] bytes, Consumer<String> warning) {
        try {
            TcpInfoLines.Snapshots lines = TcpInfoLines.read(new ByteArrayInputStream(bytes), warning);
            String uuid = lines.uuid();
            String host = uuid == null ? null : uuid.replaceFirst("_.*", "");
            return some(lines.copies(), ByteOrder.LITTLE_ENDIAN, host);
        } catch (IOException e) {
            return null;
        }
    }

    private static boolean isText(byte[] bytes) {
        for (int i = 0; i < Math.min(bytes.length, 4096); i++) {
            if (bytes[i] == 0) {
                return false;
            }
        }
        return true;
    }
}
