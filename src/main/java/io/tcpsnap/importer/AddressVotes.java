package io.tcpsnap.importer;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Deduces the byte order of a host from the addresses in its /proc/net/tcp: each 32-bit word is printed as the CPU loads
 * it, so that 127.0.0.1 is 0100007F on a little-endian host and 7F000001 on a big-endian one.
 */
final class AddressVotes {
    private static final Pattern ENDPOINT = Pattern.compile("\\b([0-9A-F]{8}|[0-9A-F]{32}):[0-9A-F]{4}\\b");
    private static final Pattern CERTAIN =
            Pattern.compile("7F000001|0{24}00000001|0{16}0000FFFF[0-9A-F]{8}|FE80[0-9A-F]{28}");
    private static final Pattern LIKELY =
            Pattern.compile("(?:0A|7F|C0A8|AC1)[0-9A-F]+|(?:2[0-9A-F]{3}|F[CD][0-9A-F]{2})[0-9A-F]{28}");
    private static final int CERTAINLY = 10;
    /** More addresses say nothing new. */
    private static final int ENOUGH = 10_000;

    private long little;
    private long big;
    private int seen;

    /** Counts the addresses of a copy. */
    void count(byte[] text) {
        Matcher endpoint = ENDPOINT.matcher(new String(text, StandardCharsets.ISO_8859_1));
        while (seen < ENOUGH && endpoint.find()) {
            seen++;
            big += vote(endpoint.group(1));
            little += vote(reversed(endpoint.group(1)));
        }
    }

    private static int vote(String address) {
        if (CERTAIN.matcher(address).matches()) {
            return CERTAINLY;
        }
        return LIKELY.matcher(address).matches() ? 1 : 0;
    }

    /** The address with the bytes of each word in the other order. */
    private static String reversed(String address) {
        StringBuilder out = new StringBuilder(address.length());
        for (int word = 0; word < address.length(); word += 8) {
            for (int i = 6; i >= 0; i -= 2) {
                out.append(address, word + i, word + i + 2);
            }
        }
        return out.toString();
    }

    /** The order that clearly more addresses make sense in; null where neither is. */
    ByteOrder order() {
        if (little > 2 * big) {
            return ByteOrder.LITTLE_ENDIAN;
        }
        return big > 2 * little ? ByteOrder.BIG_ENDIAN : null;
    }
}
