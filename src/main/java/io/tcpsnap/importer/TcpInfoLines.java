package io.tcpsnap.importer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tcpsnap.kernel.InetDiag;
import io.tcpsnap.kernel.Netlink;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Files of M-Lab's tcp-info: a line of JSON for each change of one connection, {@code Timestamp}, {@code RawIDM} with
 * {@code struct inet_diag_msg}, and {@code Attributes}, whose item i is the payload of attribute i, both in base64. The
 * first line may hold {@code Metadata} instead. Source: github.com/m-lab/tcp-info netlink/archival-record.go.
 *
 * <p>The netlink header is made anew: type SOCK_DIAG_BY_FAMILY, NLM_F_MULTI, sequence and port 0.
 */
final class TcpInfoLines {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final List<Found> found = new ArrayList<>();
    private String uuid;
    private Instant when;
    private byte[] message;
    private List<byte[]> attributes;

    private TcpInfoLines() {}

    /** What a file holds. */
    record Snapshots(List<Found> copies, String uuid) {}

    /**
     * Reads all lines, or those before one that cannot be read, which {@code warning} hears of.
     *
     * @throws IOException where already the first is none
     */
    static Snapshots read(InputStream in, Consumer<String> warning) throws IOException {
        TcpInfoLines lines = new TcpInfoLines();
        try (JsonParser json = FACTORY.createParser(in)) {
            while (json.nextToken() != null) {
                lines.line(json);
            }
        } catch (IOException e) {
            if (lines.found.isEmpty()) {
                throw e;
            }
            warning.accept("it ends after " + lines.found.size() + " snapshots in what is no snapshot");
        }
        return new Snapshots(lines.found, lines.uuid);
    }

    private void line(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new IOException("a line that is no object");
        }
        when = null;
        message = null;
        attributes = List.of();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "Timestamp" -> when = time(json.getText());
                case "RawIDM" -> message = json.currentToken() == JsonToken.VALUE_NULL ? null : json.getBinaryValue();
                case "Attributes" -> attributes = attributes(json);
                case "Metadata" -> metadata(json);
                default -> json.skipChildren();
            }
        }
        if (message != null && message.length >= InetDiag.MSG_LENGTH) {
            add();
        }
    }

    /** Go's zero time, year 1, stands for none. */
    private static Instant time(String text) throws IOException {
        try {
            Instant time = java.time.OffsetDateTime.parse(text).toInstant();
            return time.getEpochSecond() <= 0 || time.getEpochSecond() > 0xffffffffL ? null : time;
        } catch (DateTimeParseException e) {
            throw new IOException("\"Timestamp\" is no time: " + text, e);
        }
    }

    private static List<byte[]> attributes(JsonParser json) throws IOException {
        List<byte[]> payloads = new ArrayList<>();
        if (json.currentToken() == JsonToken.START_ARRAY) {
            while (json.nextToken() != JsonToken.END_ARRAY) {
                boolean none = json.currentToken() == JsonToken.VALUE_NULL;
                payloads.add(none ? null : json.getBinaryValue());
                if (payloads.size() > Netlink.NLA_TYPE_MASK) {
                    throw new IOException("more attributes than netlink has numbers for");
                }
            }
        }
        return payloads;
    }

    private void metadata(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            if (name.equals("UUID")) {
                uuid = json.getText();
            } else {
                json.skipChildren();
            }
        }
    }

    /** M-Lab's hosts are little-endian, as is what they wrote. */
    private void add() throws IOException {
        int length = Netlink.NLMSG_HDRLEN + InetDiag.MSG_LENGTH;
        for (byte[] payload : attributes) {
            length += payload == null ? 0 : Netlink.align(Netlink.NLA_HDRLEN + payload.length);
            if (payload != null && payload.length > 0xffff - Netlink.NLA_HDRLEN) {
                throw new IOException("an attribute of " + payload.length + " bytes");
            }
        }
        ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(length).putShort((short) InetDiag.SOCK_DIAG_BY_FAMILY).putShort((short) Netlink.NLM_F_MULTI);
        out.position(Netlink.NLMSG_HDRLEN);
        out.put(message, 0, InetDiag.MSG_LENGTH);
        for (int type = 0; type < attributes.size(); type++) {
            byte[] payload = attributes.get(type);
            if (payload != null) {
                out.putShort((short) (Netlink.NLA_HDRLEN + payload.length)).putShort((short) type);
                out.put(payload);
                out.position(Netlink.align(out.position()));
            }
        }
        DiagBytes copy = new DiagBytes(ByteOrder.LITTLE_ENDIAN);
        if (DiagBytes.isMessage(out.array(), 0, length, ByteOrder.LITTLE_ENDIAN)) {
            copy.add(out.array(), 0);
            found.add(copy.found(DiagBytes.TCP, found.size(), when, DiagBytes.done(ByteOrder.LITTLE_ENDIAN)));
        }
    }
}
