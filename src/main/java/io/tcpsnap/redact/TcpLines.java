package io.tcpsnap.redact;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code /proc/net/tcp} and {@code tcp6}: every column stays where it is. */
final class TcpLines extends LineRedaction {
    private static final Set<String> HEADER = Set.of(
            "sl",
            "local_address",
            "rem_address",
            "remote_address",
            "st",
            "tx_queue",
            "rx_queue",
            "tr",
            "tm->when",
            "retrnsmt",
            "uid",
            "timeout",
            "inode");
    private static final String ENDPOINT = "([0-9A-Fa-f]{8}|[0-9A-Fa-f]{32}):([0-9A-Fa-f]{4})";
    private static final Pattern ROW = Pattern.compile("([>|\\s]*\\d{1,9}:\\s+)" + ENDPOINT + "(\\s+)" + ENDPOINT
            + "(\\s+[0-9A-Fa-f]{2}\\s+[0-9A-Fa-f]{8,16}:[0-9A-Fa-f]{8,16}\\s+[0-9A-Fa-f]{2}:[0-9A-Fa-f]{8,16}\\s+[0-9A-Fa-f]{8}\\s+)"
            + "(-?\\d{1,10})(\\s+-?\\d{1,10}\\s+)(\\d{1,18})(\\s+-?\\d{1,10}\\s+)"
            + "([0-9A-Fa-f]{8,16}|\\(_*ptrval_*\\)|pK-error)((?:\\s+-?\\d{1,19}){5})?(\\s*)");
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final Renaming renaming;
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

    TcpLines(Renaming renaming, Account account) {
        super(account);
        this.renaming = renaming;
    }

    @Override
    void begin(ByteOrder byteOrder) {
        order = byteOrder;
    }

    @Override
    String line(String line) {
        Matcher row = ROW.matcher(line);
        if (!row.matches()) {
            return isHeader(line) ? line : null;
        }
        String more = row.group(13) == null ? "" : row.group(13);
        return row.group(1)
                + endpoint(row.group(2), row.group(3))
                + row.group(4)
                + endpoint(row.group(5), row.group(6))
                + row.group(7)
                + uid(row.group(8))
                + row.group(9)
                + renaming.inode(Long.parseLong(row.group(10)))
                + row.group(11)
                + pointer(row.group(12))
                + more
                + row.group(14);
    }

    private static boolean isHeader(String line) {
        for (String word : line.replaceFirst("^[>|\\s]+", "").strip().split("\\s+", -1)) {
            if (!HEADER.contains(word)) {
                return false;
            }
        }
        return true;
    }

    private String uid(String digits) {
        long uid = Long.parseLong(digits);
        return uid < 0 ? digits : String.valueOf(renaming.uid(uid));
    }

    private String pointer(String pointer) {
        return renaming.zeroesPointers() && pointer.charAt(0) != '(' && pointer.charAt(0) != 'p'
                ? "0".repeat(pointer.length())
                : pointer;
    }

    /** Each word of an address is printed as the host's CPU loads it. */
    private String endpoint(String address, String port) {
        byte[] safe = swapped(renaming.address(swapped(HexFormat.of().parseHex(address))));
        int safePort = renaming.port(Integer.parseInt(port, 16));
        return HEX.formatHex(safe) + ":" + String.format(Locale.ROOT, "%04X", safePort);
    }

    private byte[] swapped(byte[] words) {
        ByteBuffer in = ByteBuffer.wrap(words);
        ByteBuffer out = ByteBuffer.allocate(words.length).order(order);
        while (in.hasRemaining()) {
            out.putInt(in.getInt());
        }
        return out.array();
    }
}
