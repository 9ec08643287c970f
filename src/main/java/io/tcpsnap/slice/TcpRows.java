package io.tcpsnap.slice;

import io.tcpsnap.archive.Entry;
import io.tcpsnap.kernel.TextAddress;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines of {@code /proc/net/tcp} and {@code tcp6}. */
final class TcpRows {
    private static final String ENDPOINT = "([0-9A-Fa-f]{8}|[0-9A-Fa-f]{32}):([0-9A-Fa-f]{4})";
    private static final Pattern ROW = Pattern.compile(
            "[>|\\s]*\\d+:\\s+" + ENDPOINT + "\\s+" + ENDPOINT + "(?:\\s+\\S+){6}\\s+(\\d{1,18})(?:\\s.*)?");

    private final RowTest test;
    private final ByteOrder order;
    private final Set<Long> inodes;

    /** @param inodes get those of the lines that are kept */
    TcpRows(RowTest test, ByteOrder order, Set<Long> inodes) {
        this.test = test;
        this.order = order;
        this.inodes = inodes;
    }

    /** The header and the lines that are wanted. */
    Entry of(Entry entry) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = 0;
        while (at < entry.length()) {
            int end = Lines.end(entry, at);
            String line = new String(entry.bytes(), at, end - at, StandardCharsets.ISO_8859_1).stripTrailing();
            if (line.contains("local_address") || wants(line)) {
                out.write(entry.bytes(), at, end - at);
            }
            at = end;
        }
        return Lines.entry(entry.path(), out);
    }

    private boolean wants(String line) {
        Matcher row = ROW.matcher(line);
        boolean wanted = row.matches()
                && test.wants(
                        address(row.group(1)),
                        Integer.parseInt(row.group(2), 16),
                        address(row.group(3)),
                        Integer.parseInt(row.group(4), 16));
        if (wanted) {
            inodes.add(Long.parseLong(row.group(5)));
        }
        return wanted;
    }

    private String address(String hex) {
        ByteBuffer words = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
        ByteBuffer address = ByteBuffer.allocate(words.capacity()).order(order);
        while (words.hasRemaining()) {
            address.putInt(words.getInt());
        }
        return TextAddress.format(address.array());
    }
}
