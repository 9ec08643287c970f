package io.tcpsnap.importer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Packets of a capture file: pcap in all its four forms (draft-ietf-opsawg-pcap) and pcapng (draft-ietf-opsawg-pcapng:
 * section, interface, enhanced packet and simple packet blocks; others are passed over).
 */
final class PacketFile {
    /** LINKTYPE_NETLINK: a cooked header of 16 bytes, then netlink messages. */
    static final int NETLINK = 253;

    private static final int PCAP_MICROS = 0xa1b2c3d4;
    private static final int PCAP_NANOS = 0xa1b23c4d;
    private static final int SECTION = 0x0a0d0d0a;
    private static final int SECTION_ORDER = 0x1a2b3c4d;
    private static final int INTERFACE = 1;
    private static final int SIMPLE = 3;
    private static final int ENHANCED = 6;
    private static final int IF_TSRESOL = 9;

    /**
     * A packet.
     *
     * @param at where it starts in the file
     * @param length bytes of it in the file
     * @param cut whether the capture kept only its beginning
     * @param when null where the file does not say
     */
    record Packet(int linkType, int at, int length, boolean cut, Instant when) {}

    /** An interface of a pcapng section: type of its packets, and how many units of its time are a second. */
    private record Link(int type, long unitsPerSecond) {}

    private final byte[] bytes;
    private final ByteBuffer file;
    private final Consumer<Packet> packets;
    private final Map<Integer, Link> links = new HashMap<>();

    private PacketFile(byte[] bytes, Consumer<Packet> packets) {
        this.bytes = bytes;
        this.file = ByteBuffer.wrap(bytes);
        this.packets = packets;
    }

    static boolean isOne(byte[] bytes) {
        return pcapOrder(bytes) != null || isSection(bytes);
    }

    private static boolean isSection(byte[] bytes) {
        return bytes.length >= 28 && ByteBuffer.wrap(bytes).getInt(0) == SECTION && sectionOrder(bytes, 0) != null;
    }

    /** Hands over each packet; false where the file ends inside one. */
    static boolean read(byte[] bytes, Consumer<Packet> packets) {
        PacketFile reader = new PacketFile(bytes, packets);
        return isSection(bytes) ? reader.sections() : reader.pcap();
    }

    private static ByteOrder pcapOrder(byte[] bytes) {
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            int magic =
                    bytes.length < 24 ? 0 : ByteBuffer.wrap(bytes).order(order).getInt(0);
            if (magic == PCAP_MICROS || magic == PCAP_NANOS) {
                return order;
            }
        }
        return null;
    }

    private boolean pcap() {
        file.order(pcapOrder(bytes));
        int unit = file.getInt(0) == PCAP_NANOS ? 1 : 1000;
        int link = file.getInt(20) & 0xffff;
        int at = 24;
        while (at + 16 <= bytes.length) {
            int length = file.getInt(at + 8);
            if (length < 0 || length > bytes.length - at - 16) {
                return false;
            }
            Instant when = Instant.ofEpochSecond(u32(at), u32(at + 4) * unit);
            packets.accept(new Packet(link, at + 16, length, length < u32(at + 12), when));
            at += 16 + length;
        }
        return at == bytes.length;
    }

    private long u32(int at) {
        return file.getInt(at) & 0xffffffffL;
    }

    private static ByteOrder sectionOrder(byte[] bytes, int at) {
        ByteBuffer file = ByteBuffer.wrap(bytes);
        if (file.getInt(at + 8) == SECTION_ORDER) {
            return ByteOrder.BIG_ENDIAN;
        }
        return file.order(ByteOrder.LITTLE_ENDIAN).getInt(at + 8) == SECTION_ORDER ? ByteOrder.LITTLE_ENDIAN : null;
    }

    private boolean sections() {
        int at = 0;
        while (at + 12 <= bytes.length) {
            int type = file.getInt(at);
            if (type == SECTION) {
                ByteOrder order = sectionOrder(bytes, at);
                if (order == null) {
                    return false;
                }
                file.order(order);
                links.clear();
            }
            int length = file.getInt(at + 4);
            if (length < 12 || length % 4 != 0 || length > bytes.length - at) {
                return false;
            }
            block(type, at + 8, at + length - 4);
            at += length;
        }
        return at == bytes.length;
    }

    /** A block's body is {@code [at, end)}. */
    private void block(int type, int at, int end) {
        if (type == INTERFACE && end - at >= 8) {
            links.put(links.size(), new Link(file.getShort(at) & 0xffff, unitsPerSecond(at + 8, end)));
        } else if (type == ENHANCED && end - at >= 20) {
            Link link = links.get(file.getInt(at));
            int length = file.getInt(at + 12);
            if (link != null && length >= 0 && length <= end - at - 20) {
                long units = u32(at + 4) << 32 | u32(at + 8);
                packets.accept(new Packet(
                        link.type(), at + 20, length, length < u32(at + 16), instant(units, link.unitsPerSecond())));
            }
        } else if (type == SIMPLE && end - at >= 4 && links.containsKey(0)) {
            int length = (int) Math.min(u32(at), end - at - 4L);
            packets.accept(new Packet(links.get(0).type(), at + 4, length, length < u32(at), null));
        }
    }

    private long unitsPerSecond(int from, int end) {
        int at = from;
        while (at + 4 <= end) {
            int code = file.getShort(at) & 0xffff;
            int length = file.getShort(at + 2) & 0xffff;
            if (code == IF_TSRESOL && length == 1 && at + 4 < end) {
                int power = bytes[at + 4] & 0x7f;
                boolean binary = bytes[at + 4] < 0;
                return power > (binary ? 62 : 18) ? 1_000_000 : binary ? 1L << power : (long) Math.pow(10, power);
            }
            at += 4 + (length + 3 & ~3);
        }
        return 1_000_000;
    }

    private static Instant instant(long units, long perSecond) {
        long seconds = Long.divideUnsigned(units, perSecond);
        double rest = (double) Long.remainderUnsigned(units, perSecond) / perSecond;
        return seconds > 0xffffffffL || seconds < 0 ? null : Instant.ofEpochSecond(seconds, Math.round(rest * 1e9));
    }
}
