package io.tcpsnap.table;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A field of {@code struct tcp_info} as the kernel's header has it: a line of netlink/tcp_info_fields.tsv.
 *
 * @param size bits of the number that holds it
 * @param bit its first bit in that number on a little-endian machine; 0 and {@code width == size} but for bit-fields
 * @param unit null for a count, an enumeration or flags
 * @param kernel first release that has it
 */
record TcpInfoField(int offset, int size, int bit, int width, String name, String unit, String kernel) {
    static final Path FOLDER = Path.of("src/test/resources/netlink");
    private static final List<String> WITHOUT_UNIT = List.of("count", "enum", "flag", "flags");

    static List<TcpInfoField> all() throws IOException {
        return Files.readAllLines(FOLDER.resolve("tcp_info_fields.tsv")).stream()
                .skip(1)
                .map(TcpInfoField::of)
                .toList();
    }

    private static TcpInfoField of(String line) {
        String[] words = line.split("\t", -1);
        String unit = WITHOUT_UNIT.contains(words[3]) ? null : words[3];
        int offset = Integer.parseInt(words[0]);
        if (!words[1].contains(":")) {
            int bits = 8 * Integer.parseInt(words[1]);
            return new TcpInfoField(offset, bits, 0, bits, words[2], unit, words[4]);
        }
        String[] bits = words[1].split("[:/]", -1);
        return new TcpInfoField(
                offset,
                Integer.parseInt(bits[2]),
                Integer.parseInt(bits[0]),
                Integer.parseInt(bits[1]),
                words[2],
                unit,
                words[4]);
    }

    boolean isBitField() {
        return width < size;
    }

    /** Where the number ends that holds it. */
    int end() {
        return offset + size / 8;
    }

    /** All values below are of this width: its highest and its lowest bit, which no marker of the kernel equals. */
    long pattern() {
        return 1L << width - 1 | 1;
    }

    /** Writes the field and nothing else. */
    void write(ByteBuffer info, long value) {
        int shift = isBitField() && info.order() == ByteOrder.BIG_ENDIAN ? size - bit - width : bit;
        long mask = (width == 64 ? -1 : (1L << width) - 1) << shift;
        long number = read(info) & ~mask | value << shift;
        switch (size) {
            case 8 -> info.put(offset, (byte) number);
            case 16 -> info.putShort(offset, (short) number);
            case 32 -> info.putInt(offset, (int) number);
            default -> info.putLong(offset, number);
        }
    }

    private long read(ByteBuffer info) {
        return switch (size) {
            case 8 -> info.get(offset);
            case 16 -> info.getShort(offset);
            case 32 -> info.getInt(offset);
            default -> info.getLong(offset);
        };
    }
}
